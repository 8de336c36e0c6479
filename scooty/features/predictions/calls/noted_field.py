"""From the texts of ``prediction_evidence`` to what is forecast from; else a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from scooty.core.storage import json_fields as read
from scooty.domain.ids import ArchetypeId
from scooty.domain.observations import Confidence
from scooty.features.predictions.rules.forecast import NotedDeck, NotedField, NotedPlayer, Spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from actors.repository.messages import JsonValue
    from scooty.features.predictions.calls.predictions import PredictionEvidence


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


def _spelled(mentioned: JsonValue, listed: JsonValue) -> Spelled:
    lines = "" if mentioned is None else mentioned
    names = [] if listed is None else listed
    if not isinstance(lines, str) or not isinstance(names, list):
        raise read.unexpected("cards", "a text and a list")
    return Spelled(
        mentioned=tuple(lines.split("\n")),
        listed=tuple(name for name in names if isinstance(name, str)),
    )
