"""``/pairings import`` of every format that people have, from the file to the tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.desk_fixture.desk import ROBIN, SAM
from tests.desk_fixture.reading import as_text
from tests.desk_fixture.rounds import apply_pairings, link, pairings, results

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk


def competitor(*people: tuple[str, str], team: str | None = None) -> dict[str, object]:
    players = [{"DisplayName": name, "Username": handle} for name, handle in people]
    return {"Team": {"Name": team, "Players": players}}


MELEE = json.dumps(
    [
        {
            "TableNumber": 12,
            "PodNumber": None,
            "RoundNumber": 5,
            "ResultString": "Jane Doe won 2-1-0",
            "Competitors": [competitor(("Jane Doe", "jdoe")), competitor(("Rick Roe", "rroe"))],
        },
        {
            "TableNumber": None,
            "RoundNumber": 5,
            "ResultString": "Pat Poe was awarded a bye",
            "Competitors": [competitor(("Pat Poe", "ppoe"))],
        },
    ]
)
OLDER_MELEE = json.dumps(
    [
        {
            "RoundNumber": 5,
            "TableNumber": 12,
            "Player1": "Jane Doe",
            "Player1Username": "jdoe",
            "Player1DisplayNameLastFirst": "Doe, Jane",
            "Player2": "Rick Roe",
            "Player2Username": "rroe",
            "Result": "Jane Doe won 2-1-0",
        },
        {
            "RoundNumber": 5,
            "TableNumber": 0,
            "Player1": "Pat Poe",
            "Player1Username": "ppoe",
            "Player2": None,
            "Result": "Pat Poe was assigned a bye",
        },
    ]
)
JUDGES = json.dumps(
    [
        {
            "tableNumber": 12,
            "playerName1": "Doe, Jane",
            "playerGameId1": "jdoe",
            "playerName2": "Roe, Rick",
            "playerGameId2": "rroe",
            "result": "2-1",
        },
        {"tableNumber": None, "playerName1": "Poe, Pat", "playerName2": "BYE", "result": ""},
    ]
)
TOPDECK = json.dumps(
    {
        "rounds": [
            {
                "round": 5,
                "tables": [
                    {
                        "table": 12,
                        "players": [{"name": "Jane Doe"}, {"name": "Rick Roe"}],
                        "winner": "Jane Doe",
                    },
                    {"table": "Byes", "players": [{"name": "Pat Poe"}]},
                ],
            }
        ]
    }
)
CSV = "Ronde;Résultat;Joueur 2;Table;Joueur 1\n5;2-1;Rick Roe;12;Jane Doe\n5;;bye;;Pat Poe\n"
COPIED = "Round 5\nTable\tPlayer\tPlayer\n12\tDoe, Jane\tRoe, Rick\n\tPoe, Pat\tBye\n"
TYPED = "Round 5\n12  Doe, Jane (9)  vs.  Roe, Rick (6)\n13  Pat Poe  vs  BYE\n"

FORMATS = {
    "a saved round": (MELEE, (2, 1, 0)),
    "older rows": (OLDER_MELEE, (2, 1, 0)),
    "the judges' export": (JUDGES, (2, 1, 0)),
    "rounds of TopDeck": (TOPDECK, ()),
    "a table": (CSV, (2, 1, 0)),
    "copied from a page": (COPIED, None),
    "typed": (TYPED, None),
}
"""By name: the file, and the games that it tells: none, or not even a result."""


@pytest.mark.parametrize(("content", "games"), FORMATS.values(), ids=FORMATS)
async def test_a_round_of_every_format_is_paired(
    desk_at_event: TeamDesk, content: str, games: tuple[int, ...] | None
) -> None:
    await desk_at_event.scouted("Jane Doe")
    await desk_at_event.scouted("Rick Roe")
    link(desk_at_event, SAM, "Jane Doe")

    applied = await apply_pairings(desk_at_event, content, round_number=5)

    paired = [
        (number, table, name, opponent)
        for number, table, _, name, opponent, _ in pairings(desk_at_event)
    ]
    assert [each for each in paired if each[2] != "Pat Poe"] == [
        (5, 12, "Jane Doe", "Rick Roe"),
        (5, 12, "Rick Roe", "Jane Doe"),
    ]
    assert [(number, opponent) for number, _, name, opponent in paired if name == "Pat Poe"] == [
        (5, None)
    ]
    told = [(5, "Jane Doe", "Rick Roe", "win", *(games or (None,) * 3), None)]
    assert results(desk_at_event) == ([] if games is None else told)
    assert "1 table" in as_text(applied.response)


async def test_teams_of_three_are_paired_by_their_seats(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Ann Roe")
    link(desk_at_event, ROBIN, "Ann Roe")
    sides = [
        competitor(("Jane Doe", "jd"), ("Joe Doe", "jo"), ("Jim Doe", "ji"), team="Does"),
        competitor(("Rick Roe", "rr"), ("Ann Roe", "ar"), ("Pia Roe", "pr"), team="Roes"),
    ]
    alone = competitor(("Pat Poe", "pp"), ("Pam Poe", "pm"), ("Per Poe", "pe"), team="Poes")
    tables = [
        {"TableNumber": 3, "ResultString": "Does won 2-1-0", "Competitors": sides},
        {"TableNumber": None, "ResultString": "Poes was awarded a bye", "Competitors": [alone]},
    ]

    applied = await apply_pairings(desk_at_event, json.dumps(tables))

    assert pairings(desk_at_event) == [
        (1, 3, 2, "Ann Roe", "Joe Doe", None),
        (1, 3, 1, "Jane Doe", "Rick Roe", None),
        (1, 3, 3, "Jim Doe", "Pia Roe", None),
        (1, 3, 2, "Joe Doe", "Ann Roe", None),
        (1, None, 2, "Pam Poe", None, None),
        (1, None, 1, "Pat Poe", None, None),
        (1, None, 3, "Per Poe", None, None),
        (1, 3, 3, "Pia Roe", "Jim Doe", None),
        (1, 3, 1, "Rick Roe", "Jane Doe", None),
    ]
    assert results(desk_at_event) == []  # the team's result is no player's
    assert "1 table" in as_text(applied.response)
    assert "1 bye" in as_text(applied.response)


async def test_last_name_first_is_the_player_who_is_known_the_other_way_round(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe")

    await apply_pairings(desk_at_event, "7  DOE, Jane (12)  vs.  Roe, Rick (9)")

    assert pairings(desk_at_event) == [
        (1, 7, None, "Jane Doe", "Rick Roe", 12),
        (1, 7, None, "Rick Roe", "Jane Doe", 9),
    ]


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ("Jane Doe won 2-0-1", ("win", 2, 0, 1)),
        ("Rick Roe won 2-1-0", ("loss", 1, 2, 0)),
        ("1-1-1 Draw", ("draw", 1, 1, 1)),
        ("0-0-3 Draw", ("draw", 0, 0, 3)),
        ("Rick Roe forfeited the match", ("win", None, None, None)),
        ("Not reported", None),
        ("Nobody Known won 2-0-0", None),
    ],
)
async def test_the_result_of_a_teammates_match_is_kept_as_the_file_tells_it(
    desk_at_event: TeamDesk, result: str, told: tuple[object, ...] | None
) -> None:
    await desk_at_event.scouted("Jane Doe")
    link(desk_at_event, SAM, "Jane Doe")

    await apply_pairings(
        desk_at_event, f"table,player 1,player 2,result\n1,Jane Doe,Rick Roe,{result}\n"
    )

    assert results(desk_at_event) == ([(1, "Jane Doe", "Rick Roe", *told, None)] if told else [])
