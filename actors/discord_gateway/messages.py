"""What the gateway actor says and understands: plain frozen values, no Discord objects.

Interactions come in as one `InteractionReceived` whose ``action`` says what the person did.
Answers go out as `Answer`, whose ``response`` says what the person is to see. The gateway keeps
track of what was already sent for an interaction, so an `Answer` after a `Defer` becomes an edit.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from actors.kernel import Message, Query

if TYPE_CHECKING:
    from datetime import datetime

    from actors.discord_gateway.standing import RateLimited, Standing

__all__ = [
    "ActionRow",
    "Answer",
    "AnswerNotDelivered",
    "Answered",
    "AttachmentOption",
    "AutocompleteRequested",
    "Button",
    "ButtonPressed",
    "Choice",
    "CommandInvoked",
    "Defer",
    "Deferred",
    "Embed",
    "EmbedField",
    "File",
    "FollowUp",
    "GatewayHealth",
    "GetGatewayHealth",
    "InteractionAction",
    "InteractionKey",
    "InteractionReceived",
    "ModalSubmitted",
    "OfferChoices",
    "Option",
    "OptionValue",
    "Person",
    "Reply",
    "Response",
    "Select",
    "SelectChosen",
    "SelectOption",
    "ShowModal",
    "SubmittedField",
    "TextInput",
    "UpdateMessage",
]


# --- What a person did ------------------------------------------------------------------------


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


# --- What the person is to see ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedField:
    """A titled paragraph of an embed: name up to 256, value up to 1,024 characters."""

    name: str
    value: str
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A card. Title up to 256 characters, description 4,096, 25 fields, footer 2,048."""

    title: str | None = None
    description: str | None = None
    colour: int | None = None
    """0xRRGGBB."""
    fields: tuple[EmbedField, ...] = ()
    footer: str | None = None
    image: str | None = None
    """A file's name in the same reply, shown as the embed's picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button; ``custom_id`` comes back in `ButtonPressed`, up to 100 characters."""

    label: str
    custom_id: str
    style: Literal["primary", "secondary", "success", "danger"] = "secondary"
    emoji: str | None = None
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectOption:
    """One line of a select: label and value up to 100 characters each."""

    label: str
    value: str
    description: str | None = None
    emoji: str | None = None
    default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """A drop-down list of up to 25 options."""

    custom_id: str
    options: tuple[SelectOption, ...]
    placeholder: str | None = None
    min_values: int = 1
    max_values: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """A row under a message: up to 5 buttons, or one select."""

    components: tuple[Button | Select, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file sent along with a reply."""

    name: str
    content: bytes = field(repr=False)
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A message. Mentions are never resolved, whatever the text contains."""

    content: str | None = None
    embeds: tuple[Embed, ...] = ()
    rows: tuple[ActionRow, ...] = ()
    files: tuple[File, ...] = ()
    ephemeral: bool = True
    """Seen by the person alone. Discord fixes this with the first answer (or the deferral)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateMessage:
    """Replace the message whose button or select was used."""

    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class TextInput:
    """One field of a modal: label up to 45 characters, value up to 4,000."""

    custom_id: str
    label: str
    style: Literal["short", "paragraph"] = "short"
    value: str | None = None
    placeholder: str | None = None
    required: bool = True
    min_length: int | None = None
    max_length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowModal:
    """Open a form: up to 5 inputs, title up to 45 characters. It must be the first answer."""

    custom_id: str
    title: str
    inputs: tuple[TextInput, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One suggestion while typing: name (the label) and string value up to 100 characters."""

    name: str
    value: str | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferChoices:
    """Up to 25 suggestions, with unique labels."""

    choices: tuple[Choice, ...]


Response: TypeAlias = Reply | UpdateMessage | ShowModal | OfferChoices


# --- What the gateway is asked ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Discord has accepted the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerNotDelivered:
    """Discord did not take the answer; the person has seen nothing of it."""

    reason: Literal["too_late", "refused", "unreachable"]
    detail: str
    """For operators' logs; no text of the reply, no token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Query[Answered | AnswerNotDelivered]):
    """Ask to answer an interaction: at first a callback, after a `Defer` an edit."""

    key: InteractionKey
    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """Discord shows "thinking…" (or keeps the button pressed); there are 15 minutes now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Defer(Query[Deferred | AnswerNotDelivered]):
    """Ask for more time. Harmless when the interaction has been answered meanwhile."""

    key: InteractionKey
    ephemeral: bool = True
    update: bool = False
    """True for a button or select whose own message will be updated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Query[Answered | AnswerNotDelivered]):
    """Ask to send one more message after the first answer."""

    key: InteractionKey
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayHealth:
    """How the connection to Discord is."""

    state: Literal["disconnected", "connecting", "connected"]
    latency_ms: float | None
    """Round trip of the last heartbeat; None before the first."""
    ready_at: datetime | None
    guild_count: int
    resumes: int
    """How often a dropped session was taken up again in this incarnation."""
    rest_failures: int
    """Answers that Discord did not take, in this incarnation."""
    rate_limited: tuple[RateLimited, ...] = ()
    """The 429s to all requests."""
    invalid_requests: int = 0
    """Refusals that count towards Discord's ban of the address, in this incarnation."""
    standing: Standing | None = None
    """What the bot is allowed, as far as the last look found; None before the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GetGatewayHealth(Query[GatewayHealth]):
    """Ask how the connection to Discord is; answered from memory."""
