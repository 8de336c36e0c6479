"""How a person's actions end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.wire import JsonObject, Snowflake


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a command, a press, a choice or a form ended."""

    ok: bool
    acknowledged_ms: float | None
    """From the person's action to the bot's first answer, as the sandbox saw it."""
    message: JsonObject | None = None
    """The answer as the page shows it; after a deferral the filled-in one."""
    modal: JsonObject | None = None
    """The form that was opened."""
    interaction_id: Snowflake | None = None
    error: str | None = None
    """What the person reads instead, such as "The application did not respond"."""
    was_deferred: bool = False

    @property
    def content(self) -> str:
        """The answer's text, empty when there is no message."""
        return "" if self.message is None else str(self.message["content"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The suggestions while typing."""

    choices: tuple[JsonObject, ...] = ()
    """``{"name", "value"}`` in the person's language."""
    acknowledged_ms: float | None = None
    error: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the bot answered in time."""
        return self.error is None
