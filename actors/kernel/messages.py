"""The two roots of everything that is sent between actors."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from typing import Self

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
M_co = TypeVar("M_co", covariant=True)


class Message:
    """Root of all messages.

    Subclasses are ``@dataclass(frozen=True, slots=True, kw_only=True)`` and hold plain immutable
    values only, since a message may be read on another thread than the one that wrote it.
    """

    __slots__ = ()

    idempotent: ClassVar[bool] = False
    """Handling it twice does what handling it once does. The kernel then hands it, at most twice
    more, to the next incarnation when the one that had it in hand ends."""

    if TYPE_CHECKING:

        def _told(self) -> tuple[Self]: ...


class Query(Message, Generic[R]):
    """A message that is answered: ``await address.ask(query)`` has the type ``R``.

    Expected refusals belong in the reply's type (``Query[Granted | Denied]``), never in errors.
    """

    __slots__ = ()

    if TYPE_CHECKING:
        # Not what a message says of itself: so a checker refuses to tell a query.
        def _told(self) -> None: ...  # type: ignore[override,explicit-override]

        def _asked(self) -> tuple[Self, R]: ...


def reply_to(query: Query[R], value: R) -> R:  # noqa: ARG001 - for its type
    """Return ``value``, which a type checker holds against what ``query`` promises.

    For the arms of ``on_receive``, which may return any object.
    """
    return value


class Told(Protocol[M_co]):
    """For checkers: a message among ``M`` that has no reply."""

    def _told(self) -> tuple[M_co]: ...


class Asked(Protocol[M_co, R_co]):
    """For checkers: a query that is among ``M`` and has a reply of the type ``R``."""

    def _asked(self) -> tuple[M_co, R_co]: ...
