"""The picture of matchups: whatever a team calls its decks, however many it has."""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from scooty.core.i18n import ENGLISH
from scooty.core.storage.player_card import Event
from scooty.domain.ids import ArchetypeId, EventId
from scooty.features.results.calls.results import ArchetypeFacts, ArchetypePlayed, TeamRecord
from scooty.features.results.replies.matchup_chart import (
    MatchupChart,
    matchup_chart,
    our_archetypes,
)
from scooty.features.results.replies.matchup_drawing import draw_matchups
from scooty.features.results.rules.matchups import Matchup

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def record(
    names: list[str], *, ours: int, players: int = 3, matches: tuple[int, int] = (4, 3)
) -> TeamRecord:
    """Return a field in which the first archetypes are ours, each met by each."""
    ids = [ArchetypeId(number) for number in range(len(names))]
    matchups = tuple(
        Matchup(ours=mine, theirs=theirs, wins=matches[0], losses=matches[1], draws=1)
        for mine in ids[:ours]
        for theirs in ids
    )
    return TeamRecord(
        event=Event(id=EventId(1), name="RC Lyon", created_at=AT),
        wins=0,
        losses=0,
        draws=0,
        own_unknown=0,
        theirs_unknown=0,
        between_teammates=0,
        matchups=matchups,
        matchups_ever=matchups,
        teammates=(),
        seen=players * len(ids),
        played=tuple(
            ArchetypePlayed(archetype_id=each, players=players, teammates=int(each in ids[:ours]))
            for each in ids
        ),
        archetypes_met=tuple(
            ArchetypeFacts(id=each, name=name, colours="WU", display_colour=None)
            for each, name in zip(ids, names, strict=True)
        ),
    )


def chart(found: TeamRecord) -> MatchupChart:
    made = matchup_chart(found, ENGLISH)
    assert made is not None
    return made


@settings(max_examples=20, deadline=None)
@given(
    names=st.lists(st.text(min_size=1, max_size=100), min_size=1, max_size=12),
    ours=st.integers(1, 12),
    players=st.integers(1, 5),
)
def test_any_field_is_drawn_no_higher_than_wide(names: list[str], ours: int, players: int) -> None:
    made = chart(record(names, ours=ours, players=players))

    png = draw_matchups(made)

    width, height = struct.unpack(">II", png[16:24])
    assert width == 960
    assert height <= width
    assert len(made.columns) <= 4
    assert len(made.rows) <= 8
    assert {len(row.cells) for row in made.rows} == {len(made.columns)}


def test_a_cell_has_rate_and_n_and_few_matches_have_no_rate() -> None:
    [_, other] = chart(record(["Ours", "Theirs"], ours=1)).rows
    [_, seldom] = chart(record(["Ours", "Theirs"], ours=1, matches=(3, 1))).rows

    assert (other.cells[0].figure, other.cells[0].note) == ("57%", "n = 7")
    assert (seldom.cells[0].figure, seldom.cells[0].rate) == ("3-1-1", None)


def test_a_small_field_is_drawn_without_shares_and_without_what_to_expect() -> None:
    made = chart(record(["Ours", "Theirs"], ours=1))

    assert made.rows[0].share == "3 players"
    assert made.expected == ()


def test_without_a_field_or_decks_of_ours_there_is_no_picture() -> None:
    assert matchup_chart(record(["Theirs"], ours=0), ENGLISH) is None
    assert matchup_chart(record(["Ours"], ours=1, players=0), ENGLISH) is None


def test_while_nobody_knows_what_teammates_play_the_most_played_before_are_ours() -> None:
    known = record(["A", "B", "C"], ours=2)
    unknown = replace(known, played=tuple(replace(each, teammates=0) for each in known.played))

    assert our_archetypes(unknown) == (0, 1)
