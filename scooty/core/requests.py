"""What a person asked, as commands see it: cleaned, in a server, with a language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from scooty.core.call import Caller
from scooty.core.storage.settings import GuildSettings
from scooty.core.text.custom_ids import parse_id
from scooty.domain.ids import GuildId, MemberId, RequestId
from scooty.domain.roles import Role
from scooty.domain.text import clean, shorten
from scooty.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from actors.discord_gateway.interactions import Option, Person, SubmittedField
    from actors.discord_gateway.replies import Response
    from scooty.core.i18n import Translator


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What every request has."""

    id: RequestId
    """The interaction's id: keys every write, so that a repeat of the same one is harmless."""
    guild_id: GuildId
    person: Person
    t: Translator
    """Speaks the person's language."""
    received_at: datetime
    channel_id: int | None = None
    """Where it was asked."""
    settings: GuildSettings = field(default_factory=GuildSettings)
    """The team's; its defaults while nobody knows them."""
    attachment_size_limit: int
    """Bytes a file of the answer may have."""

    @property
    def member_id(self) -> MemberId:
        """Who asks."""
        return MemberId(self.person.user_id)

    @property
    def member_name(self) -> str:
        """The caller's display name, fit to be stored."""
        return shorten(clean(self.person.display_name), 100) or str(self.person.user_id)

    @property
    def caller(self) -> Caller:
        """Who asks, as the database knows them."""
        return Caller(
            guild_id=self.guild_id,
            member_id=self.member_id,
            request_id=self.id,
            as_captain=self.role >= Role.CAPTAIN,
        )

    @property
    def role(self) -> Role:
        """What the caller may do."""
        granted = role_of(self.person, self.guild_id, self.settings)
        return Role.READER if granted is None else granted  # without one, nobody comes this far


def role_of(person: Person, guild_id: GuildId, settings: GuildSettings) -> Role | None:
    """Return a person's role in a team; None when they have none."""
    everyone = guild_id  # the role @everyone has the server's id, and is in nobody's list
    return settings.roles.granted(
        (*person.role_ids, everyone), is_administrator=person.is_administrator
    )


def _text(options: tuple[Option, ...], name: str) -> str:
    for option in options:
        if option.name == name and isinstance(option.value, str):
            return clean(option.value)
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandRequest(Request):
    """A slash command with its options."""

    options: tuple[Option, ...] = ()

    def text(self, name: str) -> str:
        """Return a text option, cleaned; empty when it was left out."""
        return _text(self.options, name)

    def number(self, name: str) -> int | None:
        """Return a whole number's option; None when it was left out."""
        for option in self.options:
            if option.name == name and type(option.value) is int:  # a bool is an int to isinstance
                return option.value
        return None

    def person_name(self, name: str) -> str:
        """Return how a person is called who was given as an option, fit to be stored."""
        for option in self.options:
            if option.name == name:
                shown = shorten(clean(option.display_name or ""), 100)
                return shown or str(option.value)
        return ""

    def is_set(self, name: str) -> bool:
        """Tell whether a yes-or-no option was set to yes."""
        return any(option.name == name and option.value is True for option in self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypingRequest(Request):
    """Somebody is typing into an option."""

    text: str = field(repr=False)
    """What is typed so far, cleaned."""
    options: tuple[Option, ...] = ()
    """The other options, as far as they are filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentRequest(Request):
    """A button, a select or a form was used."""

    arguments: tuple[int, ...] = ()
    """The numbers in its custom_id."""
    values: tuple[str, ...] = ()
    """What was chosen in a select."""
    fields: tuple[SubmittedField, ...] = ()
    """What was filled into a form."""

    def argument(self, index: int) -> int:
        """Return one number of the custom_id.

        Raises:
            StaleComponentError: There is none.
        """
        if index >= len(self.arguments):
            raise StaleComponentError
        return self.arguments[index]

    def chosen_id(self) -> int:
        """Return the one id that was chosen in a select.

        Raises:
            StaleComponentError: The value is no id.
        """
        chosen = parse_id(self.values[0]) if self.values else None
        if chosen is None:
            raise StaleComponentError
        return chosen


class StaleComponentError(UserError):
    """A button, select or form whose id does not say what it must."""

    def __init__(self) -> None:
        super().__init__("problem.stale")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A handler's answer that says: what you asked was not done, and nothing is broken."""

    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustrated:
    """An answer that goes out at once, and once more with its picture when that is drawn."""

    response: Response
    finish: Callable[[], Coroutine[None, None, Response | None]]
    """Gives the answer with its picture; None when it stays as it is."""


Outcome: TypeAlias = "Response | Refused | Illustrated"
