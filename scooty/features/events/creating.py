"""Events made: a write that waits for the database like a report, before any later one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from typing_extensions import override

from scooty.core.changes import ANYTHING_CHANGED, NOTHING_CHANGED
from scooty.core.storage.player_card import Event
from scooty.core.storage.port import Decklists
from scooty.core.storage.typed import stored_name
from scooty.core.waiting import ERASED_MEMBER, WaitingWrite
from scooty.domain.ids import MemberId
from scooty.domain.names import fold

if TYPE_CHECKING:
    from datetime import datetime

    from actors.repository.messages import JsonValue
    from scooty.core.changes import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCreated:
    """The event exists and is the active one."""

    outcome: Literal["created"] = "created"
    event: Event
    previous: str | None
    """The name of the event that was active until now and is closed; its reports are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNameTaken:
    """The guild already has an event of that name, in whatever spelling of case and accents."""

    outcome: Literal["event_name_taken"] = "event_name_taken"
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQueued:
    """The database is away: the event is created when it is back, before any later report."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateEvent(WaitingWrite[EventCreated | EventNameTaken | EventQueued]):
    """Create an event and make it the active one, in one transaction."""

    kind: ClassVar = "event"

    name: str
    member_id: MemberId
    format: str | None = None
    """In lower case, as archetypes name theirs; what an older version queued has none."""
    decklists: Decklists | None = None

    def __post_init__(self) -> None:
        """Keep the name as it is stored.

        Raises:
            StorageError: When nothing storable is left of it, or too much.
        """
        object.__setattr__(self, "name", stored_name(self.name))

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "name": self.name,
            "name_key": fold(self.name),
            "member_id": self.member_id,
            "format": self.format,
            "decklists": self.decklists,
        }

    @override
    def change(self, answer: object) -> Change:
        return ANYTHING_CHANGED if isinstance(answer, EventCreated) else NOTHING_CHANGED

    @property
    @override
    def author_id(self) -> MemberId:
        return self.member_id

    @override
    def promise(self, queued_at: datetime) -> EventQueued:
        return EventQueued(name=self.name)

    @override
    def is_done(self, answer: object) -> bool:
        return isinstance(answer, EventCreated)

    @override
    def anonymous(self) -> CreateEvent:
        return replace(self, member_id=ERASED_MEMBER)
