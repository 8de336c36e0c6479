"""What the repository needs of a connection, whatever carries it to the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from actors.repository.messages import CallFunction, FunctionRefused, FunctionReturned


class Connection(Protocol):
    """A way to call functions; opened and closed many times in the life of an actor.

    Its owner opens it, and after a `CallFailed` with ``connection_lost`` closes it and tries to
    open it again. Calls run at the same time; while it is not open they fail at once.
    """

    most_at_once: int
    """More calls than this at the same time only wait for one another."""

    async def open(self) -> None:
        """Reach the database and make it ready for calls.

        Raises:
            ConnectFailed: When it cannot be reached now.
            MigrationError: When its schema needs a person.
            SettingRefused: When an address or a key is wrong.
        """
        ...

    async def call(self, request: CallFunction) -> FunctionReturned | FunctionRefused:
        """Call a function once, within the time that the request brings.

        Raises:
            CallFailed: When no answer came.
        """
        ...

    async def measure_ms(self) -> float:
        """Make one round trip and return how long it took.

        Raises:
            CallFailed: When no answer came.
        """
        ...

    async def close(self) -> None:
        """Let go of everything; never raises, and does nothing when it is not open."""
        ...
