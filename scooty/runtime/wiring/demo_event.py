"""Puts the demo event into the database once it can be reached.

**Owns** one task, which ends when the demo is written.

**Loses at restart** nothing: the demo's requests have fixed ids, so writing again changes nothing.

**Failure modes**

- The database is away: tried again every half second, as long as it takes.
- The database refuses: the actor fails and is restarted by its supervisor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.kernel import AsyncioActor, Message, UnknownMessageError
from scooty.domain.ids import GuildId
from scooty.errors import StorageUnavailable
from scooty.features.reports.demo import write_demo

if TYPE_CHECKING:
    from scooty.core.calls import Calls

_GUILD_ID: Final = GuildId(1_100_000_000_000_000_001)
"""Team Azorius, of the sandbox's world."""
_RETRY_S: Final = 0.5


class DemoEvent(AsyncioActor[Message]):
    """Writes the demo event for the sandbox's first guild.

    Args:
        calls: The way to where the event goes.
    """

    def __init__(self, calls: Calls) -> None:
        super().__init__()
        self._calls = calls

    @override
    async def on_start(self) -> None:
        """Begin to write; the bot need not wait for it."""
        self.spawn(self._write(), name="demo")

    @override
    async def on_receive(self, message: Message) -> object:
        """Refuse: there is nothing to ask."""
        raise UnknownMessageError(name=self.address.name, message=type(message).__name__)

    async def _write(self) -> None:
        while True:
            try:
                await write_demo(self._calls, _GUILD_ID)
            except StorageUnavailable as outage:
                self.log.info("demo.waits", reason=str(outage))
                await self.clock.sleep(_RETRY_S)
            else:
                self.log.info("demo.written")
                return
