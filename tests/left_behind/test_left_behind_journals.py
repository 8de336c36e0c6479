"""Journals that versions before the redesign wrote: all is delivered, and every refusal is told."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
import pytest
from pydantic import SecretStr

from actors.discord_gateway.member_message import SendToMember
from actors.discord_gateway.messages import Answered, FollowUp
from actors.kernel import ActorSystem, ChildSpec
from actors.repository import PostgresConnection, Repository
from actors.testing import ManualClock, Probe
from scooty.core.calls import Sql
from scooty.core.outbox import Outbox
from scooty.core.outbox.messages import GetOutboxHealth
from scooty.core.storage.migrations import MIGRATIONS
from scooty.features.registry import WAITING_CALLS
from scooty.features.reports.replies import refusals

if TYPE_CHECKING:
    from actors.kernel import Address
    from scooty.core.outbox.messages import OutboxHealth

HERE: Final = Path(__file__).parent
QUEUED_AT: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
IN_THE_DATABASE: Final = {
    "0369c7e": [
        ("Jane Doe", "cuts a land: Zoë\u2019s 4 % 😀", None, "seen", "sure"),
        ("José Núñez", None, 3, "told", "guess"),
        ("Bo Coe", None, 3, "told", "guess"),
    ],
    "6433a25": [("Jane Doe", None, None, "seen", "sure"), ("Bo Coe", None, None, "seen", "sure")],
}
TOLD: Final = {
    # 4 to 9 are refused by today's database: an unknown archetype, a draft that is gone, a name
    # that is taken, no event. The rest was refused before, for each reason that there is.
    "0369c7e": [4, 6, 8, 9, 21, 22, 23, 24, 25, 26, 27],
    "6433a25": [44],
}
_REPORTS: Final = """
    select p.name, r.comment, r.round, r.source, r.confidence from scooty_private.reports r
    join scooty_private.players p on p.id = r.player_id order by r.id
"""
_EVENTS: Final = "select name, format, decklists from scooty_private.events"


@pytest.mark.parametrize("version", IN_THE_DATABASE)
@pytest.mark.parametrize("minutes", [5, 20], ids=["under the command", "by private message"])
async def test_a_journal_of_an_older_version_is_delivered_and_its_refusals_are_told(
    fresh_database: str, tmp_path: Path, version: str, minutes: int
) -> None:
    shutil.copyfile(HERE / f"journal_{version}.sqlite3", tmp_path / "journal.sqlite3")
    clock = ManualClock(QUEUED_AT + timedelta(minutes=minutes))
    told: list[int] = []

    def note(message: FollowUp | SendToMember) -> Answered:
        assert message.reply.embeds
        match message:
            case FollowUp(key=key):
                told.append(int(key.token.removeprefix("token-")))
            case SendToMember(nonce=nonce):
                told.append(int(nonce or 0))
        return Answered()

    gateway = Probe("gateway")
    gateway.answer(FollowUp if minutes < 15 else SendToMember, note)

    health = await deliver(fresh_database, tmp_path, gateway, clock)

    assert (health.unreadable, health.journal_problem) == (0, None)
    assert sorted(told) == TOLD[version]
    with psycopg.connect(fresh_database) as connection:
        assert connection.execute(_REPORTS).fetchall() == IN_THE_DATABASE[version]
        terms = ("modern", "closed") if version == "0369c7e" else (None, None)
        assert connection.execute(_EVENTS).fetchall() == [("Open", *terms)]


async def deliver(dsn: str, directory: Path, gateway: Probe, clock: ManualClock) -> OutboxHealth:
    """Let an outbox of today live until nothing waits in its journal."""
    connection = PostgresConnection(dsn=SecretStr(dsn), migrations=MIGRATIONS, connections=2)
    system = ActorSystem(clock=clock)
    repository: Address[Any] = system.address("repository")
    outbox = Outbox(
        directory=directory,
        calls=Sql(repository, is_strict=True),
        kinds=WAITING_CALLS,
        texts=refusals,
        gateway=gateway.address,
    )
    specs = [
        ChildSpec(name="repository", start=lambda: Repository(connection), concurrency=16),
        ChildSpec(name="outbox", start=lambda: outbox, concurrency=16),
    ]
    async with system.running(specs), asyncio.timeout(20):
        while True:
            health = await system.address("outbox").ask(GetOutboxHealth(), timeout_s=5)
            if health.waiting == health.untold == 0:
                return health
            await clock.advance(0.1)
            await asyncio.sleep(0.001)
