"""What the map of a field shows: every table, and whom of it the team knows, claims or lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scooty.domain.text import clean
from scooty.features.coverage.rules import Knowledge, count_knowledge, in_places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.i18n import Translator
    from scooty.features.coverage.calls.assignments import Coverage
    from scooty.features.coverage.rules import FieldPlayer

COLOURS: Final[Mapping[Knowledge, int]] = {
    Knowledge.KNOWN: 0x3F6FD8,
    Knowledge.CLAIMED: 0xF5A623,
    Knowledge.UNKNOWN: 0xF2F3F5,
    Knowledge.TEAM: 0x80848E,
}
"""Blue, amber and white differ in lightness too, so that whoever sees colours otherwise tells them
apart; what is unknown is the brightest on dark ground, since that is what one looks for."""
_WORDS: Final[Mapping[Knowledge, str]] = {
    Knowledge.KNOWN: "coverage.map.known",
    Knowledge.CLAIMED: "coverage.map.claimed",
    Knowledge.UNKNOWN: "coverage.map.unknown",
    Knowledge.TEAM: "coverage.map.team",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One player."""

    colour: int
    """0xRRGGBB."""
    is_team: bool
    """Marked, whatever is known of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlace:
    """One table, or one place of a ranking."""

    number: int | None
    pairs: tuple[tuple[Square, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One line of the legend."""

    square: Square
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMap:
    """All players of a field in their places."""

    title: str
    caption: str
    places: tuple[MapPlace, ...]
    legend: tuple[Mark, ...]


def field_map(found: Coverage, t: Translator) -> FieldMap | None:
    """Say what to draw of a field; None when nobody plays."""
    if not found.players:
        return None
    at_tables = any(player.table is not None for player in found.players)
    return FieldMap(
        title=_title(found, t),
        caption=t("coverage.map.tables" if at_tables else "coverage.map.ranks"),
        places=tuple(
            MapPlace(
                number=place.number,
                pairs=tuple(tuple(map(_square, pair)) for pair in place.pairs),
            )
            for place in in_places(found.players)
        ),
        legend=_legend(found, t),
    )


def map_in_words(found: Coverage, t: Translator) -> str:
    """Say what the map shows, for whoever does not see it."""
    counts = count_knowledge(found.players)
    parts = [t.plural(_WORDS[each], counts[each]) for each in Knowledge if counts[each]]
    return t("coverage.map.words", parts=", ".join(parts))


def _title(found: Coverage, t: Translator) -> str:
    event = clean(found.event.name)
    if found.round_number is None:
        return event
    return t("chart.round", event=event, round=found.round_number)


def _square(player: FieldPlayer) -> Square:
    return _SQUARES[player.knowledge, player.is_team]


_SQUARES: Final = {
    (known, is_team): Square(colour=COLOURS[known], is_team=is_team)
    for known in Knowledge
    for is_team in (False, True)
}
"""All that there are: thousands of players share them."""


def _legend(found: Coverage, t: Translator) -> tuple[Mark, ...]:
    """Name each colour with how many have it, and the mark of the team where it plays."""
    counts = dict(count_knowledge(found.players))
    counts[Knowledge.TEAM] = sum(player.is_team for player in found.players)
    marks = [
        Mark(
            square=Square(colour=COLOURS[each], is_team=each is Knowledge.TEAM),
            label=t.plural(_WORDS[each], counts[each]),
        )
        for each in Knowledge
        if each is not Knowledge.TEAM or counts[each]
    ]
    return tuple(marks)
