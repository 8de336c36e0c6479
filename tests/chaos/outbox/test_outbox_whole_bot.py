"""The whole bot with its database away: what a person at a phone sees, before, during and after."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from psycopg.conninfo import conninfo_to_dict

from bench.whole_bot import bot_online
from sandbox import demo
from sandbox.client import Person
from sandbox.server import Sandbox
from tests.integration.whole_bot.bot_process import NOTHING_ELSE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sandbox.client_outcomes import Outcome
    from tests.postgres_fixture.server import RealPostgres

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(120)]

_PATIENCE_S = 30.0


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as running:
        yield running


@pytest.fixture
async def captain(sandbox: Sandbox) -> AsyncIterator[Person]:
    async with Person(sandbox.base_url, demo.CAMILLE) as person:
        yield person


def url_of(dsn: str) -> str:
    """The same connection string as people write it into ``.env``."""
    parts = conninfo_to_dict(dsn)
    return f"postgresql://{parts['user']}@/{parts['dbname']}?host={quote(str(parts['host']))}"


def card_of(outcome: Outcome) -> str:
    assert outcome.message is not None, outcome.error
    return str(outcome.message["embeds"])


async def until_check_shows(person: Person, name: str, wanted: str) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while wanted not in card_of(await person.command("check", name=name)):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.1)


async def test_a_person_reports_through_an_outage_and_is_told_of_every_end(
    sandbox: Sandbox, captain: Person, hurt_postgres: RealPostgres, tmp_path: Path
) -> None:
    async with bot_online(
        sandbox.base_url,
        person=captain,
        state_dir=tmp_path / "state",
        log=tmp_path / "bot.log",
        **NOTHING_ELSE | {"DATABASE_URL": url_of(hurt_postgres.dsn)},
    ):
        assert (await captain.command("admin create-event", name="Open")).ok
        await asyncio.to_thread(hurt_postgres.stop)

        queued = await captain.command("scout", opponent="Jane Doe", archetype="Burn")
        doubtful = await captain.command("scout", opponent="Rick Roe", archetype="No Such Deck")
        found = await captain.command("check", name="jane doe")
        typed = await captain.autocomplete("scout", "opponent", opponent="jane")
        ping = await captain.command("ping")

        assert "Saved here, queued: Jane Doe" in card_of(queued)
        assert "Saved here, queued: Rick Roe" in card_of(doubtful)
        assert "queued: **Burn**" in card_of(found)
        assert "the rest is out of reach" in card_of(found)
        assert "Jane Doe · queued: Burn" in str(typed.choices)
        assert "2 writes wait for the database" in card_of(ping)
        await asyncio.to_thread(hurt_postgres.start)
        await until_check_shows(captain, "jane doe", "**Burn** 🔴")
        await captain.wait_until(lambda view: "NOT saved: unknown archetype" in str(view.messages))
        assert "waits for the database" not in card_of(await captain.command("ping"))
