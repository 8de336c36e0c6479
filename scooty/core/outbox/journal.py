"""The journal: SQLite in WAL mode with full sync. Everything here blocks.

**Owns** the folder with the file ``journal.sqlite3`` and its write-ahead log, for this process
alone: a second one is refused by SQLite's own lock. The folder is closed to other accounts, because
reports are a team's secret and tokens are in it.

**Failure modes** Every error of SQLite or of the disk is a `JournalUnavailable`, after which the
file has to be opened again. A file that is damaged is set aside under another name, never deleted;
what can still be read of it goes into the new one.

With ``synchronous=FULL`` a commit returns after the write-ahead log was synced to the disk.

Source: https://www.sqlite.org/pragma.html#pragma_synchronous and https://www.sqlite.org/wal.html
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scooty.core.outbox.encoding import encode_entry, encode_refused
from scooty.core.outbox.journal_file import (
    DamagedFileError,
    JournalUnavailable,
    Row,
    damaged_files,
    errors_named,
    open_file,
    set_aside,
    transaction,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from scooty.core.outbox.entries import Entry, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The journal can be used."""

    rows: tuple[Row, ...]
    """In the order in which they were queued."""
    damaged_files: tuple[str, ...]
    """Files that were set aside, now or before, and wait for a person to look at them."""


class Journal:
    """One journal file; belongs to one thread.

    Args:
        directory: The journal's own folder, made when it is missing.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._connection: sqlite3.Connection | None = None

    def open(self, *, stamp: str) -> Opened:
        """Open the file, or open it anew, and read it.

        Args:
            stamp: What a damaged file is called by when it is set aside, such as the time.

        Raises:
            JournalUnavailable: It cannot be used now.
        """
        self.close()
        with errors_named():
            try:
                self._connection, rows = open_file(self._directory)
            except DamagedFileError as damage:
                set_aside(self._directory, stamp)
                self._connection, _ = open_file(self._directory)
                rows = damage.rows
                self._insert(rows)
        return Opened(rows=tuple(rows), damaged_files=damaged_files(self._directory))

    def close(self) -> None:
        """Let go of the file; never raises."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()

    def append(self, entries: Iterable[Entry]) -> None:
        """Write entries down, in order, durably; one that is there already keeps its place.

        Raises:
            JournalUnavailable: They are not written down, as far as can be known.
        """
        rows = [_row_of(entry) for entry in entries]
        with errors_named():
            self._insert(rows)

    def keep_refusal(self, entry: Entry) -> None:
        """Write down, durably, how an entry was refused.

        Raises:
            JournalUnavailable: It is not written down.
        """
        with self._transaction() as connection:
            connection.execute(
                "update entries set refused = ? where guild_id = ? and request_id = ?",
                (_row_of(entry).refused, *entry.key),
            )

    def remove(self, keys: Iterable[Key]) -> None:
        """Forget entries that are done with.

        Raises:
            JournalUnavailable: They may still be there.
        """
        with self._transaction() as connection:
            _delete(connection, keys)

    def erase(self, *, removed: Iterable[Key], changed: Iterable[Entry]) -> None:
        """Remove entries and rewrite others so that nothing of what they said is left on the disk.

        Raises:
            JournalUnavailable: Something may be left.
        """
        with self._transaction() as connection:
            _delete(connection, removed)
            connection.executemany(
                "update entries set body = ? where guild_id = ? and request_id = ?",
                [(encode_entry(entry), *entry.key) for entry in changed],
            )
        # secure_delete has overwritten the pages; this empties the log that held the old ones.
        with errors_named():
            busy, *_ = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
        if busy:
            raise JournalUnavailable("the write-ahead log is in use")

    def _insert(self, rows: Iterable[Row]) -> None:
        with self._transaction() as connection:
            connection.executemany(
                "insert into entries (guild_id, request_id, body, refused) values (?, ?, ?, ?)"
                " on conflict (guild_id, request_id)"
                " do update set body = excluded.body, refused = excluded.refused",
                [(row.guild_id, row.request_id, row.body, row.refused) for row in rows],
            )

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        if connection is None:
            raise JournalUnavailable("the journal is not open")
        with errors_named(), transaction(connection):
            yield connection


def _delete(connection: sqlite3.Connection, keys: Iterable[Key]) -> None:
    connection.executemany("delete from entries where guild_id = ? and request_id = ?", list(keys))


def _row_of(entry: Entry) -> Row:
    return Row(
        guild_id=entry.guild_id,
        request_id=entry.request_id,
        body=encode_entry(entry),
        refused=None if entry.refused is None else encode_refused(entry.refused),
    )
