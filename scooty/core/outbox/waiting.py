"""What waits, in memory: each guild's entries in order, and those whose caller is to be told."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING

from scooty.core.outbox.messages import GuildQueue
from scooty.core.waiting import QueuedName
from scooty.domain.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from scooty.core.outbox.entries import Entry, Key
    from scooty.domain.ids import GuildId

_NOTHING = GuildQueue(length=0, reports=())


class Waiting:
    """The entries that the journal holds, as far as they are not done with."""

    def __init__(self) -> None:
        self._to_deliver: dict[GuildId, dict[Key, Entry]] = {}
        self._to_tell: dict[Key, Entry] = {}
        self._shown: dict[GuildId, dict[Key, QueuedName]] = {}
        self.done: set[Key] = set()
        """Delivered or told; the journal is still to forget them."""

    def __len__(self) -> int:
        """Count what the journal has to hold."""
        return self.undelivered + len(self._to_tell) + len(self.done)

    @property
    def undelivered(self) -> int:
        """How many entries wait for the database."""
        return sum(map(len, self._to_deliver.values()))

    @property
    def untold(self) -> tuple[Entry, ...]:
        """The refused entries whose caller does not know yet, oldest first."""
        return tuple(self._to_tell.values())

    @property
    def oldest_at(self) -> datetime | None:
        """When the entry that waits longest was queued."""
        heads = [next(iter(queue.values())) for queue in self._to_deliver.values()]
        return min((entry.queued_at for entry in heads), default=None)

    @property
    def guild_ids(self) -> tuple[GuildId, ...]:
        """The guilds in which something waits for the database."""
        return tuple(self._to_deliver)

    def add(self, entry: Entry) -> None:
        """Let an entry wait, last of its guild; one that is known keeps its place."""
        self.done.discard(entry.key)
        if entry.refused is not None:
            self._to_tell[entry.key] = entry
            return
        self._to_deliver.setdefault(entry.guild_id, {})[entry.key] = entry
        self._show(entry)

    def find(self, key: Key) -> Entry | None:
        """Find an entry that waits to be delivered or told."""
        return self._to_deliver.get(key[0], {}).get(key) or self._to_tell.get(key)

    def head(self, guild_id: GuildId) -> Entry | None:
        """Return the entry that is next in a guild."""
        return next(iter(self._to_deliver.get(guild_id, {}).values()), None)

    def ahead_together(self, guild_id: GuildId, *, most: int) -> list[Entry]:
        """Return what is next in a guild, as far as one call can carry it."""
        head = self.head(guild_id)
        if head is None or head.call.together is None:
            return []
        ahead = islice(self._to_deliver[guild_id].values(), most)
        return list(takewhile(lambda entry: type(entry.call) is type(head.call), ahead))

    def finish(self, entry: Entry) -> None:
        """Be done with an entry."""
        self._take_out(entry)
        self.done.add(entry.key)

    def refuse(self, entry: Entry) -> None:
        """Let a refused entry, which says so itself, wait for its caller to be told."""
        self._take_out(entry)
        self._to_tell[entry.key] = entry

    def of_guild(self, guild_id: GuildId) -> tuple[Entry, ...]:
        """Return all entries of a guild, delivered or not."""
        untold = (entry for entry in self._to_tell.values() if entry.guild_id == guild_id)
        return (*self._to_deliver.get(guild_id, {}).values(), *untold)

    def everything(self) -> tuple[Entry, ...]:
        """Return all entries, each guild's in order."""
        undelivered = (entry for queue in self._to_deliver.values() for entry in queue.values())
        return (*undelivered, *self._to_tell.values())

    def change(self, entries: Iterable[Entry]) -> None:
        """Put other versions of entries in their places."""
        for entry in entries:
            if entry.key in self._to_tell:
                self._to_tell[entry.key] = entry
            else:
                self._to_deliver[entry.guild_id][entry.key] = entry
                self._show(entry)

    def forget(self, keys: Iterable[Key]) -> None:
        """Drop entries that the journal has forgotten."""
        for key in keys:
            entry = self.find(key)
            if entry is not None:
                self._take_out(entry)
            self.done.discard(key)

    def view(self, guild_id: GuildId) -> GuildQueue:
        """Return what waits in a guild, as look-ups need it."""
        queue = self._to_deliver.get(guild_id)
        if not queue:
            return _NOTHING
        shown = self._shown.get(guild_id, {})
        return GuildQueue(length=len(queue), reports=tuple(reversed(shown.values())))

    def _show(self, entry: Entry) -> None:
        report = entry.call.queued_report(entry.queued_at)
        if report is not None:
            name = QueuedName(report=report, name_key=name_key(report.opponent))
            self._shown.setdefault(entry.guild_id, {})[entry.key] = name

    def _take_out(self, entry: Entry) -> None:
        self._to_tell.pop(entry.key, None)
        for queues in (self._to_deliver, self._shown):
            queue = queues.get(entry.guild_id, {})
            queue.pop(entry.key, None)
            if not queue:
                queues.pop(entry.guild_id, None)
