"""The two roots of everything that is sent between actors."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

R_co = TypeVar("R_co", covariant=True)


class Message:
    """Root of all messages.

    Subclasses are ``@dataclass(frozen=True, slots=True, kw_only=True)`` and hold plain immutable
    values only, since a message may be read on another thread than the one that wrote it.
    """

    __slots__ = ()

    idempotent: ClassVar[bool] = False
    """Handling it twice does what handling it once does. The kernel then hands it, at most twice
    more, to the next incarnation when the one that had it in hand ends."""


class Query(Message, Generic[R_co]):
    """A message that is answered: ``await address.ask(query)`` has the type ``R_co``.

    Expected refusals belong in the reply's type (``Query[Granted | Denied]``), never in errors.
    """

    __slots__ = ()
