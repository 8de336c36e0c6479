"""What the connections of the repository raise towards their owner.

    RepositoryError
    ├── CallFailed          the call was not answered; carries the answer to give
    ├── ConnectFailed       the database cannot be reached, or is not ready
    ├── MigrationError      the schema is not what this program needs; needs a person
    └── SettingRefused      an address or a key is wrong; needs a person

No error of a database library leaves this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from actors.kernel import ActorKitError

if TYPE_CHECKING:
    from actors.repository.messages import DatabaseUnavailable

Cause: TypeAlias = Literal["outage", "overload", "contention"]
"""``outage``: the database or the road to it is not there. ``overload``: it is there, and this was
too much for it. ``contention``: it is well, and another transaction came first."""


class RepositoryError(ActorKitError):
    """Root of the repository's errors."""


class CallFailed(RepositoryError):  # noqa: N818 - an event of the connection, not a mistake
    """A call was not answered.

    Args:
        answer: What to tell the asker.
        connection_lost: False when the connection is well and only this call failed.
        cause: What it says about the database.
        retry_after_s: How long the other side asked to be left alone.
    """

    def __init__(
        self,
        answer: DatabaseUnavailable,
        *,
        connection_lost: bool,
        cause: Cause = "outage",
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(answer.detail)
        self.answer = answer
        self.connection_lost = connection_lost
        self.cause = cause
        self.retry_after_s = retry_after_s


class ConnectFailed(RepositoryError):  # noqa: N818 - an event of the connection, not a mistake
    """The database cannot be reached; trying again later may help."""


class MigrationError(RepositoryError):
    """The schema is not what this program needs; the sentence names what, or the step."""


class SettingRefused(RepositoryError):  # noqa: N818 - the other side's word, not a mistake in code
    """An address or a key is wrong; the sentence names the setting and never shows a secret."""
