"""Two and eight people report one new opponent at the same moment, again and again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import psycopg
import pytest

from actors.postgres_server import dsn_for
from bench.whole_bot import bot_online
from sandbox import demo
from tests.chaos.tournament.teams import add_teammates, at_their_pages
from tests.integration.whole_bot.bot_process import NOTHING_ELSE, is_saved

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.server import Sandbox

pytestmark = pytest.mark.chaos

ROUNDS: Final = 200
STORED: Final = """
    select count(distinct p.id), count(r.id), count(distinct r.reporter_id)
    from scooty_private.players p
    join scooty_private.reports r on r.guild_id = p.guild_id and r.player_id = p.id
"""


@pytest.mark.parametrize("people", [2, 8])
async def test_one_new_opponent_reported_at_once_is_one_player_with_all_reports(
    sandbox: Sandbox, folder: Path, people: int
) -> None:
    mates = add_teammates(sandbox, demo.AZORIUS, people)
    async with (
        at_their_pages(sandbox, demo.AZORIUS, mates) as team,
        bot_online(
            sandbox.base_url,
            person=team.captain,
            state_dir=folder / "state",
            log=folder / "bot.log",
            **NOTHING_ELSE,
        ),
    ):
        await team.captain.command("admin create-event", name="Crowded Open")
        for number in range(ROUNDS):
            # The same name as different people write it.
            spellings = (f"Zoé Crowd {number}", f"zoe crowd {number}")
            outcomes = await asyncio.gather(
                *(
                    scout.command("scout", opponent=spellings[place % 2], archetype="Burn")
                    for place, scout in enumerate(team.scouts)
                )
            )
            assert all(map(is_saved, outcomes)), outcomes

        def count() -> tuple[int, ...]:
            with psycopg.connect(dsn_for(folder / "state" / "postgres")) as connection:
                row = connection.execute(STORED.encode()).fetchone()
            assert row is not None
            return row

        assert await asyncio.to_thread(count) == (ROUNDS, ROUNDS * people, people)
