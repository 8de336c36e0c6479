"""The entries of the registry: what a command, a sub-command and a button are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from scooty.core.text.problems import Effect

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from actors.discord_gateway.replies import OfferChoices
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, TypingRequest
    from scooty.core.text.custom_ids import Verb
    from scooty.domain.roles import Role

Deferral: TypeAlias = Literal["reply", "update", "never", "reply_unless_bare", "reply_with_file"]
"""What to show when the answer takes long: "thinking…", the button's own message, or nothing.

``never`` is for what may answer with a form: a form must be the first answer.
``reply_unless_bare`` is for a command that answers with a form when it comes without options,
``reply_with_file`` for one that does when it comes without a file.
"""

CommandHandler: TypeAlias = "Callable[[CommandRequest, Ports], Awaitable[Outcome]]"
Autocompleter: TypeAlias = "Callable[[TypingRequest, Ports], Awaitable[OfferChoices]]"
ComponentHandler: TypeAlias = "Callable[[ComponentRequest, Ports], Awaitable[Outcome]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A slash command or sub-command."""

    path: str
    """By spaces, as in ``admin create-event``."""
    handler: CommandHandler
    role: Role
    """The least role that may use it."""
    autocompleters: Mapping[str, Autocompleter] = field(default_factory=dict)
    """By option."""
    effect: Effect = Effect.NOTHING
    """What it changes, so that an error can say whether it did."""
    deferral: Deferral = "reply"
    shows_no_team: bool = False
    """Nothing of a team is in its answer, so it is given while nobody knows who has which role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A button, select or form of one of our messages."""

    verb: Verb
    handler: ComponentHandler
    role: Role
    effect: Effect = Effect.NOTHING
    deferral: Deferral = "update"
