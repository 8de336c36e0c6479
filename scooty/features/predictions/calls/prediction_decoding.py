"""From the JSON of ``prediction_evidence`` to values; any other shape is a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson

from scooty.core.storage import json_fields as read
from scooty.core.storage.card_decoding import event_of
from scooty.core.storage.outcomes import Outcomes
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import ArchetypeId, PlayerId
from scooty.domain.observations import Confidence
from scooty.features.players.calls.players import GuildPlayer, NobodyCertain
from scooty.features.predictions.calls.prediction_values import (
    Asked,
    Drafting,
    NamedArchetype,
    PlayedBefore,
    PredictionEvidence,
    ReportedDeck,
    ReportedSurely,
)
from scooty.features.predictions.rules.forecast import NotedDeck, NotedField, NotedPlayer, Spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actors.repository.messages import JsonValue
    from scooty.core.storage.player_card import Event


def noted_field(
    evidence: PredictionEvidence, rules: Mapping[ArchetypeId, tuple[str, ...]]
) -> NotedField:
    """Read the texts of an answer: thousands of lines, so on a thread.

    Args:
        evidence: The answer.
        rules: The cards by which rules tell archetypes.
    """
    return NotedField(
        counts=evidence.counts,
        players=tuple(map(_noted_player, _lines(evidence.players, "players"))),
        decks=tuple(map(_noted_deck, _lines(evidence.decks, "decks"))),
        rules=rules,
    )


def _lines(pages: Iterable[str], name: str) -> Iterator[Sequence[JsonValue]]:
    for page in pages:
        try:
            lines = orjson.loads(page)
        except orjson.JSONDecodeError:
            raise read.unexpected(name, "a list") from None
        yield from _lists(lines, name)


def _lists(value: JsonValue, name: str) -> Iterator[Sequence[JsonValue]]:
    if not isinstance(value, list):
        raise read.unexpected(name, "a list")
    for line in value:
        if not isinstance(line, list):
            raise read.unexpected(name, "a list of lists")
        yield line


def _noted_player(line: Sequence[JsonValue]) -> NotedPlayer:
    match line:
        case [int(archetype), str(confidence), mentioned, listed, [*past]]:
            return NotedPlayer(
                archetype=ArchetypeId(archetype),
                confidence=_confidence(confidence),
                cards=_spelled(mentioned, listed),
                past=tuple(ArchetypeId(one) for one in past if isinstance(one, int)),
            )
        case _:
            raise read.unexpected("players", "a list of players")


def _noted_deck(line: Sequence[JsonValue]) -> NotedDeck:
    match line:
        case [int(archetype), mentioned, listed]:
            return NotedDeck(archetype=ArchetypeId(archetype), cards=_spelled(mentioned, listed))
        case _:
            raise read.unexpected("decks", "a list of decks")


def _confidence(value: str) -> Confidence:
    try:
        return Confidence(value)
    except ValueError:
        raise read.unexpected("confidence", "a Confidence") from None


def _guild_player(fields: Mapping[str, JsonValue]) -> GuildPlayer:
    return GuildPlayer(
        player_id=PlayerId(read.field(fields, "player_id", int)),
        name=read.field(fields, "name", str),
        report_count=read.field(fields, "report_count", int),
        event_count=read.field(fields, "event_count", int),
    )


def _spelled(mentioned: JsonValue, listed: JsonValue) -> Spelled:
    lines = "" if mentioned is None else mentioned
    names = [] if listed is None else listed
    if not isinstance(lines, str) or not isinstance(names, list):
        raise read.unexpected("cards", "a text and a list")
    return Spelled(
        mentioned=tuple(lines.split("\n")),
        listed=tuple(name for name in names if isinstance(name, str)),
    )


def _event(fields: Mapping[str, JsonValue]) -> Event:
    return event_of(read.object_of(fields.get("event"), "event"))


def _asked(fields: Mapping[str, JsonValue]) -> Asked:
    player = read.object_of(fields.get("player"), "player")
    reported = player.get("reported")
    return Asked(
        name=read.field(player, "name", str),
        reported=None if reported is None else _reported(read.object_of(reported, "reported")),
    )


def _reported(fields: Mapping[str, JsonValue]) -> ReportedDeck:
    return ReportedDeck(
        archetype=read.field(fields, "archetype", str),
        colours=read.field(fields, "colours", str),
        confidence=read.one_of(Confidence, fields, "confidence"),
    )


def _evidence(fields: Mapping[str, JsonValue]) -> PredictionEvidence:
    return PredictionEvidence(
        event=_event(fields),
        format=read.text_or_none(fields, "format"),
        asked=None if fields.get("player") is None else _asked(fields),
        alike=read.each(fields.get("candidates"), "candidates", _guild_player),
        own=_spelled(fields.get("mentioned"), fields.get("listed")),
        past=tuple(map(_played, _lists(fields.get("past"), "past"))),
        archetypes=dict(read.each(fields.get("archetypes"), "archetypes", _archetype)),
        counts=dict(map(_count, _lists(fields.get("counts"), "counts"))),
        players=read.texts(fields, "players"),
        decks=read.texts(fields, "decks"),
    )


def _played(line: Sequence[JsonValue]) -> PlayedBefore:
    match line:
        case [int(archetype), str(event)]:
            return PlayedBefore(archetype_id=ArchetypeId(archetype), event=event)
        case _:
            raise read.unexpected("past", "a list of archetypes and events")


def _count(line: Sequence[JsonValue]) -> tuple[ArchetypeId, int]:
    match line:
        case [int(archetype), int(players)]:
            return ArchetypeId(archetype), players
        case _:
            raise read.unexpected("counts", "a list of archetypes and players")


def _archetype(fields: Mapping[str, JsonValue]) -> tuple[ArchetypeId, NamedArchetype]:
    named = NamedArchetype(
        name=read.field(fields, "name", str), colours=read.field(fields, "colours", str)
    )
    return ArchetypeId(read.field(fields, "id", int)), named


OUTCOMES: Final = Outcomes(
    {
        "evidence": _evidence,
        "reported_surely": lambda fields: ReportedSurely(
            event=_event(fields), asked=_asked(fields)
        ),
        "nobody_certain": lambda fields: NobodyCertain(
            candidates=read.each(fields.get("candidates"), "candidates", _guild_player)
        ),
        "drafting": lambda fields: Drafting(event=_event(fields)),
        "no_active_event": lambda _: NoActiveEvent(),
    }
)
