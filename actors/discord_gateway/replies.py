"""What a person is to see: a message with its cards, buttons and files, a form, or suggestions.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias


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
