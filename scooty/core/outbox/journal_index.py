"""What waits, on the disk and in memory: the two change together, one change at a time.

The disk first: nothing counts as kept before it is synced. Where the two may differ, because an
operation failed half way, they are brought together again when the journal is next opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.outbox.safe_journal import SafeJournal
from scooty.core.outbox.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from actors.kernel import Clock
    from scooty.core.outbox.encoding import Kinds
    from scooty.core.outbox.entries import Entry, Key
    from scooty.core.outbox.erasing import Erasure
    from scooty.domain.ids import GuildId


class JournalFullError(Exception):
    """As many entries are kept as may be."""


class JournalIndex:
    """The entries that are not done with.

    Args:
        directory: The journal's folder.
        clock: Names damaged files by the time.
        limit: The most entries that are kept.
        kinds: The calls that may wait.
    """

    def __init__(self, directory: Path, *, clock: Clock, limit: int, kinds: Kinds) -> None:
        self.journal = SafeJournal(directory, clock=clock, kinds=kinds)
        self.waiting = Waiting()
        self._limit = limit
        self._noted: set[Key] = set()
        """Refused entries of which the disk knows that they are."""

    async def read(self) -> None:
        """Open the journal, anew if need be, and bring memory and disk together.

        Raises:
            JournalUnavailable: It cannot be used now.
        """
        async with self.journal.turn():
            on_disk = {entry.key: entry for entry in await self.journal.open()}
            for entry in on_disk.values():
                if entry.key not in self.waiting.done and self.waiting.find(entry.key) is None:
                    self.waiting.add(entry)
            known = self.waiting.everything()
            differing = [entry for entry in known if on_disk.get(entry.key) != entry]
            if differing:
                await self.journal.do(lambda journal: journal.append(differing))
            self.waiting.done.intersection_update(on_disk)

    async def add(self, entry: Entry) -> Entry:
        """Keep an entry durably.

        Returns:
            The entry; the one that was kept first when it is known already.

        Raises:
            JournalFullError: There is no room for it.
            JournalUnavailable: The disk does not take it.
        """
        async with self.journal.turn():
            known = self.waiting.find(entry.key)
            if known is not None:
                return known
            if len(self.waiting) >= self._limit:
                raise JournalFullError
            await self.journal.do(lambda journal: journal.append([entry]))
            self.waiting.add(entry)
            return entry

    async def note_refusal(self, entry: Entry) -> None:
        """Let the disk know that an entry was refused, so that it is not delivered once more.

        Raises:
            JournalUnavailable: It does not know.
        """
        async with self.journal.turn():
            if entry.key not in self._noted and self.waiting.find(entry.key) == entry:
                await self.journal.do(lambda journal: journal.keep_refusal(entry))
                self._noted.add(entry.key)

    async def forget_done(self) -> None:
        """Take what is done with out of the journal.

        Raises:
            JournalUnavailable: It may still be in it.
        """
        async with self.journal.turn():
            keys = tuple(self.waiting.done)
            if keys:
                await self.journal.do(lambda journal: journal.remove(keys))
                self.waiting.done.difference_update(keys)
                self._noted.difference_update(keys)

    async def erase(self, guild_id: GuildId, rule: Callable[[Sequence[Entry]], Erasure]) -> Erasure:
        """Take out of a guild's entries what ``rule`` says, on the disk and in memory.

        Raises:
            JournalUnavailable: Nothing is changed in memory; the disk may be.
        """
        async with self.journal.turn():
            erasure = rule(self.waiting.of_guild(guild_id))
            done = [key for key in self.waiting.done if key[0] == guild_id]
            removed = (*erasure.removed, *done)
            await self.journal.do(
                lambda journal: journal.erase(removed=removed, changed=erasure.changed)
            )
            self.waiting.forget(removed)
            self.waiting.change(erasure.changed)
            return erasure
