"""How an incarnation ended, and the reports that its runner sends to the supervisor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from actors.kernel.errors import FatalError
from actors.kernel.messages import Message

LAST_MOMENT_S = 0.5
"""What work that was cancelled gets when the budget of a drain is used up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """Why an incarnation ended."""

    kind: str | None = None
    """The type name of the failure, or the watchdog's word; None for an end in good order."""
    error: BaseException | None = None
    """For the log; never shown to people."""

    @property
    def is_failure(self) -> bool:
        """Whether this counts as a failure of the actor."""
        return self.kind is not None

    @property
    def fatal(self) -> FatalError | None:
        """The error that must end the process, if that is what ended the incarnation."""
        return self.error if isinstance(self.error, FatalError) else None

    @classmethod
    def of(cls, error: BaseException) -> Exit:
        """Describe the end that an escaped exception brings."""
        return cls(kind=type(error).__name__, error=error)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncarnationReady(Message):
    """``on_start`` of this incarnation returned."""

    name: str
    incarnation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncarnationEnded(Message):
    """This incarnation is over and its ``on_stop`` has run, or was given up."""

    name: str
    incarnation: int
    exit: Exit


LifeReport: TypeAlias = IncarnationReady | IncarnationEnded


@dataclass(frozen=True, slots=True, kw_only=True)
class HangOnPurpose(Message):
    """A fault injector's message: the kernel hangs in place of the handler."""
