"""A team's desk beside a live board and a gateway in memory, over the real PostgreSQL.

``board_desk`` is a guild with an active event.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import psycopg
import pytest

from actors.discord_gateway.in_memory import InMemoryGateway, Stage
from actors.kernel import ActorSystem, ChildSpec
from scooty.core.calls import Sql
from scooty.features.announcements.actor import Announcer
from scooty.features.boards.actor import LiveBoard
from scooty.features.boards.messages import CheckBoards

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.discord_gateway.in_memory_channels import StandingMessage
    from actors.kernel import Address
    from tests.desk_fixture.desk import TeamDesk

__all__ = ["BoardDesk", "board_desk"]


@dataclass(frozen=True, kw_only=True)
class BoardDesk:
    """One guild's people, and what stands in their channels."""

    team: TeamDesk
    stage: Stage
    live_board: Address
    announcer: Address
    gateway: Address
    repository: Address

    @property
    def messages(self) -> dict[int, StandingMessage]:
        """All messages of the bot's own, by their ids."""
        return self.stage.channels.messages

    async def check_boards(self) -> int:
        """Let every board be looked after."""
        return await self.live_board.ask(CheckBoards(), timeout_s=5.0)


@pytest.fixture
async def board_desk(desk_at_event: TeamDesk, desk_repository: Address) -> AsyncIterator[BoardDesk]:
    system, stage = ActorSystem(), Stage()
    stage.channels.guild_id = desk_at_event.guild_id
    # The live board goes on with every board that there is, also those of earlier tests.
    with psycopg.connect(desk_at_event.dsn, autocommit=True) as connection:
        connection.execute("delete from scooty_private.live_boards")
        connection.execute("update scooty_private.rounds set applied_at = '2026-01-01Z'")
    repository = desk_repository
    gateway, live_board, announcer = map(system.address, ("gateway", "live_board", "announcer"))
    calls = Sql(repository, is_strict=True)
    specs = [
        ChildSpec(name="gateway", start=lambda: InMemoryGateway(stage), concurrency=16),
        ChildSpec(
            name="live_board",
            start=lambda: LiveBoard(calls=calls, repository=repository, gateway=gateway),
            after=("gateway",),
            concurrency=8,
        ),
        ChildSpec(
            name="announcer",
            start=lambda: Announcer(calls=calls, repository=repository, gateway=gateway),
            after=("gateway",),
            concurrency=8,
        ),
    ]
    async with system.running(specs):
        ports = replace(
            desk_at_event.ports,
            gateway=gateway,
            live_board=live_board,
            announcer=announcer,
        )
        yield BoardDesk(
            team=replace(desk_at_event, ports=ports),
            stage=stage,
            live_board=live_board,
            announcer=announcer,
            gateway=gateway,
            repository=repository,
        )
