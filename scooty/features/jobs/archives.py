"""Closed events as files on the operator's disk."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from scooty.core.calls import Sql
from scooty.core.storage.function_call import call_function
from scooty.features.exports.calls import ArchivedEvent, EventExport
from scooty.features.exports.replies.workbooks import build_file

if TYPE_CHECKING:
    from pathlib import Path

    from actors.kernel import Address
    from actors.repository.messages import RepositoryMessage
    from actors.scheduler.messages import RunJob

_ASK_S: Final = 5.0
_MOST_EVENTS: Final = 50
"""In one run, so that it ends within its runner's time; the others go the next night."""


async def archive_export(
    _run: RunJob, *, repository: Address[RepositoryMessage], folder: Path
) -> str:
    """Write every event that was closed, once each time that it was.

    An event is noted when its file is there: whoever is interrupted in between writes it again.

    Returns:
        A count alone: nobody's name is in a log.

    Raises:
        StorageUnavailable: The database cannot be reached; the next run does the rest.
        OSError: The folder cannot be written to.
    """
    waiting = await call_function(
        repository, "unarchived_events", timeout_s=_ASK_S, at_most=_MOST_EVENTS
    )
    written = 0
    for guild_id, event_id, closed_us in waiting:
        export = await Sql(repository).read(guild_id, ArchivedEvent(event_id=event_id))
        if not isinstance(export, EventExport):
            continue  # opened again, or gone, a moment ago
        await asyncio.to_thread(_write, folder / f"{guild_id}-{event_id}.json", export)
        await call_function(
            repository,
            "note_archive",
            timeout_s=_ASK_S,
            guild_id=guild_id,
            event_id=event_id,
            closed_us=closed_us,
        )
        written += 1
    return f"{written} written"


def _write(path: Path, export: EventExport) -> None:
    """Replace a file by an export: whoever reads it has all of the old one or all of the new."""
    _, content = build_file(export, "everything", "json")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    # What a run that was killed has left may have other rights.
    with suppress(FileNotFoundError):
        beside.unlink()
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
