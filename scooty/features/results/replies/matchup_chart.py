"""What the picture of matchups shows: the field's archetypes by ours, with what to expect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scooty.core.text.numbers import percent
from scooty.domain.colours import in_order
from scooty.domain.palette import COLOURLESS, MANA
from scooty.domain.text import clean
from scooty.features.results.replies.matchup_figures import record
from scooty.features.results.rules.matchups import Matchup, expect

if TYPE_CHECKING:
    from scooty.core.i18n import Translator
    from scooty.domain.field import FieldShare
    from scooty.domain.ids import ArchetypeId
    from scooty.features.results.calls.results import TeamRecord

_OURS: Final = 4
"""Columns that can be read on a phone; a team has rarely more decks."""
_THEIRS: Final = 8
_NOTHING: Final = "\N{EN DASH}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchupCell:
    """One archetype of ours against one of theirs, or against the field."""

    figure: str
    note: str = ""
    """Of how many."""
    rate: float | None = None
    """Gives the colour; None: there is none to give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """One archetype of the field."""

    label: str
    share: str
    """Of the players known, and how many they are."""
    stripes: tuple[int, ...]
    """The deck's own colours."""
    cells: tuple[MatchupCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchupChart:
    """Our archetypes in columns, the field's in rows, the most played first."""

    title: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[FieldRow, ...]
    expected_label: str
    expected: tuple[MatchupCell, ...]
    """For each column; empty where percentages are withheld."""


def our_archetypes(found: TeamRecord) -> tuple[ArchetypeId, ...]:
    """Return the archetypes of ours that matter most: those teammates play there, most first.

    While nobody knows what any teammate plays, those that the team played most matches with.
    """
    weights: dict[ArchetypeId, int] = dict(found.played_by_teammates)
    if not weights:
        for matchup in found.matchups_ever:
            played = matchup.decided + matchup.draws
            weights[matchup.ours] = weights.get(matchup.ours, 0) + played
    return tuple(sorted(weights, key=lambda each: (-weights[each], each))[:_OURS])


def matchup_chart(found: TeamRecord, t: Translator) -> MatchupChart | None:
    """Say what to draw; None when nothing is known of the field or of the team's decks."""
    ours = our_archetypes(found)
    if not ours or not found.field.known:
        return None
    matchups = {(each.ours, each.theirs): each for each in found.matchups_ever}
    return MatchupChart(
        title=clean(found.event.name),
        caption=t("team.record.caption"),
        columns=tuple(clean(found.archetypes[each].name) for each in ours),
        rows=tuple(
            _row(
                part,
                found,
                tuple(
                    _cell(matchups.get((mine, part.kind)), t, is_mirror=mine == part.kind)
                    for mine in ours
                ),
                t,
            )
            for part in found.field.shares[:_THEIRS]
        ),
        expected_label=t("team.record.axis"),
        expected=_expected(ours, found, t),
    )


def _row(
    part: FieldShare[ArchetypeId], found: TeamRecord, cells: tuple[MatchupCell, ...], t: Translator
) -> FieldRow:
    facts = found.archetypes[part.kind]
    share = t.plural("stats.players", part.players)
    if part.share is not None:
        share = f"{percent(part.share, t)} · {share}"
    return FieldRow(
        label=clean(facts.name),
        share=share,
        stripes=tuple(MANA[colour] for colour in in_order(facts.colours)) or (COLOURLESS,),
        cells=cells,
    )


def _cell(matchup: Matchup | None, t: Translator, *, is_mirror: bool) -> MatchupCell:
    if is_mirror:
        return MatchupCell(figure=t("team.record.mirror"))
    if matchup is None:
        return MatchupCell(figure=_NOTHING)
    note = f"n = {matchup.decided}"
    if matchup.win_rate is None:
        return MatchupCell(figure=record(matchup.wins, matchup.losses, matchup.draws), note=note)
    rate = matchup.win_rate
    return MatchupCell(figure=percent(rate, t, digits=0), note=note, rate=rate)


def _expected(
    ours: tuple[ArchetypeId, ...], found: TeamRecord, t: Translator
) -> tuple[MatchupCell, ...]:
    if not found.field.has_percentages:
        return ()
    cells = []
    for archetype_id in ours:
        expected = expect(archetype_id, found.matchups_ever, found.field)
        if expected.win_rate is None:
            cells.append(MatchupCell(figure=_NOTHING))
        else:
            part = percent(expected.covered_share, t, digits=0)
            cells.append(
                MatchupCell(
                    figure=percent(expected.win_rate, t, digits=0),
                    note=t("team.record.of_field", part=part),
                    rate=expected.win_rate,
                )
            )
    return tuple(cells)
