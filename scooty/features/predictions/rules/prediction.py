"""What a player may be on, by the cards that were seen, the field, and what they played before.

A small naive Bayes model, in logarithms. It names nothing that it does not weigh:

- **The field.** Of the event's ``n`` known players ``f`` are on an archetype: its share is
  ``(f + 1/k) / (n + 1)``. The one player too many stands for what was not seen yet and is shared
  by all ``k`` prospects, of which one is *another deck*. So nothing is impossible.
- **The past.** Of a player known from other events, the share is a mixture: with the weight ``w``
  it is what they played then, the last event counting twice the one before, and else the field.
  ``w`` is measured: of the event's players with such a past, ``(stayed + 1) / (had one + 2)``.
- **The cards.** Of ``d`` decks of an archetype ``c`` have a card; of all ``D`` decks ``C``. Its
  likelihood is ``(c + K b) / (d + K)`` with the background ``b = C / (D + 1)``: an archetype nobody
  has described yet neither gains nor loses by a card. A card that no deck has says nothing.
- **The rules.** The cards by which our rules tell an archetype count as `RULE_DECKS` more decks of
  it, so that something is known of it before anybody has noted a card.

Cards are taken to come independently of each other, which those of a deck do not. So each counts
with the power `CARD_WEIGHT` only, what was seen is taken to be of no worth with a chance of
`MISTAKEN`, and what the result is worth is measured beside it (`calibration`).

Without any clue the result is the field's shares. A card that only one archetype has never makes
that one less likely, and the order of cards is of no account.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from math import exp, log
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.domain.ids import ArchetypeId
from scooty.features.predictions.rules.known_decks import Habits, LeftOut
from scooty.features.predictions.rules.prospects import CardReason, Doubt, Prediction, Prospect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scooty.features.predictions.rules.known_decks import Clues, KnownDeck, KnownPlayer

FEWEST_DECKS: Final = 10
"""Decks known, of this event and of others. Below, one deck would weigh too much."""
SURE_ENOUGH: Final = 0.4
"""Below this probability of the first prospect, none is named."""
CARD_WEIGHT: Final = 0.7
"""A judgement, held against `bench.predict`: 1 takes two cards of one deck for two proofs."""
MISTAKEN: Final = 0.02
"""The chance that what was seen is of another player or another deck: nothing is ever certain."""
RULE_DECKS: Final = 3
"""What rules weigh: less than a handful of decks that people saw."""
_BACKGROUND: Final = 2.0
"""K: how many decks a description must have before it outweighs the background."""

Weighed: TypeAlias = "ArchetypeId | None"
"""An archetype, or None for another deck than those that are known."""


class Knowledge:
    """What a team knows of an event's field, and of decks.

    Args:
        field: How many players of the event are known to play each archetype, all of them.
        players: Those whose cards and past are known, at most all of them.
        decks: Of other events.
        rules: The cards by which rules tell archetypes.
    """

    def __init__(
        self,
        field: Mapping[ArchetypeId, int],
        players: Iterable[KnownPlayer],
        decks: Iterable[KnownDeck] = (),
        rules: Mapping[ArchetypeId, frozenset[str]] | None = None,
    ) -> None:
        known, others = tuple(players), tuple(decks)
        self.field = Counter(field)
        self.players = self.field.total()
        self.known_decks = self.players + len(others)
        described = [(one.archetype, one.cards) for one in known if one.describes]
        described += [(one.archetype, one.cards) for one in others if one.cards]
        self._rules = rules or {}
        described += [one for one in self._rules.items() if one[1] for _ in range(RULE_DECKS)]
        self.decks = Counter(archetype for archetype, _ in described)
        self.deck_count = len(described)
        self.with_card: defaultdict[str, Counter[ArchetypeId]] = defaultdict(Counter)
        for archetype, cards in described:
            for card in cards:
                self.with_card[card][archetype] += 1
        self.card_count = {card: found.total() for card, found in self.with_card.items()}
        pasts = [one for one in known if one.past]
        stayed = sum(one.archetype in one.past for one in pasts)
        self.habits = Habits(stayed=stayed, had_past=len(pasts))
        self.archetypes = frozenset(self.field) | frozenset(self.decks)
        self._absence = {one: _absence(count) for one, count in self.decks.items()}

    def known_cards(self, cards: Iterable[str]) -> tuple[str, ...]:
        """Return those of some cards that at least one deck has, in a fixed order."""
        return tuple(sorted(card for card in cards if card in self.card_count))

    def weigh(self, clues: Clues, without: KnownPlayer | None = None) -> dict[Weighed, float]:
        """Return the probability of each archetype, and of None, another deck; they add up to 1.

        Args:
            clues: What is known of the player.
            without: One of the event's players, as if nobody had reported them.
        """
        gone = LeftOut(without)
        priors = dict(self._priors(clues.past, gone))
        backgrounds = self._backgrounds(clues.cards, gone)
        scores = {one: log(share) for one, share in priors.items()}
        for one in scores:
            absent = 0.0 if one is None else self._absence.get(one, 0.0)
            if one is not None and one == gone.described:
                absent = _absence(self.decks[one] - 1)
            scores[one] += CARD_WEIGHT * len(backgrounds) * absent
        for card, background in backgrounds:
            for one, count in self.with_card[card].items():
                seen = count - gone.has(card, one)
                if seen:
                    scores[one] += CARD_WEIGHT * log(1 + seen / (_BACKGROUND * background))
        seen_right = _shares_of(scores)
        return {
            one: (1 - MISTAKEN) * seen_right[one] + MISTAKEN * prior
            for one, prior in priors.items()
        }

    def _priors(
        self, past: tuple[ArchetypeId, ...], gone: LeftOut
    ) -> Iterator[tuple[Weighed, float]]:
        """Return the share of each prospect by the field and the past; together they are 1."""
        prospects: list[Weighed] = [None, *sorted(self.archetypes | frozenset(past))]
        players, part = self.players - gone.players, 1 / len(prospects)
        before = _past_shares(past)
        weight = gone.habits(self.habits).weight if past else 0.0
        for one in prospects:
            on_it = 0 if one is None else self.field[one] - (one == gone.archetype)
            share = (on_it + part) / (players + 1)
            yield one, (1 - weight) * share + weight * before.get(one, 0.0)

    def _backgrounds(self, cards: Iterable[str], gone: LeftOut) -> list[tuple[str, float]]:
        """Return the cards that some deck has, each with its share of all decks."""
        decks = self.deck_count - (gone.described is not None)
        counted = (
            (card, self.card_count[card] - gone.holds(card)) for card in self.known_cards(cards)
        )
        return [(card, count / (decks + 1)) for card, count in counted if count > 0]

    def reason(self, card: str, archetype: ArchetypeId) -> CardReason:
        """Say how often a card was seen in an archetype, and in all others; rules are not seen."""
        ruled = {one for one, cards in self._rules.items() if cards}
        with_it = {one for one in ruled if card in self._rules[one]}
        seen = self.with_card[card][archetype] - RULE_DECKS * (archetype in with_it)
        decks = self.decks[archetype] - RULE_DECKS * (archetype in ruled)
        return CardReason(
            card=card,
            is_in_rules=archetype in with_it,
            seen=seen,
            decks=decks,
            seen_elsewhere=self.card_count[card] - RULE_DECKS * len(with_it) - seen,
            decks_elsewhere=self.deck_count - RULE_DECKS * len(ruled) - decks,
        )


def predict(knowledge: Knowledge, clues: Clues, *, reasons_for: int = 5) -> Prediction:
    """Rank what a player may be on.

    Args:
        knowledge: Of the field, without the player.
        clues: What is known of the player.
        reasons_for: How many prospects, from the first, get their reasons by card.
    """
    shares = knowledge.weigh(clues)
    cards = knowledge.known_cards(clues.cards)
    ranked = sorted(
        (-share, archetype) for archetype, share in shares.items() if archetype is not None
    )
    return Prediction(
        prospects=tuple(
            Prospect(
                archetype=archetype,
                probability=-share,
                players=knowledge.field[archetype],
                played_before=clues.past.count(archetype),
                reasons=_reasons(knowledge, archetype, cards) if place < reasons_for else (),
            )
            for place, (share, archetype) in enumerate(ranked)
        ),
        other=shares[None],
        players=knowledge.players,
        habits=knowledge.habits,
    )


def doubt(knowledge: Knowledge, clues: Clues, prediction: Prediction) -> Doubt | None:
    """Say why none of a prediction's prospects is to be named; None when the first one is."""
    if knowledge.known_decks < FEWEST_DECKS or not prediction.prospects:
        return Doubt.FEW_DECKS
    if not clues.past and not knowledge.known_cards(clues.cards):
        return Doubt.NO_CLUE
    first = prediction.prospects[0].probability
    if prediction.other >= first:
        return Doubt.FITS_NOTHING
    return Doubt.TOO_CLOSE if first < SURE_ENOUGH else None


