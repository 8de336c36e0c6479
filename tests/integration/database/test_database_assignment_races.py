"""Members who claim, release and report one player at the same moment."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg

ROUNDS = 100

_EVENT = "select scooty.create_event(1, 1, 'Open', 'open', 7)"
_PLAYER = """
    with made as (
      insert into scooty_private.players (guild_id, name) values (1, 'Player') returning id
    ), named as (
      insert into scooty_private.player_names (guild_id, name_key, word_key, player_id)
      select 1, %s, 'player', id from made
    )
    insert into scooty_private.event_players (guild_id, event_id, player_id)
    select 1, e.id, made.id from made, scooty_private.events e where e.guild_id = 1
    returning event_id, player_id
"""
_CLAIM = "select scooty.assign_player(1, %s, %s, %s, %s, %s, 'Somebody')"
_RELEASE = "select scooty.release_player(1, %s, %s, false, %s, %s)"
_REPORT = (
    "select scooty.record_report(1, %s, 9, 'Sam', 'Player', %s, 'player', 'burn', 'burn', null)"
)
_WATCHES = "select member_id from scooty_private.assignments where player_id = %s"


class Line:
    """One connection, and a request id for each call."""

    _request_id = 1_000

    def __init__(self, connection: psycopg.AsyncConnection) -> None:
        self.connection = connection

    async def call(self, sql: str, *arguments: object) -> Any:
        row = await self.row(sql, *arguments)
        return None if row is None else row[0]

    async def row(self, sql: str, *arguments: object) -> Any:
        return await (await self.connection.execute(sql.encode(), arguments)).fetchone()

    async def claim(self, member: int, event_id: int, *player_ids: int) -> Any:
        wanted = f"[{', '.join(map(str, player_ids))}]"
        return await self.call(_CLAIM, self.request(), member, event_id, wanted, member)

    async def release(self, member: int, event_id: int, player_id: int) -> Any:
        return await self.call(_RELEASE, self.request(), member, event_id, player_id)

    async def report(self, name: str) -> Any:
        return await self.call(_REPORT, self.request(), name)

    def request(self) -> int:
        Line._request_id += 1
        return Line._request_id


async def test_of_two_who_claim_one_player_at_once_one_is_told_who_has_them(
    migrated_database: str,
) -> None:
    async with (
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as one,
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as two,
    ):
        first, second = Line(one), Line(two)
        await first.call(_EVENT)
        for number in range(ROUNDS):
            event_id, player_id = await first.row(_PLAYER, f"player {number}")

            answers = await asyncio.gather(
                first.claim(11, event_id, player_id), second.claim(22, event_id, player_id)
            )

            has = await first.call(_WATCHES, player_id)
            assert sorted(each["outcome"] for each in answers) == ["assigned", "watched_already"]
            assert {each["member_id"] for each in answers} == {has}


async def test_two_who_take_whoever_is_free_at_once_take_two(migrated_database: str) -> None:
    async with (
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as one,
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as two,
    ):
        first, second = Line(one), Line(two)
        await first.call(_EVENT)
        for number in range(ROUNDS):
            ids = [await first.row(_PLAYER, f"player {number} {each}") for each in range(3)]
            event_id, players = ids[0][0], [each[1] for each in ids]

            answers = await asyncio.gather(
                first.claim(11, event_id, *players), second.claim(22, event_id, *players)
            )

            assert [each["outcome"] for each in answers] == ["assigned", "assigned"]
            assert sorted(each["player_id"] for each in answers) == players[:2]


async def test_a_report_and_a_claim_at_once_never_leave_a_known_player_watched(
    migrated_database: str,
) -> None:
    seen = set()
    async with (
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as one,
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as two,
    ):
        first, second = Line(one), Line(two)
        await first.call(_EVENT)
        for number in range(ROUNDS):
            event_id, player_id = await first.row(_PLAYER, f"player {number}")

            claimed, reported = await asyncio.gather(
                first.claim(11, event_id, player_id), second.report(f"player {number}")
            )

            seen.add(claimed["outcome"])
            assert reported["outcome"] == "recorded"
            assert reported.get("watch_ended_of") == (
                11 if claimed["outcome"] == "assigned" else None
            )
            assert await first.call(_WATCHES, player_id) is None

    assert seen <= {"assigned", "known_already"}


async def test_a_release_and_a_report_at_once_end_one_watch_once(migrated_database: str) -> None:
    async with (
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as one,
        await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as two,
    ):
        first, second = Line(one), Line(two)
        await first.call(_EVENT)
        for number in range(ROUNDS):
            event_id, player_id = await first.row(_PLAYER, f"player {number}")
            await first.claim(11, event_id, player_id)

            released, reported = await asyncio.gather(
                first.release(11, event_id, player_id), second.report(f"player {number}")
            )

            ended = [released["outcome"] == "released", "watch_ended_of" in reported]
            assert sorted(ended) == [False, True]


async def test_reports_delivered_together_end_watches(migrated_database: str) -> None:
    async with await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as one:
        line = Line(one)
        await line.call(_EVENT)
        event_id, player_id = await line.row(_PLAYER, "player 1")
        await line.claim(11, event_id, player_id)
        report = (
            '[{"request_id": 5, "reporter_id": 9, "reporter_name": "Sam", "opponent": "Player",'
            ' "name_key": "player 1", "word_key": "player", "archetype_key": "burn",'
            ' "archetype_word_key": "burn"}]'
        )

        await line.call("select scooty.record_reports(1, 5, %s)", report)

        assert await line.call(_WATCHES, player_id) is None


async def test_a_merge_with_a_known_player_ends_the_watch(migrated_database: str) -> None:
    async with await psycopg.AsyncConnection.connect(migrated_database, autocommit=True) as one:
        line = Line(one)
        await line.call(_EVENT)
        event_id, player_id = await line.row(_PLAYER, "player 1")
        await line.claim(11, event_id, player_id)
        reported = await line.report("player 2")

        await line.call(
            "select scooty.merge_players(1, 6, 9, %s, %s)",
            player_id,
            reported["card"]["player_id"],
        )

        assert await line.call(_WATCHES, player_id) is None
