"""The journal as a state, off the event loop: it takes what it is given, or says why it does not.

One operation at a time, in order. After a failure the journal is closed to all until it was opened
again, since only its file tells what of the failed operation is in it.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from scooty.core.outbox.encoding import UnreadableEntryError, decode_entry
from scooty.core.outbox.journal import Journal
from scooty.core.outbox.journal_file import JournalUnavailable
from scooty.core.outbox.own_thread import OwnThread

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from actors.kernel import Clock
    from scooty.core.outbox.encoding import Kinds
    from scooty.core.outbox.entries import Entry

T = TypeVar("T")
_STUCK: Final = "the disk does not answer in time"
_TURN_S: Final = 1.0
"""Who waits longer for its turn than this is told that the disk does not answer."""


class SafeJournal:
    """A journal on a thread of its own.

    Args:
        directory: The journal's folder.
        clock: Names damaged files by the time.
        kinds: The calls that it may hold.
    """

    def __init__(self, directory: Path, *, clock: Clock, kinds: Kinds) -> None:
        self._journal = Journal(directory)
        self._clock = clock
        self._kinds = kinds
        self._thread = OwnThread("outbox-journal")
        self._lock = asyncio.Lock()
        self.problem: str | None = "not opened yet"
        """Why it takes nothing; None when it takes everything."""
        self.has_problem = asyncio.Event()
        self.has_problem.set()
        self._is_stuck = False
        self.unreadable = 0
        """Rows that this version cannot read; they stay where they are."""
        self.damaged_files: tuple[str, ...] = ()
        """Files that were set aside and wait for a person."""

    @property
    def trouble(self) -> str | None:
        """Why it takes nothing at this moment, for operators; None when it does."""
        return self.problem or (_STUCK if self._is_stuck else None)

    async def open(self) -> list[Entry]:
        """Open it anew and read what is in it; the caller has the turn.

        Raises:
            JournalUnavailable: It cannot be used now.
        """
        stamp = self._clock.now().strftime("%Y%m%dT%H%M%S")
        opened = await self._attempt(lambda journal: journal.open(stamp=stamp))
        entries = []
        self.unreadable = 0
        for row in opened.rows:
            try:
                entries.append(decode_entry(row.body, row.refused, self._kinds))
            except UnreadableEntryError:
                self.unreadable += 1
        self.damaged_files = opened.damaged_files
        self.problem = None
        self.has_problem.clear()
        return entries

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Have the journal, and what is remembered of it, to oneself inside the block.

        Raises:
            JournalUnavailable: Somebody else's turn does not end.
        """
        try:
            async with asyncio.timeout(_TURN_S):
                await self._lock.acquire()
        except TimeoutError:
            self._is_stuck = True
            raise JournalUnavailable(_STUCK) from None
        self._is_stuck = False
        try:
            yield
        finally:
            self._lock.release()

    async def do(self, operation: Callable[[Journal], T]) -> T:
        """Carry out one operation; the caller has the turn.

        Raises:
            JournalUnavailable: It is closed, or the operation failed.
        """
        if self.problem is not None:
            raise JournalUnavailable(self.problem)
        return await self._attempt(operation)

    async def close(self) -> None:
        """Close the file, unless the disk does not answer, and end the thread."""
        try:
            async with asyncio.timeout(_TURN_S):
                await self._thread.run(self._journal.close)
        except TimeoutError:
            pass  # the thread closes it when the disk lets it
        finally:
            self._thread.end()

    async def _attempt(self, operation: Callable[[Journal], T]) -> T:
        try:
            return await self._thread.run(lambda: operation(self._journal))
        except JournalUnavailable as error:
            self.problem = str(error)
            self.has_problem.set()
            raise
