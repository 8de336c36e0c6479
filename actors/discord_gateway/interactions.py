"""What a person did: one `InteractionReceived`, whose ``action`` says what it was.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from actors.kernel import Message

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionKey:
    """What is needed to answer an interaction, for 15 minutes, by any incarnation."""

    id: int
    """The interaction's snowflake. Unique, so it serves as the request id of writes."""
    application_id: int
    token: str = field(repr=False)
    """A secret: whoever has it can answer in the bot's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who acted, as the interaction itself tells it."""

    user_id: int
    display_name: str
    role_ids: tuple[int, ...] = ()
    is_administrator: bool = False
    """True when the member has the server's Administrator permission."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentOption:
    """A file given as an option; its bytes are fetched separately."""

    id: int
    filename: str
    size: int
    """Bytes."""
    content_type: str | None
    url: str = field(repr=False)


OptionValue: TypeAlias = str | int | float | bool | AttachmentOption
"""Users, roles and channels arrive as their integer ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a command as the person filled it in."""

    name: str
    value: OptionValue = field(repr=False)
    display_name: str | None = field(default=None, repr=False)
    """Of a person whose id the value is: how they are called in that server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandInvoked:
    """A command was sent: typed, or chosen in the menu of a message or of a person.

    The menu's target comes as options: ``target`` (its id) and, of a message, ``content``.
    """

    path: str
    """Command, group and sub-command by spaces: ``"scout"``, ``"admin create-event"``."""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AutocompleteRequested:
    """A person is typing into an option that offers choices."""

    path: str
    focused: str
    """The name of the option being typed into; its text so far is in ``options``."""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed:
    """A button under one of our messages was pressed."""

    custom_id: str
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectChosen:
    """Values were chosen in a select under one of our messages."""

    custom_id: str
    message_id: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedField:
    """One text input of a submitted modal."""

    custom_id: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalSubmitted:
    """A modal (a form) was submitted."""

    custom_id: str
    fields: tuple[SubmittedField, ...]
    message_id: int | None = None
    """The message whose button opened the modal, if one did."""


InteractionAction: TypeAlias = (
    CommandInvoked | AutocompleteRequested | ButtonPressed | SelectChosen | ModalSubmitted
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionReceived(Message):
    """A person did something that waits for an answer within 3 s.

    Idempotent, because every write that it causes is keyed by ``key.id``.
    """

    idempotent: ClassVar[bool] = True

    key: InteractionKey
    action: InteractionAction
    person: Person
    guild_id: int | None
    """None in direct messages."""
    channel_id: int | None
    locale: str
    """The person's language, such as ``fr`` or ``en-US``."""
    guild_locale: str | None
    received_at: datetime
    """Aware UTC; when the gateway's event reached this process."""
    attachment_size_limit: int
    """Bytes a file of the answer may have."""
