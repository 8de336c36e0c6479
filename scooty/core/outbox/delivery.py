"""Entries into the database, as a live write goes, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scooty.core.call import Caller
from scooty.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from scooty.core.calls import Calls
    from scooty.core.outbox.entries import Entry


async def deliver(entry: Entry, calls: Calls, *, now: datetime) -> Any | None:
    """Carry out a queued write; harmless when it had been carried out before.

    Returns:
        None when it is done; else why it never will be: one of the call's answers.

    Raises:
        StorageUnavailable: When the database is away.
        StorageError: When it refused for a reason that is nobody's of those who asked.
    """
    call, caller = entry.call, _caller(entry)
    answer = await calls.write(caller, call)
    instead = call.instead(answer, now)
    if instead is not None:
        call, answer = instead, await calls.write(caller, instead)
    return None if call.is_done(answer) else answer


async def deliver_together(entries: Sequence[Entry], calls: Calls) -> tuple[Any | None, ...]:
    """Carry out queued writes of one kind and guild, in their order, by one call: all, or none.

    Returns:
        What `deliver` returns, of each.

    Raises:
        StorageUnavailable: When the database is away.
        StorageError: When it refused one of them for a reason that is nobody's of those who asked.
    """
    together: Any = entries[0].call.together
    made = tuple((entry.request_id, entry.call) for entry in entries)
    answers = await calls.write(_caller(entries[0]), together(made=made))
    if len(answers) != len(entries):
        raise StorageError("the database answered not all of several writes")
    return tuple(
        None if entry.call.is_done(answer) else answer
        for entry, answer in zip(entries, answers, strict=True)
    )


def _caller(entry: Entry) -> Caller:
    return Caller(
        guild_id=entry.guild_id, request_id=entry.request_id, member_id=entry.call.author_id
    )