def telling_cards(
    knowledge: Knowledge,
    one: ArchetypeId,
    other: ArchetypeId,
    *,
    but: frozenset[str] = frozenset(),
    at_most: int = 2,
) -> tuple[str, ...]:
    """Return cards that speak for ``one`` and against ``other``, the most telling first.

    Args:
        knowledge: What decks there are.
        one: An archetype.
        other: Another one.
        but: Cards that are known already.
        at_most: How many.
    """
    gaps = [
        (gap, card)
        for card in knowledge.with_card
        if card not in but
        and (gap := _rate(knowledge, card, one) - _rate(knowledge, card, other)) > 0
    ]
    best = sorted(gaps, key=lambda found: (-found[0], found[1]))[:at_most]
    return tuple(card for _, card in best)


def _rate(knowledge: Knowledge, card: str, archetype: ArchetypeId) -> float:
    seen = knowledge.with_card[card].get(archetype, 0)
    return seen / (knowledge.decks[archetype] + _BACKGROUND)


def _reasons(
    knowledge: Knowledge, archetype: ArchetypeId, cards: Iterable[str]
) -> tuple[CardReason, ...]:
    found = [knowledge.reason(card, archetype) for card in cards]
    return tuple(sorted(found, key=lambda one: (-_telling(one), one.card)))


def _telling(reason: CardReason) -> float:
    here = (reason.seen + 1 + reason.is_in_rules) / (reason.decks + 2)
    return here / ((reason.seen_elsewhere + 1) / (reason.decks_elsewhere + 2))


def _absence(decks: int) -> float:
    """Return what an archetype loses by a card that none of its described decks has."""
    return log(_BACKGROUND / (decks + _BACKGROUND))


def _past_shares(past: tuple[ArchetypeId, ...]) -> dict[Weighed, float]:
    """Share 1 among what was played, each event counting twice the one before it."""
    weights: defaultdict[Weighed, float] = defaultdict(float)
    for age, archetype in enumerate(past):
        weights[archetype] += 0.5**age
    total = sum(weights.values())
    return {archetype: weight / total for archetype, weight in weights.items()}


def _shares_of(scores: Mapping[Weighed, float]) -> dict[Weighed, float]:
    """Return what logarithms stand for, so that all add up to 1."""
    greatest = max(scores.values())
    powers = {one: exp(score - greatest) for one, score in scores.items()}
    total = sum(powers.values())
    return {one: power / total for one, power in powers.items()}
