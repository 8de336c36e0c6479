"""Calls that may wait: writes that are kept while the database is away, and reads that show them.

What waits is the call itself, as it was made; the outbox knows nothing more of it than this.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeVar

from scooty.core.call import Read, Write
from scooty.domain.ids import ArchetypeId, MemberId, RequestId
from scooty.domain.observations import PLAIN, Sighting

if TYPE_CHECKING:
    from collections.abc import Sequence

R = TypeVar("R")

ERASED_MEMBER: Final = MemberId(0)
"""Nobody: in the place of a member who was erased while a write of theirs waited."""
ERASED_NAME: Final = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedReport:
    """A report that is on this machine's disk and not in the database yet."""

    opponent: str = field(repr=False)
    archetype: str
    """As typed: only the database knows which archetype it names, if any."""
    comment: str | None = field(repr=False)
    reporter_id: MemberId
    reporter_name: str = field(repr=False)
    queued_at: datetime
    sighting: Sighting = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedName:
    """A queued report, and the key by which its player's name is found."""

    report: QueuedReport
    name_key: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A report whose archetype nobody knew, and the archetypes on the buttons under its answer."""

    draft_id: RequestId
    report: WaitingWrite[Any]
    """As it was made."""
    offered: tuple[tuple[ArchetypeId, str], ...]
    """Ids and names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAccepted:
    """The database refused a queued write for a reason that its caller cannot mend: a fault."""

    outcome: Literal["not_accepted"] = "not_accepted"
    reference: str
    """Under which operators find it in the log."""


class WaitingWrite(Write[R], ABC):
    """A write that is queued when it cannot reach the database, and delivered later.

    Its fields are all that its delivery needs, its member too.
    """

    __slots__ = ()
    of_caller: ClassVar[tuple[str, ...]] = ()
    kind: ClassVar[str]
    """What it is called in the journal; stays for as long as a journal may hold it."""
    together: ClassVar[type[Write[Any]] | None] = None
    """The call that carries several of these that follow one another, made of their requests and
    calls; it answers what each of them would."""

    @property
    @abstractmethod
    def author_id(self) -> MemberId:
        """Who made it."""

    @abstractmethod
    def promise(self, queued_at: datetime) -> R:
        """Return what its author is told when it is on the disk."""

    @abstractmethod
    def is_done(self, answer: R) -> bool:
        """Tell whether what was wanted is so; otherwise its author is told of the answer."""

    @abstractmethod
    def anonymous(self) -> WaitingWrite[R] | None:
        """Return it in nobody's name; None when it cannot be carried out in nobody's name."""

    def queued_report(self, queued_at: datetime) -> QueuedReport | None:  # noqa: ARG002
        """Return what look-ups show of it while it waits, if it is a report that is known."""
        return None

    def draft(self, answer: R) -> Draft | None:  # noqa: ARG002
        """Return the draft that an answer has made of it."""
        return None

    @property
    def player_name(self) -> str | None:
        """The player whom it is about, if it is about one who is known here."""
        return None

    @property
    def chosen_draft_id(self) -> RequestId | None:
        """The draft that it is a choice for."""
        return None

    def with_draft(self, draft: Draft, expires_at: datetime) -> WaitingWrite[R]:  # noqa: ARG002
        """Return it with what is remembered of its draft, which the database may forget.

        Itself where the draft is not its own.
        """
        return self

    def instead(self, answer: R, now: datetime) -> WaitingWrite[Any] | None:  # noqa: ARG002
        """Return what is to be written, in the same request, since it was answered like this."""
        return None


class ReadWithQueued(Read[R], ABC):
    """A read whose answer shows queued reports too."""

    __slots__ = ()
    patience_with_queued_s: ClassVar[float | None] = None
    """How long the database is waited for while something waits for it."""

    @abstractmethod
    def with_queued(self, found: R, queued: Sequence[QueuedName]) -> R:
        """Add queued reports to what the database answered."""

    def only_queued(self, queued: Sequence[QueuedName]) -> R | None:  # noqa: ARG002
        """Return what is said while the database is away; None when nothing can be said."""
        return None
