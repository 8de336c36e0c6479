"""From the pages of ``prediction_evidence`` to what is forecast from: thousands of bare rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scooty.core.shapes import shape_of
from scooty.domain.ids import ArchetypeId
from scooty.domain.observations import Confidence
from scooty.features.predictions.rules.forecast import NotedDeck, NotedField, NotedPlayer, Spelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.features.predictions.calls.predictions import PredictionEvidence


class _DeckRow(NamedTuple):
    archetype: ArchetypeId
    mentioned: str | None
    listed: tuple[str, ...] | None


class _PlayerRow(NamedTuple):
    archetype: ArchetypeId
    confidence: Confidence
    mentioned: str | None
    listed: tuple[str, ...] | None
    past: tuple[ArchetypeId, ...]


def noted_field(
    evidence: PredictionEvidence, rules: Mapping[ArchetypeId, tuple[str, ...]]
) -> NotedField:
    """Read the pages of an answer; it takes a while, so on a thread.

    Args:
        evidence: The answer.
        rules: The cards by which rules tell archetypes.

    Raises:
        StorageError: A row has another shape.
    """
    players, decks = shape_of(tuple[_PlayerRow, ...]), shape_of(tuple[_DeckRow, ...])
    return NotedField(
        counts=evidence.counts,
        players=tuple(
            NotedPlayer(
                archetype=row.archetype,
                confidence=row.confidence,
                cards=_spelled(row),
                past=row.past,
            )
            for page in evidence.players
            for row in players.read(page.encode())
        ),
        decks=tuple(
            NotedDeck(archetype=row.archetype, cards=_spelled(row))
            for page in evidence.decks
            for row in decks.read(page.encode())
        ),
        rules=rules,
    )


def _spelled(row: _PlayerRow | _DeckRow) -> Spelled:
    return Spelled(mentioned=tuple((row.mentioned or "").split("\n")), listed=row.listed or ())
