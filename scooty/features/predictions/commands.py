"""``/predict player [cards]``: what a player may be on, as a guess with its reasons."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.command import Command, Feature
from scooty.core.inputs import TextOption
from scooty.core.requests import Refused
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.deck_rules import rules_for
from scooty.domain.names import fold
from scooty.domain.roles import Role
from scooty.features.predictions.calls.noted_field import noted_field
from scooty.features.predictions.calls.predictions import (
    NobodyToPredict,
    PredictionEvidence,
    PredictionInDraft,
    ReadEvidence,
    ReportedSurely,
)
from scooty.features.predictions.replies import prediction
from scooty.features.predictions.rules.card_names import split_cards
from scooty.features.predictions.rules.forecast import forecast
from scooty.features.reports.commands.scout import suggest_opponents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome
    from scooty.domain.deck_rules import FormatRules
    from scooty.domain.ids import ArchetypeId
    from scooty.features.predictions.rules.forecast import Forecast

_PLAYER: Final = TextOption(
    name="player",
    name_key="option.known_player.name",
    description_key="option.predict_player",
    limit=100,
    autocomplete=True,
)
_CARDS: Final = TextOption(
    name="cards",
    name_key="option.cards.name",
    description_key="option.cards",
    limit=500,
    required=False,
)


async def predict_player(request: CommandRequest, ports: Ports) -> Outcome:
    """Show what a player may be on, or why nobody should say so."""
    name = _PLAYER.read(request)
    cards = _typed_cards(request)
    evidence = ReadEvidence(name=name, has_cards=bool(split_cards(cards)))
    found = await ports.calls.read(request.guild_id, evidence)
    match found:
        case PredictionEvidence():
            # On a thread, so that others are served meanwhile.
            made = await asyncio.to_thread(_forecast, found, cards, ports.deck_rules)
            return prediction.predicted(found, made, name, request.t)
        case ReportedSurely():
            return prediction.reported_surely(found, request.t)
        case NobodyToPredict():
            return Refused(response=prediction.nobody_meant(found, name, request.t))
        case PredictionInDraft():
            return Refused(response=prediction.drafting(found, request.t))
        case NoActiveEvent():
            return Refused(response=prediction.no_event(request.t))
        case _:
            assert_never(found)


def _typed_cards(request: CommandRequest) -> str:
    """Return what was typed, line breaks and all: they part cards."""
    if not _CARDS.read(request):
        return ""
    typed = {option.name: option.value for option in request.options}
    return str(typed[_CARDS.name])


def _forecast(evidence: PredictionEvidence, cards: str, rules: Sequence[FormatRules]) -> Forecast:
    return forecast(
        noted_field(evidence, _rules_of(evidence, rules)),
        typed=cards,
        own=evidence.own,
        past=tuple(one.archetype_id for one in evidence.past),
    )


def _rules_of(
    evidence: PredictionEvidence, rules: Sequence[FormatRules]
) -> dict[ArchetypeId, tuple[str, ...]]:
    """Return the cards by which the rules of the event's format tell the team's archetypes.

    Of an event whose format has no rules, or none that is told, those of all formats are asked, and
    only about archetypes that are known to be played in it.
    """
    chosen = rules_for(evidence.format, rules)
    among = evidence.archetypes if len(chosen) == 1 else evidence.counts
    archetypes = evidence.archetypes
    ids = {fold(archetypes[one].name): one for one in among}
    cards: dict[ArchetypeId, tuple[str, ...]] = {}
    for rule in (rule for each in chosen for rule in each.rules):
        archetype = ids.get(fold(rule.archetype))
        if archetype is not None:
            needed = tuple(card for need in rule.needs for card in need.cards)
            cards[archetype] = cards.get(archetype, ()) + needed
    return cards


FEATURE: Final = Feature(
    commands=(
        Command(
            path="predict",
            handler=predict_player,
            options=(_PLAYER, _CARDS),
            role=Role.READER,
            autocompleters={_PLAYER.name: suggest_opponents},
        ),
    )
)
