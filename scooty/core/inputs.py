"""The text options of commands: declared and checked by one limit.

Discord enforces the declared lengths in its own clients. They are checked again here because
cleaning can leave nothing of a text, and because a limit that is only declared is only a wish.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from scooty.core.i18n import ENGLISH, localizations
from scooty.domain.observations import LAST_ROUND
from scooty.errors import UserError

if TYPE_CHECKING:
    from scooty.core.requests import CommandRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOption:
    """A text option of a command."""

    name: str
    """What the program calls it."""
    name_key: str
    """What people call it: a key of the catalogues."""
    description_key: str
    limit: int
    """Characters."""
    required: bool = True
    autocomplete: bool = False

    def declared(self) -> DeclaredOption:
        """Return how Discord is told about it."""
        return DeclaredOption(
            name=self.name,
            description=ENGLISH(self.description_key),
            required=self.required,
            autocomplete=self.autocomplete,
            min_length=1 if self.required else None,
            max_length=self.limit,
            name_localizations=localizations(self.name_key),
            description_localizations=localizations(self.description_key),
        )

    def read(self, request: CommandRequest) -> str:
        """Return the option's text, cleaned; empty only when it is not required.

        Raises:
            UserError: Nothing visible is in it though it is required, or it is too long.
        """
        text = request.text(self.name)
        shown_name = request.t(self.name_key)
        if self.required and not any(character.isalnum() for character in text):
            raise UserError("problem.text_length", option=shown_name, limit=self.limit)
        if len(text) > self.limit:
            raise UserError("problem.text_too_long", option=shown_name, limit=self.limit)
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOption:
    """The option ``round`` of a command; it may be left out."""

    description_key: str

    def declared(self) -> DeclaredOption:
        """Return how Discord is told about it."""
        return DeclaredOption(
            name="round",
            description=ENGLISH(self.description_key),
            kind=OptionKind.INTEGER,
            min_value=1,
            max_value=LAST_ROUND,
            name_localizations=localizations("option.round.name"),
            description_localizations=localizations(self.description_key),
        )

    def read(self, request: CommandRequest) -> int | None:
        """Return the round; None when it was left out.

        Raises:
            UserError: No round has that number.
        """
        number = request.number("round")
        if number is not None and not 1 <= number <= LAST_ROUND:
            raise UserError("problem.round", option=request.t("option.round.name"), last=LAST_ROUND)
        return number


OPPONENT = TextOption(
    name="opponent",
    name_key="option.opponent.name",
    description_key="option.opponent",
    limit=100,
    autocomplete=True,
)
ARCHETYPE = TextOption(
    name="archetype",
    name_key="option.archetype.name",
    description_key="option.archetype",
    limit=100,
    autocomplete=True,
)
COMMENT = TextOption(
    name="comment",
    name_key="option.comment.name",
    description_key="option.comment",
    limit=500,
    required=False,
)
PLAYER = TextOption(
    name="name",
    name_key="option.player.name",
    description_key="option.player",
    limit=100,
    autocomplete=True,
)
EVENT_NAME = TextOption(
    name="name",
    name_key="option.event.name",
    description_key="option.event",
    limit=100,
)
JOB = TextOption(
    name="job",
    name_key="option.job.name",
    description_key="option.job",
    limit=50,
    autocomplete=True,
)
ETHICS_LINE = TextOption(
    name="text",
    name_key="option.ethics_line.name",
    description_key="option.ethics_line",
    limit=200,
    required=False,
)
SINCE = TextOption(
    name="since",
    name_key="option.since.name",
    description_key="option.since",
    limit=30,
    required=False,
)
