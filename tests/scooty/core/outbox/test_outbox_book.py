"""Disk and memory change together, and are brought together again where a change failed."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from scooty.core.outbox.entries import Entry
from scooty.core.outbox.erasing import without_member
from scooty.core.outbox.journal_file import JournalUnavailable
from scooty.core.outbox.journal_index import JournalIndex
from scooty.domain.ids import ReportId, RequestId
from scooty.features.registry import WAITING_CALLS
from scooty.features.reports.calls.recording import UndoReport
from tests.scooty.core.outbox.conftest import GUILD, SAM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from actors.testing import ManualClock


@pytest.fixture
async def book(tmp_path: Path, clock: ManualClock) -> AsyncIterator[JournalIndex]:
    book = JournalIndex(tmp_path / "book", clock=clock, limit=10, kinds=WAITING_CALLS)
    await book.read()
    yield book
    await book.journal.close()


def undo(number: int, clock: ManualClock) -> Entry:
    return Entry(
        guild_id=GUILD,
        request_id=RequestId(number),
        call=UndoReport(report_id=ReportId(number), member_id=SAM),
        queued_at=clock.now(),
        contact=None,
    )


async def test_a_disk_that_hangs_is_said_to_and_used_again_when_it_answers(
    book: JournalIndex, clock: ManualClock
) -> None:
    hanging = threading.Event()

    async def hang() -> None:
        async with book.journal.turn():
            await book.journal.do(lambda _journal: hanging.wait())

    hung = asyncio.create_task(hang())
    await asyncio.sleep(0)
    with pytest.raises(JournalUnavailable, match="does not answer in time"):
        await book.add(undo(1, clock))
    trouble = book.journal.trouble
    hanging.set()
    await hung

    await book.add(undo(1, clock))

    assert trouble == "the disk does not answer in time"
    assert book.journal.trouble is None


async def test_a_journal_that_breaks_while_it_is_used_is_made_anew_from_memory(
    book: JournalIndex, clock: ManualClock, tmp_path: Path
) -> None:
    entries = [undo(number, clock) for number in (1, 2)]
    for entry in entries:
        await book.add(entry)
    await book.journal.do(lambda journal: journal.close())
    (tmp_path / "book" / "journal.sqlite3").write_bytes(b"nonsense" * 1_000)
    with pytest.raises(JournalUnavailable):
        await book.add(undo(3, clock))

    await book.read()

    assert book.waiting.everything() == tuple(entries)
    assert await book.journal.open() == entries


async def test_what_reached_the_disk_unknown_to_memory_is_known_when_it_is_read_again(
    book: JournalIndex, clock: ManualClock
) -> None:
    await book.journal.do(lambda journal: journal.append([undo(1, clock)]))

    await book.read()

    assert book.waiting.everything() == (undo(1, clock),)


async def test_what_is_done_with_does_not_come_back_when_the_disk_could_not_forget_it(
    book: JournalIndex, clock: ManualClock
) -> None:
    entry = await book.add(undo(1, clock))
    book.waiting.finish(entry)

    await book.read()
    assert book.waiting.everything() == ()
    await book.forget_done()

    assert await book.journal.open() == []
    assert len(book.waiting) == 0


async def test_an_erasure_that_the_disk_does_not_take_changes_nothing_in_memory(
    book: JournalIndex, clock: ManualClock
) -> None:
    await book.add(undo(1, clock))
    await book.journal.do(lambda journal: journal.close())

    with pytest.raises(JournalUnavailable):
        await book.erase(GUILD, lambda entries: without_member(entries, SAM))

    assert len(book.waiting.everything()) == 1
