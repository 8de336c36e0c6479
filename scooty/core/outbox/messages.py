"""What the outbox understands and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from actors.kernel import Message, Query
from scooty.domain.health import QueueHealth

if TYPE_CHECKING:
    from datetime import datetime

    from scooty.core.outbox.entries import Entry
    from scooty.core.waiting import Draft, QueuedName
    from scooty.domain.ids import GuildId, MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Enqueued:
    """The entry is on the disk, synced; it will be delivered whatever happens to this process."""

    promise: Any
    """What the author is told: an answer of the call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotEnqueued:
    """The entry is not kept."""

    why: Literal["full", "disk"]
    detail: str
    """For operators' logs; nothing of the entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enqueue(Query[Enqueued | NotEnqueued]):
    """Ask to keep a write until it is delivered; the same guild and request is the same entry."""

    idempotent: ClassVar[bool] = True

    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class GuildQueue:
    """What waits in one guild."""

    length: int
    """Writes of every kind."""
    reports: tuple[QueuedName, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GetGuildQueue(Query[GuildQueue]):
    """Ask what waits in a guild; answered from memory."""

    idempotent: ClassVar[bool] = True

    guild_id: GuildId


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDraft(Message):
    """Remember what a draft holds for as long as the database keeps it.

    Then a button that is pressed while the database is away queues a whole report, which look-ups
    can show, and which is not lost when the database forgets the draft.
    """

    guild_id: GuildId
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Nothing of the person is in the journal any more, nor on its way to the database."""

    removed: int
    """Entries that are gone."""
    anonymised: int
    """Entries that wait on without the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotErased:
    """Nothing was changed; ask again later."""

    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson(Query[Erased | NotErased]):
    """Ask to take a member out of all that waits in a guild, before the database does the same.

    Reports and events stay and name nobody; what cannot be done in nobody's name is removed: an
    undo, and a draft whose content only the database knows. Damaged journals that were set aside
    are not looked at.
    """

    idempotent: ClassVar[bool] = True

    guild_id: GuildId
    member_id: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePlayer(Query[Erased | NotErased]):
    """Ask to remove all reports of a player that wait in a guild, whatever the name's spelling."""

    idempotent: ClassVar[bool] = True

    guild_id: GuildId
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxHealth:
    """How much waits, since when, and what is in the way."""

    waiting: int
    untold: int
    """Entries that were refused and whose caller is still to be told."""
    oldest_at: datetime | None
    """When the one that waits longest was queued."""
    last_error: str | None
    """Why the last delivery did not succeed; None when it did."""
    journal_problem: str | None
    """Why nothing can be kept now; None when all is well."""
    unreadable: int
    """Rows of the journal that this version cannot read; they are left where they are."""
    damaged_files: tuple[str, ...]
    """Journals that were set aside and wait for a person."""

    def as_queue(self) -> QueueHealth:
        """Return the part of it that is for everybody."""
        return QueueHealth(
            waiting=self.waiting,
            untold=self.untold,
            oldest_at=self.oldest_at,
            last_error=self.last_error,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GetOutboxHealth(Query[OutboxHealth]):
    """Ask how much waits; answered from memory."""

    idempotent: ClassVar[bool] = True


OutboxMessage: TypeAlias = (
    Enqueue | GetGuildQueue | KeepDraft | ErasePerson | ErasePlayer | GetOutboxHealth
)
