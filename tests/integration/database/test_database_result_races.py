"""Results that are told while their players are merged or forgotten and their tellers erased."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Final

import psycopg

if TYPE_CHECKING:
    from collections.abc import Awaitable

ROUNDS: Final = 30

_TELL: Final = (
    "select scooty.tell_result(1, %s, 7, false, 'win', null, null, null, %s, null, null, null,"
    " null, null, null)"
)
_MERGE: Final = "select scooty.merge_players(1, %s, 7, %s, %s)"
_UNDO: Final = "select scooty.undo_merge(1, %s, 7, %s)"
_PLAYER: Final = (
    "insert into scooty_private.players (guild_id, name) values (1, %s) returning id::bigint"
)
_NAME: Final = (
    "insert into scooty_private.player_names (guild_id, name_key, word_key, player_id)"
    " values (1, %s, %s, %s) returning 1"
)
_LINK: Final = (
    "insert into scooty_private.team_links (guild_id, member_id, member_name, player_id, linked_by)"
    " values (1, 7, 'Sam', %s, 7) on conflict do nothing returning 1"
)
_SEAT: Final = (
    "insert into scooty_private.pairings (guild_id, event_id, round, player_id, opponent_id)"
    " values (1, %s, %s, %s, %s) returning 1"
)
_ROUND: Final = (
    "insert into scooty_private.rounds (guild_id, event_id, number, applied_by)"
    " values (1, %s, %s, 7) returning 1"
)
_PLAYS: Final = (
    "insert into scooty_private.event_players (guild_id, event_id, player_id, listed_at)"
    " values (1, %s, %s, now()) returning 1"
)
_OF_NOBODY: Final = """
    select count(*) from scooty_private.event_players e
    join scooty_private.players p on p.guild_id = e.guild_id and p.id = e.player_id
    where p.merged_into is not null
"""
_APART: Final = """
    select count(*) from scooty_private.results r
    join scooty_private.pairings p using (guild_id, event_id, round, player_id)
    where p.opponent_id is distinct from r.opponent_id
"""


async def call(line: psycopg.AsyncConnection, sql: str, *arguments: object) -> Any:
    row = await (await line.execute(sql.encode(), arguments)).fetchone()
    assert row is not None
    return row[0]


async def lines_to(stack: AsyncExitStack, dsn: str, count: int) -> list[psycopg.AsyncConnection]:
    return [
        await stack.enter_async_context(await psycopg.AsyncConnection.connect(dsn, autocommit=True))
        for _ in range(count)
    ]


async def player(line: psycopg.AsyncConnection, name: str) -> int:
    made: int = await call(line, _PLAYER, name.title())
    await call(line, _NAME, name, name, made)
    return made


async def seated(line: psycopg.AsyncConnection, event_id: int, number: int, *pair: int) -> None:
    """Let two play each other in a round."""
    await call(line, _ROUND, event_id, number)
    for one, other in (pair, pair[::-1]):
        await call(line, _SEAT, event_id, number, one, other)


async def test_a_result_is_of_whoever_sits_there_however_it_meets_merges(
    migrated_database: str,
) -> None:
    async with AsyncExitStack() as stack:
        one, two, three = await lines_to(stack, migrated_database, 3)
        created = await call(one, "select scooty.create_event(1, 1, 'Open', 'open', 7)")
        event_id = created["event"]["id"]
        own, own_twin, other, twin = [
            await player(one, name) for name in ("own", "own twin", "other", "twin")
        ]
        for each in (own, other):
            await call(one, _PLAYS, event_id, each)
        await call(one, _LINK, own)

        for number in range(1, ROUNDS + 1):
            await seated(one, event_id, number, own, other)
            told, *merges = await asyncio.gather(
                call(one, _TELL, 1000 + number, number),
                call(two, _MERGE, 2000 + number, twin, other),
                call(three, _MERGE, 3000 + number, own_twin, own),
            )
            assert told["outcome"] == "result_told"
            assert await call(one, _OF_NOBODY) == 0
            assert await call(one, _APART) == 0
            for place, merged in enumerate(merges):
                await call(two, _UNDO, 4000 + 2 * number + place, merged["merge_id"])
            assert await call(one, _OF_NOBODY) == 0
            await one.execute("delete from scooty_private.results")
            await one.execute("delete from scooty_private.rounds")


async def test_telling_forgetting_and_erasing_at_once_all_end(migrated_database: str) -> None:
    async with AsyncExitStack() as stack:
        lines = await lines_to(stack, migrated_database, 4)
        created = await call(lines[0], "select scooty.create_event(1, 1, 'Open', 'open', 7)")
        event_id = created["event"]["id"]
        own = await player(lines[0], "own")
        await call(lines[0], _PLAYS, event_id, own)

        for number in range(1, ROUNDS + 1):
            other = await player(lines[0], f"other {number}")
            await call(lines[0], _PLAYS, event_id, other)
            await lines[0].execute(_LINK.encode(), (own,))
            await seated(lines[0], event_id, number, own, other)
            at_once: list[Awaitable[Any]] = [
                call(lines[0], _TELL, 1000 + number, number),
                call(lines[1], "select scooty.forget_player(1, %s, 8, %s)", 2000 + number, other),
                call(lines[2], "select scooty.erase_member(1, %s, 7)", 3000 + number),
                call(lines[3], "select scooty.member_file(1, %s)", 7),
            ]
            told, forgotten, erased, _ = await asyncio.gather(*at_once)

            assert forgotten["outcome"] == "forgotten"
            assert erased["outcome"] == "erased"
            assert told["outcome"] in {"result_told", "not_linked", "not_paired"}
            left = "select count(*) from scooty_private.results where opponent_id = %s"
            assert await call(lines[0], left, other) == 0
