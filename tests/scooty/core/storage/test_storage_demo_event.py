"""The actor that writes the demo event, with a storage that is away at first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from typing_extensions import override

from actors.testing import ManualClock, run_actor
from scooty.core.storage.in_memory import InMemoryStorage
from scooty.domain.ids import GuildId
from scooty.errors import StorageUnavailable
from scooty.sandbox.demo_event import DemoEvent

if TYPE_CHECKING:
    from scooty.core.storage.port import EventTerms
    from scooty.domain.ids import MemberId, RequestId
    from scooty.features.events.creating import EventCreated, EventNameTaken

AZORIUS = GuildId(1_100_000_000_000_000_001)


class AwayAtFirst(InMemoryStorage):
    """A storage that cannot be reached once."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = asyncio.Event()

    @override
    async def create_event(
        self,
        *,
        guild_id: GuildId,
        request_id: RequestId,
        name: str,
        member_id: MemberId,
        terms: EventTerms | None = None,
    ) -> EventCreated | EventNameTaken:
        if not self.refused.is_set():
            self.refused.set()
            raise StorageUnavailable("away", may_have_been_saved=False)
        return await super().create_event(
            guild_id=guild_id, request_id=request_id, name=name, member_id=member_id, terms=terms
        )


async def test_the_demo_is_written_as_soon_as_the_database_is_there() -> None:
    storage, clock = AwayAtFirst(), ManualClock()

    async with asyncio.timeout(5), run_actor(DemoEvent(storage), clock=clock):
        await storage.refused.wait()
        while not await storage.suggest_opponents(guild_id=AZORIUS, text="zoe"):
            await clock.advance(0.5)

    assert len(await storage.suggest_opponents(guild_id=AZORIUS, text="")) == 25
