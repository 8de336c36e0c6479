"""Rounds that are applied while their players are reported, merged and applied by somebody else."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Final

import psycopg

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUNDS: Final = 6
PLAYERS: Final = 16

_KEEP: Final = "select scooty.keep_round_file(1, %s, %s, 'pairings', %s)"
_APPLY: Final = "select scooty.apply_pairings(1, %s, %s, %s, %s)"
_REPORT: Final = (
    "select scooty.record_report(1, %s, 7, 'Sam', %s, %s, %s, 'boros energy', 'boros energy', null)"
)
_MERGE: Final = "select scooty.merge_players(1, %s, 7, %s, %s)"
_UNDO: Final = "select scooty.undo_merge(1, %s, 7, %s)"
_ALONE: Final = """
    select count(*) from scooty_private.pairings p
    where p.opponent_id is not null and not exists (
      select from scooty_private.pairings o
      where o.guild_id = p.guild_id and o.event_id = p.event_id and o.round = p.round
        and o.player_id = p.opponent_id and o.opponent_id = p.player_id
    )
"""
_NAMELESS: Final = """
    select count(*) from scooty_private.event_players e
    join scooty_private.players p on p.guild_id = e.guild_id and p.id = e.player_id
    where p.merged_into is not null
"""
_TWICE: Final = """
    select count(*) - count(distinct (guild_id, name)) from scooty_private.players
"""


async def call(line: psycopg.AsyncConnection, sql: str, *arguments: object) -> Any:
    row = await (await line.execute(sql.encode(), arguments)).fetchone()
    assert row is not None
    return row[0]


def name(place: int) -> str:
    return f"player {place}"


def twin(place: int) -> str:
    """Return a name under which somebody is reported who is not on any list."""
    return f"twin {place}"


def content(event_id: int, number: int, order: Sequence[int]) -> str:
    """Everybody in pairs as they stand in ``order``."""
    entries = [
        {
            "place": place,
            "lot": place - place % 2,
            "side": place % 2,
            "table_number": 1 + place // 2,
            "name": name(each).title(),
            "name_key": name(each),
            "word_key": name(each),
            "handle_key": "",
            "handle_word_key": "",
        }
        for place, each in enumerate(order)
    ]
    kept = {"event_id": event_id, "round": number, "round_from": "file", "entries": entries}
    empty: dict[str, object] = {"told": [], "skipped": [], "likely": [], "pastes": []}
    counts = dict.fromkeys(("elsewhere", "skipped_count", "likely_count"), 0)
    return json.dumps({**kept, **empty, **counts})


async def test_rounds_are_whole_whoever_reports_merges_and_applies_meanwhile(
    migrated_database: str,
) -> None:
    async with AsyncExitStack() as stack:
        lines = [
            await stack.enter_async_context(
                await psycopg.AsyncConnection.connect(migrated_database, autocommit=True)
            )
            for _ in range(4)
        ]
        created = await call(lines[0], "select scooty.create_event(1, 1, 'Open', 'open', 7)")
        event_id, merges = created["event"]["id"], 0
        for place in range(PLAYERS):
            for each, request_id in ((name(place), 500 + place), (twin(place), 600 + place)):
                await call(lines[0], _REPORT, request_id, each.title(), each, each)

        for number in range(1, ROUNDS + 1):
            first = list(range(PLAYERS))
            orders = (first[number:] + first[:number], first[::-1])
            for captain, order in enumerate(orders):
                kept = content(event_id, number, order)
                await call(lines[0], _KEEP, 1000 * number + captain, captain, kept)
            found = await lines[0].execute("select name, id from scooty_private.players")
            known: dict[str, int] = dict(await found.fetchall())
            answers = await asyncio.gather(
                *(
                    call(
                        lines[captain],
                        _APPLY,
                        1000 * number + 10 + captain,
                        captain,
                        1000 * number + captain,
                        ("replace", "merge")[captain],
                    )
                    for captain in range(2)
                ),
                _report_all(lines[2], number),
                _merge_and_undo(lines[3], number, known),
            )
            merges += answers[3]

            assert [each["outcome"] for each in answers[:2]] == ["pairings_applied"] * 2
            for sql in (_ALONE, _NAMELESS, _TWICE):
                assert await call(lines[0], sql) == 0, (number, sql)

        assert merges > 0


async def _report_all(line: psycopg.AsyncConnection, number: int) -> None:
    for place in range(PLAYERS):
        key = name(place)
        await call(line, _REPORT, 1000 * number + 100 + place, key.title(), key, key)


async def _merge_and_undo(line: psycopg.AsyncConnection, number: int, known: dict[str, int]) -> int:
    """Make each player and their twin one, and two again; returns how many merges there were."""
    merged = 0
    for place in range(PLAYERS):
        pair = (known[name(place).title()], known[twin(place).title()])
        kept, other = pair if place % 2 else reversed(pair)
        request_id = 1000 * number + 200 + 2 * place
        answer = await call(line, _MERGE, request_id, kept, other)
        if answer["outcome"] == "merged":
            merged += 1
            await call(line, _UNDO, request_id + 1, answer["merge_id"])
    return merged
