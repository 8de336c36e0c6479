"""How far predictions are to be trusted: tried on an event's own reports.

Each player of whom the team is sure is left out in turn and predicted from what is left, with as
many of their cards as are at hand now. How often the first prospect was the archetype that was
reported, among the predictions about as sure as the one at hand, is what this one is worth.

It is honest only about players like those who were reported: who is scouted is not drawn by lot.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from scooty.domain.observations import Confidence
from scooty.features.predictions.rules.known_decks import Clues
from scooty.features.predictions.rules.prediction import SURE_ENOUGH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scooty.features.predictions.rules.known_decks import KnownPlayer
    from scooty.features.predictions.rules.prediction import Knowledge

FEWEST_TRIALS: Final = 10
"""Predictions about as sure. Below, the answer is "too little data"."""
MOST_TRIALS: Final = 500
"""Players that are tried, evenly chosen among more: what a thread does in well under a second."""
_STRIDE: Final = 7919
"""A prime, so that players in a row begin at different cards."""
_ABOUT: Final = 0.1
"""Probabilities that differ by no more are about as sure. Who leaves one player out is a little
less sure than who does not, so fixed bounds would part them."""
_BOUNDS: Final = (0.0, SURE_ENOUGH, 0.6, 0.8, 0.95, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One prediction of what was known."""

    probability: float
    """Of the first prospect."""
    is_right: bool
    """Whether that is the archetype that was reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The trials whose first prospect was about as sure."""

    low: float
    high: float
    """In it only at the end: where it is 1, or where no other band begins."""
    trials: int = 0
    right: int = 0
    mean_probability: float = 0.0
    """Of the first prospects; what ``right / trials`` would be if all probabilities were true."""

    @property
    def has_enough(self) -> bool:
        """Whether the trials are enough to be told."""
        return self.trials >= FEWEST_TRIALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What predictions of an event are worth."""

    bands: tuple[Band, ...]
    """From the least sure."""
    trials: int
    right: int
    brier: float | None
    """The mean of (probability - outcome) squared, 0 at best; 0.25 is a coin's. None: no trial.

    Source: G. W. Brier, Verification of forecasts expressed in terms of probability, Monthly
        Weather Review 78 (1950), 1-3; of the first prospect alone.
    """


def calibrate(trials: Iterable[Trial]) -> Calibration:
    """Count trials by how sure they were."""
    done = tuple(trials)
    right = sum(one.is_right for one in done)
    squares = sum((one.probability - one.is_right) ** 2 for one in done)
    return Calibration(
        bands=tuple(_band(low, high, done) for low, high in pairwise(_BOUNDS)),
        trials=len(done),
        right=right,
        brier=squares / len(done) if done else None,
    )


def about_as_sure(trials: Iterable[Trial], probability: float) -> Band:
    """Return the trials whose first prospect was about as sure as one of ``probability``."""
    low, high = max(0.0, probability - _ABOUT), min(1.0, probability + _ABOUT)
    within = [one for one in trials if low <= one.probability <= high]
    return _counted(low, high, within)


def _band(low: float, high: float, done: Sequence[Trial]) -> Band:
    within = [
        one
        for one in done
        if low <= one.probability < high or high == 1 == one.probability  # the last has its end
    ]
    return _counted(low, high, within)


def _counted(low: float, high: float, within: Sequence[Trial]) -> Band:
    if not within:
        return Band(low=low, high=high)
    return Band(
        low=low,
        high=high,
        trials=len(within),
        right=sum(one.is_right for one in within),
        mean_probability=sum(one.probability for one in within) / len(within),
    )


def try_out(
    knowledge: Knowledge, players: Sequence[KnownPlayer], clues: Clues
) -> tuple[Trial, ...]:
    """Predict each player of whom the team is sure from clues like those at hand.

    Args:
        knowledge: Of the field, made of the same players.
        players: All that are known.
        clues: Those at hand. With cards, whoever has cards is tried, with no more of them, and with
            their past if there is one at hand; without cards, whoever has a past.
    """
    most = len(knowledge.known_cards(clues.cards))
    sure = [one for one in players if one.confidence is Confidence.SURE]
    trials = list[Trial]()
    for place, player in enumerate(_evenly(sure)):
        tried = Clues(
            cards=_some(player.cards, most, place), past=player.past if clues.past else ()
        )
        known_of_others = [card for card in tried.cards if knowledge.card_count.get(card, 0) > 1]
        if not (known_of_others if most else tried.past):
            continue
        shares = knowledge.weigh(tried, without=player)
        probability, first = max(
            (share, -archetype) for archetype, share in shares.items() if archetype is not None
        )
        if probability > shares[None]:
            trials.append(Trial(probability=probability, is_right=-first == player.archetype))
    return tuple(trials)


def _evenly(players: Sequence[KnownPlayer]) -> Sequence[KnownPlayer]:
    step = -(-len(players) // MOST_TRIALS)
    return players[:: max(step, 1)]


def _some(cards: frozenset[str], most: int, place: int) -> frozenset[str]:
    """Return up to ``most`` cards: spread over the alphabet, and the same ones every time."""
    if len(cards) <= most:
        return cards
    ordered = sorted(cards)
    return frozenset(
        ordered[(place * _STRIDE + number * len(ordered) // most) % len(ordered)]
        for number in range(most)
    )
