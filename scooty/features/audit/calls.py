"""The audit: who did what, by ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as JsonField

from scooty.core.call import Read
from scooty.core.shapes import Moment
from scooty.domain.ids import MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One thing that somebody did."""

    id: int
    at: Moment
    member_id: MemberId
    """0: somebody who was erased."""
    action: str
    """Its code, as the SQL function that did it names it."""
    subject_id: int | None
    """What it was done to; of what kind, the action says."""
    detail: dict[str, Any]
    """Ids, counts, and names of archetypes and events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """A part of the audit."""

    outcome: Literal["deeds"] = "deeds"
    entries: Annotated[tuple[AuditEntry, ...], JsonField(alias="deeds")]
    """The newest first."""
    has_older: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAudit(Read[AuditPage]):
    """A part of a guild's audit."""

    function: ClassVar = "list_deeds"

    at_most: int
    of_member_id: MemberId | None = None
    """Of whom alone."""
    since: Moment | None = None
    """Not those before it."""
    before_id: int | None = None
    """Only those before that one."""
