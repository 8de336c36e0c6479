"""Goes on telling people of refusals until they know, or until it makes no sense any more."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final, Protocol

from actors.kernel import Backoff
from scooty.core.outbox.journal_file import JournalUnavailable
from scooty.core.outbox.refusal_messages import tell_refusal

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address, Clock
    from scooty.core.outbox.entries import Entry, Key
    from scooty.core.outbox.journal_index import JournalIndex
    from scooty.core.outbox.refusal_messages import RefusalTexts, Told

_PAUSES: Final = Backoff(first_s=2.0, max_s=60.0)
_CRASHES: Final = 5
"""A message over which the gateway fails this often is given up: it may be the message's fault."""


class NotifierOwner(Protocol):
    """What a notifier needs of the actor that it runs in."""

    @property
    def clock(self) -> Clock:
        """The actor's time."""

    @property
    def log(self) -> FilteringBoundLogger:
        """The actor's logger."""

    def on_told(self) -> None:
        """An entry is done with."""


class RefusalNotifier:
    """Tells the authors of refused entries, one after the other.

    Args:
        owner: The actor.
        index: Where refused entries are.
        gateway: The way to people.
        texts: What they are told.
    """

    def __init__(
        self,
        owner: NotifierOwner,
        *,
        index: JournalIndex,
        gateway: Address[GatewayMessage],
        texts: RefusalTexts,
    ) -> None:
        self._owner = owner
        self._index = index
        self._gateway = gateway
        self._texts = texts
        self._to_tell = asyncio.Event()
        self._crashes: dict[Key, int] = {}

    def begin(self) -> None:
        """Look for people to tell."""
        self._to_tell.set()

    async def keep_telling(self) -> None:
        """Tell people for as long as the actor lives."""
        failures = 0
        while True:
            await self._to_tell.wait()
            self._to_tell.clear()
            endings = [await self._tell(entry) for entry in self._index.waiting.untold]
            if all(endings):
                failures = 0
                continue
            failures += 1
            await self._owner.clock.sleep(_PAUSES.delay_s(failures))
            self._to_tell.set()

    async def _tell(self, entry: Entry) -> bool:
        """Try to tell one person; return whether this is done with."""
        # If the disk does not take it the person is told all the same; at worst once more.
        with contextlib.suppress(JournalUnavailable):
            await self._index.note_refusal(entry)
        told = self._weigh(
            entry,
            await tell_refusal(entry, self._gateway, self._texts, now=self._owner.clock.now()),
        )
        if told == "not_now":
            return False
        self._crashes.pop(entry.key, None)
        self._index.waiting.finish(entry)
        log = self._owner.log.info if told == "told" else self._owner.log.warning
        log("outbox.refusal_told", guild=entry.guild_id, outcome=told)
        self._owner.on_told()
        return True

    def _weigh(self, entry: Entry, told: Told) -> Told:
        if told != "crashed":
            return told
        self._crashes[entry.key] = self._crashes.get(entry.key, 0) + 1
        return "not_now" if self._crashes[entry.key] < _CRASHES else "never"
