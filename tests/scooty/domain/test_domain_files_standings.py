"""Standings as they are saved, exported and copied."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scooty.domain.files import FileTooLarge, Reason, StandingsFile, Unit, parse_standings
from scooty.domain.files.source import lines_of
from scooty.domain.files.standings import Record

NAME = st.sampled_from(["Jane Doe", "Élodie Van Poe", "Bo O'Moe", "Anne-Lise Strøm"])
ROWS = st.lists(st.tuples(NAME, *[st.integers(0, 9)] * 3), min_size=1, max_size=8)

TOPDECK = {
    "standings": [
        {"standing": 1, "name": "Jane Doe", "points": 9, "wins": 3, "losses": 0, "draws": 1}
        | {"opponentWinRate": 0.665, "decklist": None}
    ]
}
MELEE = {
    "content": [
        {"Rank": 1, "Team": {"Players": [{"DisplayName": "Doe, Jane"}]}, "Points": 9}
        | {"MatchRecord": "3-0-1", "OpponentMatchWinPercentage": 0.665}
    ]
}


def read(content: bytes | str) -> StandingsFile:
    found = parse_standings(content)
    assert not isinstance(found, FileTooLarge)
    return found


@pytest.mark.parametrize(
    "content",
    [
        "1  Doe, Jane  9  3-0-1  66.5%",
        "1. Jane Doe 9 3-0-1 66.5%",
        "1st\tJane Doe\t9\t3-0-1\t66.5%",
        "Rank,Player,Points,Record,OMW%\n1,Jane Doe,9,3-0-1,66.5",
        "Rang;Joueur;Points;Victoires;Défaites;Nuls;OMW\n1;Doe, Jane;9;3;0;1;66,5 %",
        "Rank  Player  Points  Record  OMW\n1  Jane Doe  9  3-0-1  0.665",
        json.dumps(TOPDECK),
        json.dumps(MELEE),
    ],
)
def test_a_standing_is_read_with_rank_points_record_and_rate(content: str) -> None:
    (entry,) = read(content).entries

    assert [one.name for one in entry.people] == ["Jane Doe"]
    assert (entry.rank, entry.points) == (1, 9)
    assert entry.record == Record(wins=3, losses=0, draws=1)
    assert entry.opponent_win_rate == pytest.approx(0.665)


def test_a_deck_is_kept_only_when_it_is_one_short_line() -> None:
    held = [
        {"standing": 1, "name": "Jane Doe", "decklist": "Grey Moths"},
        {"standing": 2, "name": "Rick Roe", "decklist": "4 Moth\n56 Plains"},
    ]

    assert [one.deck for one in read(json.dumps(held)).entries] == ["Grey Moths", None]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Jane Doe", Reason.NOT_UNDERSTOOD),
        ("1   ---   9", Reason.NO_NAME),
        ("Rank  Player  Points", Reason.HEADING),
        ('[{"standing": 1}]', Reason.NO_NAME),
        ('[{"standing": 1, "Team": {}}]', Reason.NO_NAME),
        ('{"standings": [{', Reason.BROKEN_JSON),
    ],
)
def test_what_is_no_standing_is_listed_with_its_reason(content: str, reason: Reason) -> None:
    found = read(content)

    assert found.entries == ()
    assert [one.reason for one in found.skipped] == [reason]


@settings(deadline=None)
@given(st.text(max_size=300) | st.from_regex(r"([0-9]{1,3}[.]?[ \t]+[\w ,()%\-]{0,30}\n){1,5}"))
def test_every_line_or_object_of_any_text_is_a_standing_or_skipped(content: str) -> None:
    found = read(content)
    numbers = [one.number for one in found.entries] + [one.number for one in found.skipped]

    assert len(numbers) == len(set(numbers))
    assert all(0 <= (one.opponent_win_rate or 0) <= 1 for one in found.entries)
    if found.numbered_by is Unit.LINE:
        text = content.removeprefix("\ufeff").replace("\0", "")
        assert sorted(numbers) == [line.number for line in lines_of(text)]


@settings(deadline=None)
@given(ROWS, st.sampled_from(["topdeck", "csv", "tabbed", "spaced", "single"]))
def test_standings_written_in_a_known_form_are_read_back(
    rows: list[tuple[str, int, int, int]], form: str
) -> None:
    entries = read(render(rows, form)).entries

    assert [(e.rank, e.people[0].name, e.points, e.record) for e in entries] == [
        (rank, name, 3 * won + drawn, Record(wins=won, losses=lost, draws=drawn))
        for rank, (name, won, lost, drawn) in enumerate(rows, 1)
    ]


def render(rows: list[tuple[str, int, int, int]], form: str) -> str:
    cells = [
        (str(rank), name, str(3 * won + drawn), f"{won}-{lost}-{drawn}")
        for rank, (name, won, lost, drawn) in enumerate(rows, 1)
    ]
    if form == "topdeck":
        keys = ("standing", "name", "points", "record")
        return json.dumps([dict(zip(keys, one, strict=True)) for one in cells])
    if form == "csv":
        cells.insert(0, ("Place", "Name", "Match Points", "W-L-D"))
    separator = {"csv": ",", "tabbed": "\t", "spaced": "   ", "single": " "}[form]
    return "\n".join(separator.join(one) for one in cells)
