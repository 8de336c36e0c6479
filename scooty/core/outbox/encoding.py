"""Entries as JSON, for the journal's rows; what does not parse is reported, never guessed.

A call keeps its kind and its fields for as long as a journal may hold it: a process may have to
read what an older version wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson

from scooty.core.outbox.entries import Entry, Refused
from scooty.core.shapes import Moment, shape_of
from scooty.core.waiting import NotAccepted
from scooty.domain.contact import Contact
from scooty.domain.ids import GuildId, RequestId
from scooty.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.waiting import WaitingWrite

    Kinds: TypeAlias = Mapping[str, type[WaitingWrite[Any]]]
    """The calls that may wait, by what the journal calls them."""

_NOT_ACCEPTED: Final = "not_accepted"


class UnreadableEntryError(Exception):
    """A row is not what this version writes; its content is not repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    guild_id: GuildId
    request_id: RequestId
    kind: str
    write: dict[str, Any]
    queued_at: Moment
    contact: Contact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refusal:
    kind: str
    refusal: dict[str, Any]
    at: Moment


def encode_entry(entry: Entry) -> str:
    """Write down everything of an entry but how it was refused."""
    row = _Row(
        guild_id=entry.guild_id,
        request_id=entry.request_id,
        kind=entry.call.kind,
        write=shape_of(type(entry.call)).as_json(entry.call),
        queued_at=entry.queued_at,
        contact=entry.contact,
    )
    return shape_of(_Row).write(row).decode()


def encode_refused(refused: Refused) -> str:
    """Write down how an entry was refused."""
    refusal = shape_of(type(refused.refusal)).as_json(refused.refusal)
    kind = refused.refusal.outcome
    return shape_of(_Refusal).write(_Refusal(kind=kind, refusal=refusal, at=refused.at)).decode()


def decode_entry(body: str, refused: str | None, kinds: Kinds) -> Entry:
    """Read an entry.

    Args:
        body: Its row.
        refused: How it was refused, if it was.
        kinds: The calls that may wait, by what the journal calls them.

    Raises:
        UnreadableEntryError: It is not what this version writes.
    """
    try:
        row: _Row = shape_of(_Row).read(body.encode())
        kind = kinds[row.kind]
        return Entry(
            guild_id=row.guild_id,
            request_id=row.request_id,
            call=shape_of(kind).read(orjson.dumps(row.write)),
            queued_at=row.queued_at,
            contact=row.contact,
            refused=None if refused is None else _refused(refused, kind),
        )
    except (KeyError, StorageError) as error:
        raise UnreadableEntryError(type(error).__name__) from None


def _refused(json: str, kind: type[WaitingWrite[Any]]) -> Refused:
    row: _Refusal = shape_of(_Refusal).read(json.encode())
    answers = NotAccepted if row.kind == _NOT_ACCEPTED else kind.answers()
    # An older version wrote the outcome beside the refusal only.
    refusal = orjson.dumps({**row.refusal, "outcome": row.kind})
    return Refused(refusal=shape_of(answers).read(refusal), at=row.at)
