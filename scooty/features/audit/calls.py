"""The audit: who did what, by ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scooty.core.storage.book import Book
from scooty.core.storage.json_fields import each, field, moment, number_or_none, object_of
from scooty.domain.ids import GuildId, MemberId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that somebody did."""

    id: int
    at: datetime
    member_id: MemberId
    """0: somebody who was erased."""
    action: str
    """Its code, as the SQL function that did it names it."""
    subject_id: int | None
    """What it was done to; of what kind, the action says."""
    detail: Mapping[str, Any]
    """Ids, counts, and names of archetypes and events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """A page of the audit."""

    deeds: tuple[Deed, ...]
    """The newest first."""
    has_older: bool


class AuditBook(Book):
    """The audit as the database has it."""

    async def list_deeds(
        self,
        *,
        guild_id: GuildId,
        at_most: int,
        of_member_id: MemberId | None = None,
        since: datetime | None = None,
        before_id: int | None = None,
    ) -> Deeds:
        """Return a page of a guild's deeds.

        Args:
            guild_id: Whose.
            at_most: How many.
            of_member_id: Of whom alone.
            since: Not those before it.
            before_id: Only those before that one.
        """
        value = await self._calls.read(
            "list_deeds",
            guild_id=guild_id,
            at_most=at_most,
            of_member_id=of_member_id,
            since=None if since is None else since.isoformat(),
            before_id=before_id,
        )
        fields = object_of(value, "the answer")
        return Deeds(
            deeds=each(fields.get("deeds"), "deeds", _deed),
            has_older=field(fields, "has_older", bool),
        )


def _deed(fields: Mapping[str, JsonValue]) -> Deed:
    return Deed(
        id=field(fields, "id", int),
        at=moment(fields, "at"),
        member_id=MemberId(field(fields, "member_id", int)),
        action=field(fields, "action", str),
        subject_id=number_or_none(fields, "subject_id"),
        detail=object_of(fields.get("detail"), "detail"),
    )
