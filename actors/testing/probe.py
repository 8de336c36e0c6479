"""A stand-in for any actor, driven by a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel import Address, Message, Query

__all__ = ["Probe"]

M = TypeVar("M", bound="Message")
R = TypeVar("R")


class Probe:
    """Receives what an actor sends, keeps it for `expect`, and answers what it was told to."""

    def __init__(self, name: str = "probe") -> None:
        self.name = name

    @property
    def address(self) -> Address:
        """Where to send to; needs a running event loop."""
        raise NotImplementedError

    async def expect(self, message_type: type[M], timeout_s: float = 1.0) -> M:
        """Return the next message, which must be of ``message_type``."""
        raise NotImplementedError

    def expect_no_message(self) -> None:
        """Fail if a message is waiting."""
        raise NotImplementedError

    def answer(self, query_type: type[Query[R]], reply: R | Callable[[Query[R]], R]) -> None:
        """Answer every query of that type with a value, or with what a function returns."""
        raise NotImplementedError
