"""Entries as JSON, for the journal's rows; what does not parse is reported, never guessed.

A class keeps its name here for as long as a journal may hold it: a process may have to read what
an older version wrote.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from scooty.core.outbox.entries import (
    DraftWrite,
    Entry,
    EventWrite,
    Refused,
    ReportWrite,
    UndoWrite,
)
from scooty.core.storage.player_card import Event
from scooty.core.storage.port import (
    ArchetypeUnknown,
    DraftGone,
    EventNameTaken,
    NoActiveEvent,
    NotYourReport,
)
from scooty.core.storage.queued import NotAccepted
from scooty.core.storage.suggestion_index import ArchetypeSuggestion
from scooty.domain.contact import Contact
from scooty.domain.observations import Confidence, Sighting, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.outbox.entries import QueuedWrite
    from scooty.core.outbox.refusals import Refusal

_WRITES: Final[Mapping[str, type[QueuedWrite]]] = {
    "report": ReportWrite,
    "draft": DraftWrite,
    "undo": UndoWrite,
    "event": EventWrite,
}
_REFUSALS: Final[Mapping[str, type[Refusal]]] = {
    "no_active_event": NoActiveEvent,
    "archetype_unknown": ArchetypeUnknown,
    "draft_gone": DraftGone,
    "not_your_report": NotYourReport,
    "event_name_taken": EventNameTaken,
    "not_accepted": NotAccepted,
}
_NAMES: Final = {kind: name for name, kind in (*_WRITES.items(), *_REFUSALS.items())}


class UnreadableEntryError(Exception):
    """A row is not what this version writes; its content is not repeated."""


def encode_entry(entry: Entry) -> str:
    """Write down everything of an entry but how it was refused."""
    fields = {
        "guild_id": entry.guild_id,
        "request_id": entry.request_id,
        "kind": _NAMES[type(entry.write)],
        "write": entry.write,
        "queued_at": entry.queued_at,
        "contact": entry.contact,
    }
    return orjson.dumps(fields).decode()


def encode_refused(refused: Refused) -> str:
    """Write down how an entry was refused."""
    kind = _NAMES[type(refused.refusal)]
    return orjson.dumps({"kind": kind, "refusal": refused.refusal, "at": refused.at}).decode()


def decode_entry(body: str, refused: str | None) -> Entry:
    """Read an entry.

    Raises:
        UnreadableEntryError: It is not what this version writes.
    """
    try:
        fields = orjson.loads(body)
        return Entry(
            guild_id=fields["guild_id"],
            request_id=fields["request_id"],
            write=_write(fields["kind"], fields["write"]),
            queued_at=_moment(fields["queued_at"]),
            contact=None if fields["contact"] is None else _contact(fields["contact"]),
            refused=None if refused is None else _refused(orjson.loads(refused)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableEntryError(type(error).__name__) from None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _write(kind: str, fields: dict[str, Any]) -> QueuedWrite:
    if kind == "draft":
        kept, expires_at = fields.pop("kept"), fields.pop("expires_at")
        return DraftWrite(
            **fields,
            kept=None if kept is None else _report(kept),
            expires_at=None if expires_at is None else _moment(expires_at),
        )
    return _report(fields) if kind == "report" else _WRITES[kind](**fields)


def _report(fields: dict[str, Any]) -> ReportWrite:
    if "sighting" not in fields:  # written before reports had any
        return ReportWrite(**fields)
    return ReportWrite(**fields | {"sighting": _sighting(fields["sighting"])})


def _sighting(fields: dict[str, Any]) -> Sighting:
    source, confidence = Source(fields["source"]), Confidence(fields["confidence"])
    return Sighting(**fields | {"source": source, "confidence": confidence})


def _contact(fields: dict[str, Any]) -> Contact:
    return Contact(**fields | {"asked_at": _moment(fields["asked_at"])})


def _refused(fields: dict[str, Any]) -> Refused:
    kind, inner = fields["kind"], fields["refusal"]
    return Refused(refusal=_refusal(kind, inner), at=_moment(fields["at"]))


def _refusal(kind: str, fields: dict[str, Any]) -> Refusal:
    match kind:
        case "archetype_unknown":
            nearest = tuple(ArchetypeSuggestion(**near) for near in fields["nearest"])
            return ArchetypeUnknown(draft_id=fields["draft_id"], nearest=nearest)
        case "event_name_taken":
            event = fields["event"]
            created_at = _moment(event["created_at"])
            return EventNameTaken(event=Event(**event | {"created_at": created_at}))
        case _:
            return _REFUSALS[kind](**fields)
