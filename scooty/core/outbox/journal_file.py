"""Opening the journal's file: who may read it, whether it is sound, what to do when it is not."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILE: Final = "journal.sqlite3"
_ASIDE: Final = "damaged-"
_VERSION: Final = 1
_BUSY_S: Final = 0.2
_DAMAGE: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_SCHEMA: Final = """
create table entries (
  sequence integer primary key autoincrement,
  guild_id integer not null,
  request_id integer not null,
  body text not null,
  refused text,
  unique (guild_id, request_id)
)
"""
_SELECT: Final = "select guild_id, request_id, body, refused from entries order by sequence"


class JournalUnavailable(Exception):  # noqa: N818 - a state of the disk, not a mistake
    """The file cannot be used now; the sentence says why and holds nothing of an entry."""


class DamagedFileError(Exception):
    """The file is no sound journal.

    Args:
        rows: What could be read of it all the same.
    """

    def __init__(self, rows: list[Row]) -> None:
        super().__init__("the journal is damaged")
        self.rows = rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry as it is written down."""

    guild_id: int
    request_id: int
    body: str = field(repr=False)
    refused: str | None = field(repr=False)


def open_file(directory: Path) -> tuple[sqlite3.Connection, list[Row]]:
    """Open the file, made when it is missing, and read its rows in their order.

    Raises:
        DamagedFileError: It is damaged; it is closed again.
        sqlite3.Error: It cannot be used now.
        OSError: The same.
        JournalUnavailable: It is of a newer version.
    """
    _make_folder(directory)
    connection = sqlite3.connect(directory / _FILE, timeout=_BUSY_S, isolation_level=None)
    try:
        return connection, _read_file(connection, directory)
    except BaseException:
        connection.close()
        raise


def set_aside(directory: Path, stamp: str) -> None:
    """Give a damaged file and its log another name."""
    for suffix in ("", "-wal"):
        path = directory / f"{_FILE}{suffix}"
        if path.exists():
            path.rename(directory / f"{_ASIDE}{stamp}.sqlite3{suffix}")
    _sync_folders(directory)


def damaged_files(directory: Path) -> tuple[str, ...]:
    """Name the files that were set aside and are still there."""
    return tuple(sorted(path.name for path in directory.glob(f"{_ASIDE}*.sqlite3")))


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all of the block or nothing; durable when the block has ended."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        # After some errors SQLite has rolled back by itself, and refuses to do it again.
        with contextlib.suppress(sqlite3.Error):
            connection.execute("rollback")
        raise


@contextlib.contextmanager
def errors_named() -> Iterator[None]:
    """Raise every error of SQLite and of the disk as a `JournalUnavailable`."""
    try:
        yield
    except DamagedFileError as error:
        raise JournalUnavailable("a new journal was damaged at once") from error
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None) or type(error).__name__
        raise JournalUnavailable(f"{name}: {error}") from error
    except OSError as error:
        # The strerror alone: the rest of the text holds a path.
        raise JournalUnavailable(error.strerror or type(error).__name__) from error


def _make_folder(directory: Path) -> None:
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    directory.chmod(0o700)
    # SQLite gives its log the rights of the file.
    os.close(os.open(directory / _FILE, os.O_CREAT | os.O_RDWR, 0o600))


def _read_file(connection: sqlite3.Connection, directory: Path) -> list[Row]:
    connection.text_factory = _lenient_text
    try:
        # The lock is held from the first access to the close: no second process, no -shm file.
        connection.execute("pragma locking_mode = exclusive")
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma secure_delete = on")
        if connection.execute("pragma quick_check(1)").fetchone() != ("ok",):
            raise DamagedFileError(_salvage(connection))
        _prepare_tables(connection)
        rows = [_row(*values) for values in connection.execute(_SELECT)]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise
        raise DamagedFileError(_salvage(connection)) from error
    _sync_folders(directory)
    return rows


def _prepare_tables(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("pragma user_version").fetchone()
    if version > _VERSION:
        raise JournalUnavailable("the journal was written by a newer version of Scooty")
    with transaction(connection):
        if version < _VERSION:
            connection.execute(_SCHEMA)
        # Also proves that the disk takes a write, before anybody is promised one.
        connection.execute(f"pragma user_version = {_VERSION}")


def _sync_folders(directory: Path) -> None:
    """Make the files' names as durable as their content."""
    for path in (directory, directory.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _lenient_text(stored: bytes) -> str:
    """Let a row that is no UTF-8 be read, and be found unreadable by whoever decodes it."""
    return stored.decode(errors="replace")


def _row(guild_id: int, request_id: int, body: str, refused: str | None) -> Row:
    return Row(guild_id=guild_id, request_id=request_id, body=body, refused=refused)


def _salvage(connection: sqlite3.Connection) -> list[Row]:
    """Read what can be read, from the front and from the back, up to the damage."""
    front, back = (list(_readable(connection, f"{_SELECT} {end}")) for end in ("asc", "desc"))
    known = {(row.guild_id, row.request_id) for row in front}
    return [*front, *(row for row in reversed(back) if (row.guild_id, row.request_id) not in known)]


def _readable(connection: sqlite3.Connection, statement: str) -> Iterator[Row]:
    with contextlib.suppress(sqlite3.Error, TypeError):
        for values in connection.execute(statement):
            yield _row(*values)
