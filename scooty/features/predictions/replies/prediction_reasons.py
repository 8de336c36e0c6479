"""The prospects of a prediction with what speaks for each, and what the prediction is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.text.notices import shown
from scooty.core.text.numbers import percent
from scooty.core.text.style import NEXT, mana
from scooty.domain.text import clean
from scooty.features.predictions.rules.calibration import FEWEST_TRIALS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scooty.core.i18n import Translator
    from scooty.features.predictions.calls.predictions import PredictionEvidence
    from scooty.features.predictions.rules.forecast import Forecast
    from scooty.features.predictions.rules.prospects import CardReason, Prospect

_SHOWN: Final = 4
"""Prospects: what is read in a minute, on a phone."""
_LEAST: Final = 0.01
"""Below this probability a prospect is none."""
_REASONS: Final = 3
_CARDS_SHOWN: Final = 8
_CARD_SHOWN: Final = 50
_EVENTS_SHOWN: Final = 2
_EVENT_SHOWN: Final = 60


def prospect_lines(evidence: PredictionEvidence, made: Forecast, t: Translator) -> list[str]:
    """Rank the prospects, each with its reasons in the line below."""
    likely = [
        one
        for place, one in enumerate(made.prediction.prospects[:_SHOWN])
        if not place or one.probability >= _LEAST
    ]
    return [_prospect(place, one, evidence, made, t) for place, one in enumerate(likely, 1)]


def other_line(made: Forecast, t: Translator) -> str:
    """Say how likely the player is on a deck that the team does not know."""
    return t("predict.other", probability=_about(made.prediction.other, t))


def worth_line(made: Forecast, t: Translator) -> str:
    """Say how predictions about as sure did in this event."""
    worth = made.worth
    if worth is None or not worth.has_enough:
        trials = 0 if worth is None else worth.trials
        return t("predict.worth.few", trials=trials, needed=FEWEST_TRIALS)
    return t.plural(
        "predict.worth",
        worth.trials,
        right=worth.right,
        share=percent(worth.right / worth.trials, t, digits=0),
    )


def card_list(cards: Iterable[str], t: Translator) -> str:
    """Name cards, the first of many; not parted by commas, which names have."""
    named = [shown(clean(card), _CARD_SHOWN) for card in cards]
    more = len(named) - _CARDS_SHOWN
    listed = NEXT.join(named[:_CARDS_SHOWN])
    return listed if more <= 0 else t.plural("predict.more_cards", more, cards=listed)


def _prospect(
    place: int, one: Prospect, evidence: PredictionEvidence, made: Forecast, t: Translator
) -> str:
    archetype = evidence.archetypes[one.archetype]
    what = f"**{shown(archetype.name)}** {mana(archetype.colours)}"
    line = f"{place}\\. {what}{NEXT}{_about(one.probability, t)}"
    reasons = [_by_card(reason, made, t) for reason in one.reasons[:_REASONS]]
    reasons += _by_past(one, evidence, t)
    reasons.append(t("predict.by_field", on_it=one.players, players=made.prediction.players))
    return "\n".join((line, *(f"> {reason}" for reason in reasons)))


def _about(probability: float, t: Translator) -> str:
    if probability < _LEAST:
        return t("predict.under", probability=percent(_LEAST, t))
    return t("predict.about", probability=percent(probability, t, digits=0))


def _by_card(reason: CardReason, made: Forecast, t: Translator) -> str:
    """Say how often the card was seen where, as far as decks were described."""
    card = shown(clean(made.shown[reason.card]), _CARD_SHOWN)
    if reason.is_in_rules:
        card = t("predict.by_rule", card=card)
    if not reason.decks:
        return t(
            "predict.by_card.elsewhere",
            card=card,
            elsewhere=reason.seen_elsewhere,
            others=reason.decks_elsewhere,
        )
    return t(
        "predict.by_card",
        card=card,
        seen=reason.seen,
        decks=reason.decks,
        elsewhere=reason.seen_elsewhere,
        others=reason.decks_elsewhere,
    )


def _by_past(one: Prospect, evidence: PredictionEvidence, t: Translator) -> list[str]:
    if not one.played_before:
        return []
    events = [each.event for each in evidence.past if each.archetype_id == one.archetype]
    named = ", ".join(shown(clean(event), _EVENT_SHOWN) for event in events[:_EVENTS_SHOWN])
    return [t("predict.by_past", events=named)]
