"""Which entries a person is in, and what is left of them without that person: pure rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from scooty.core.outbox.entries import (
    ERASED_MEMBER,
    ERASED_NAME,
    DraftWrite,
    EventWrite,
    ReportWrite,
    UndoWrite,
    promise_of,
)
from scooty.core.storage.queued import ReportQueued
from scooty.domain.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scooty.core.outbox.entries import Entry, Key
    from scooty.domain.ids import MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What has to be done to entries."""

    removed: tuple[Key, ...]
    changed: tuple[Entry, ...]
    """In their new form."""


def without_member(entries: Iterable[Entry], member_id: MemberId) -> Erasure:
    """Take a member out of entries: of refused ones, too, of which nobody is told then."""
    removed, changed = [], []
    for entry in entries:
        if _author(entry) != member_id:
            continue
        anonymous = _anonymous(entry) if entry.refused is None else None
        if anonymous is None:
            removed.append(entry.key)
        else:
            changed.append(anonymous)
    return Erasure(removed=tuple(removed), changed=tuple(changed))


def without_player(entries: Iterable[Entry], name: str) -> Erasure:
    """Remove all reports of a player, whatever the spelling."""
    key = name_key(name)
    removed = [entry.key for entry in entries if _player_key(entry) == key]
    return Erasure(removed=tuple(removed), changed=())


def _author(entry: Entry) -> MemberId:
    match entry.write:
        case ReportWrite(reporter_id=member_id) | DraftWrite(reporter_id=member_id):
            return member_id
        case UndoWrite(member_id=member_id) | EventWrite(member_id=member_id):
            return member_id
        case _:
            assert_never(entry.write)


def _anonymous(entry: Entry) -> Entry | None:
    """Return the entry in nobody's name; None when it cannot be carried out in nobody's name."""
    match entry.write:
        case ReportWrite() as report:
            return replace(entry, write=_unsigned(report), contact=None)
        case DraftWrite(kept=ReportWrite() as report):
            return replace(entry, write=_unsigned(report), contact=None)
        case EventWrite(name=name):
            write = EventWrite(name=name, member_id=ERASED_MEMBER)
            return replace(entry, write=write, contact=None)
        case _:
            return None


def _unsigned(report: ReportWrite) -> ReportWrite:
    return replace(report, reporter_id=ERASED_MEMBER, reporter_name=ERASED_NAME)


def _player_key(entry: Entry) -> str | None:
    promise = promise_of(entry)
    if not isinstance(promise, ReportQueued) or promise.report is None:
        return None
    return name_key(promise.report.opponent)
