"""Pairings in every form in which a team gets hold of them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scooty.domain.files import (
    FileTooLarge,
    Outcome,
    PairingEntry,
    PairingsFile,
    Reason,
    Unit,
    parse_pairings,
)
from scooty.domain.files.results import parse_result
from scooty.domain.files.source import lines_of

NAME = st.tuples(
    st.sampled_from(["Jane", "Élodie", "Anna V.", "Bo", "Anne-Lise"]),
    st.sampled_from(["Doe", "Van Poe", "O'Moe", "Strøm", "Zoe-Foe"]),
)
PAIR = st.tuples(NAME, NAME).filter(lambda pair: pair[0] != pair[1])
ROUND = st.lists(st.tuples(PAIR, st.integers(0, 45), st.booleans()), min_size=1, max_size=8)
MELEE_BYE = json.dumps(
    [
        {
            "TableNumber": 7,
            "Competitors": [{"Team": {"Players": [{"DisplayName": "Jane Doe"}]}}],
            "ResultString": "Jane Doe was assigned a bye",
        }
    ]
)
FORMS = ["melee", "older", "judges", "topdeck", "csv", "text", "spaced", "tabbed"]


def read(content: bytes | str) -> PairingsFile:
    found = parse_pairings(content)
    assert not isinstance(found, FileTooLarge)
    return found


def only(content: str) -> PairingEntry:
    (entry,) = read(content).entries
    return entry


def names(entry: PairingEntry) -> list[str]:
    return [" / ".join(one.name for one in side.people) for side in entry.sides]


@pytest.mark.parametrize(
    "line",
    [
        "12  Doe, Jane (9)  vs.  Roe, Rick (9)",
        "12 Jane Doe (9 pts) vs Rick Roe (9)",
        "Table 12: Jane Doe (9) contre Rick Roe (9)",
        "12\tDoe, Jane\t9\tRoe, Rick\t9",
        "12   Doe, Jane   9   vs   Roe, Rick   9",
        "Table,Player,Points,Opponent,Points\n12,Jane Doe,9,Rick Roe,9",
        "Ronde;Adversaire;Points;Joueur;N° table\n3;Roe, Rick;9;Doe, Jane (9);12",
        "Table   Player 1   Points   Player 2   Points\n12   Jane Doe   9   Rick Roe   9",
        "Round 5\n\n#12 Jane Doe (9) v. Rick Roe (9)",
    ],
)
def test_a_pairing_is_read_with_its_table_and_points(line: str) -> None:
    entry = only(line)

    assert (entry.table, names(entry)) == (12, ["Jane Doe", "Rick Roe"])
    assert entry.sides[0].points == 9


def test_a_heading_gives_its_round_to_the_lines_below() -> None:
    entries = read("Ronde 4\n1 Jane Doe - Rick Roe\nRound 5\n2 Jane Doe - Bo Poe").entries

    assert [entry.round for entry in entries] == [4, 5]


@pytest.mark.parametrize(
    "content",
    [
        "7  Doe, Jane (9)  vs.  *** Bye ***",
        "7\tJane Doe\tExempt",
        "Table,Player 1,Player 2,Result\n7,Jane Doe,,Jane Doe was awarded a bye",
        '[{"tableNumber": 7, "playerName1": "Doe, Jane", "playerName2": "Bye", "result": null}]',
        '[{"round": 2, "tables": [{"table": "Byes", "players": [{"name": "Jane Doe"}]}]}]',
        MELEE_BYE,
    ],
)
def test_a_bye_has_one_side(content: str) -> None:
    entry = only(content)

    assert entry.bye
    assert (names(entry), entry.result.outcome) == (["Jane Doe"], Outcome.BYE)


def test_teams_of_three_keep_the_order_of_their_seats() -> None:
    team = [{"DisplayName": name} for name in ("Doe, Jane", "Rick Roe", "Bo Poe")]
    other = [{"DisplayName": name} for name in ("Ann Moe", "Al Low", "Zoe Foe")]
    sides = [{"Team": {"Name": "Moths", "Players": one}} for one in (team, other)]
    saved = only(json.dumps([{"Competitors": sides, "ResultString": "Moths won 2-1-0"}]))
    typed = only("3 Jane Doe / Rick Roe / Bo Poe vs Ann Moe / Al Low / Zoe Foe")

    assert (
        names(saved)
        == names(typed)
        == ["Jane Doe / Rick Roe / Bo Poe", "Ann Moe / Al Low / Zoe Foe"]
    )
    assert (saved.sides[0].team, saved.result.winner) == ("Moths", 0)


SIDES = (("Jane Doe",), ("Rick Roe",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe won 2-1-0", (Outcome.WON, 0, (2, 1, 0))),
        ("Roe, Rick won 2-0-0", (Outcome.WON, 1, (2, 0, 0))),
        ("1-1-0 Draw", (Outcome.DRAWN, None, (1, 1, 0))),
        ("0-0-3 Draw", (Outcome.DRAWN, None, (0, 0, 3))),
        ("Jane Doe forfeited the match", (Outcome.FORFEITED, 1, None)),
        ("Jane Doe was awarded a bye", (Outcome.BYE, None, None)),
        ("Jane Doe was assigned a bye", (Outcome.BYE, None, None)),
        ("Not reported", (Outcome.OPEN, None, None)),
        ("0-2", (Outcome.WON, 1, (2, 0, 0))),
        ("1-1", (Outcome.DRAWN, None, (1, 1, 0))),
        ("Rick Roe", (Outcome.WON, 1, None)),
        ("Somebody else won 2-0-0", (Outcome.WON, None, (2, 0, 0))),
        ("rained off", (Outcome.UNKNOWN, None, None)),
    ],
)
def test_a_result_is_understood(text: str, expected: tuple[object, ...]) -> None:
    result = parse_result(text, SIDES)

    assert (result.outcome, result.winner, result.games) == expected


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("7 Jane Doe", Reason.NO_OPPONENT),
        ("7 Jane Doe  Rick Roe  Bo Poe", Reason.AMBIGUOUS),
        ("---", Reason.NO_NAME),
        ('[{"table": 1, "players": ["A", "B", "C", "D"]}]', Reason.AMBIGUOUS),
        ('[[1], {"id": 1}]', Reason.NOT_UNDERSTOOD),
        ('[{"Competitors": []}]', Reason.NO_NAME),
        ('{"Competitors": [', Reason.BROKEN_JSON),
        (f"1 Jane Doe vs {'x' * 101}", Reason.NAME_TOO_LONG),
    ],
)
def test_what_is_no_pairing_is_listed_with_its_reason(content: str, reason: Reason) -> None:
    found = read(content)

    assert found.entries == ()
    assert found.skipped[0].reason is reason


@settings(deadline=None)
@given(
    st.text(max_size=300) | st.from_regex(r"([0-9]{1,3}[ \t]+[\w ,()\-]{0,20}(vs|\t|,)?){1,4}\n")
)
def test_every_line_or_object_of_any_text_is_a_pairing_or_skipped(content: str) -> None:
    found = read(content)
    numbers = [one.number for one in found.entries] + [one.number for one in found.skipped]

    assert len(numbers) == len(set(numbers))
    if found.numbered_by is Unit.LINE:
        text = content.removeprefix("\ufeff").replace("\0", "")
        assert sorted(numbers) == [line.number for line in lines_of(text)]


@settings(deadline=None)
@given(ROUND, st.sampled_from(FORMS))
def test_a_round_written_in_a_known_form_is_read_back(
    tables: list[tuple[tuple[tuple[str, str], tuple[str, str]], int, bool]], form: str
) -> None:
    rows = [
        (table, f"{one[1]}, {one[0]}", f"{other[1]}, {other[0]}", points, bye)
        for table, ((one, other), points, bye) in enumerate(tables, 1)
    ]

    entries = read(render(rows, form)).entries

    assert [(entry.table, names(entry)) for entry in entries] == [
        (
            None if form == "topdeck" and bye else table,
            [f"{first} {last}" for first, last in pair][: 1 if bye else 2],
        )
        for table, (pair, _, bye) in enumerate(tables, 1)
    ]


Row = tuple[int, str, str, int, bool]


def render(rows: list[Row], form: str) -> str:
    if form in {"csv", "text", "spaced", "tabbed"}:
        head = "Player 2,Table,Player 1,Points\n" if form == "csv" else "Round 3\n"
        return head + "\n".join(text_line(row, form) for row in rows)
    held = [json_object(row, form) for row in rows]
    return json.dumps({"round": 3, "tables": held} if form == "topdeck" else held)


def text_line(row: Row, form: str) -> str:
    table, first, second, points, bye = row
    second = "Bye" if bye else second
    return {
        "csv": f'"{second}",{table},"{first}",{points}',
        "text": f"{table} {first} ({points}) vs. {second}",
        "spaced": f"{table:<6}{first:<30}{points:<5}{second:<30}{points}",
        "tabbed": f"{table}\t{first}\t{points}\t{second}\t{points}",
    }[form]


def json_object(row: Row, form: str) -> dict[str, object]:
    table, first, second, _, bye = row
    both = [first] if bye else [first, second]
    if form == "melee":
        sides = [{"Team": {"Players": [{"DisplayName": one, "Username": "x"}]}} for one in both]
        ended = f"{first} was awarded a bye" if bye else "Not reported"
        return {"TableNumber": table, "Competitors": sides, "ResultString": ended}
    if form == "topdeck":
        players = [{"name": one, "id": "x"} for one in both]
        return {"table": "Byes" if bye else table, "players": players, "winner": None}
    if form == "judges":
        named = {"playerName1": first, "playerGameId1": "1", "playerName2": (*both, "Bye")[1]}
        return {"tableNumber": table, **named, "playerGameId2": "2", "result": None}
    older = {"Player1": first, "Player1Username": "x", "Player1DisplayNameLastFirst": first}
    ended = f"{first} was assigned a bye" if bye else "Not reported"
    return {"TableNumber": table, **older, "Player2": (*both, None)[1], "Result": ended}


def test_a_title_above_a_table_tells_its_round() -> None:
    entry = only("Round 5 of 9\nTable\tPlayer 1\tPlayer 2\n12\tDoe, Jane\tRoe, Rick\n")

    assert entry.round == 5
