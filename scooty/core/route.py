"""Where an interaction goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from scooty.core.text.problems import Effect

if TYPE_CHECKING:
    from scooty.core.command import Command, Component, Deferral

Kind: TypeAlias = Literal["command", "autocomplete", "button", "select", "modal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where an interaction goes; what the desk must know before it runs."""

    kind: Kind
    log_name: str
    """The command's path, or the button's name and verb."""
    target: Command | Component | None
    """None: unknown to this version."""
    arguments: tuple[int, ...] = ()
    """The numbers in a custom_id."""
    is_bare: bool = False
    """A command without any option."""
    has_file: bool = False
    """A command with a file."""

    @property
    def deferral(self) -> Deferral:
        """What to show while the answer takes long."""
        if self.target is None or self.kind == "autocomplete":
            return "never"
        if self.target.deferral == "reply_unless_bare":
            return "never" if self.is_bare else "reply"
        if self.target.deferral == "reply_with_file":
            return "reply" if self.has_file else "never"
        return self.target.deferral

    @property
    def effect(self) -> Effect:
        """What it changes when it succeeds."""
        return Effect.NOTHING if self.target is None else self.target.effect
