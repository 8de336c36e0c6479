"""How the product declares its slash commands: plain values that the gateway registers.

Source: https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias

Localized: TypeAlias = tuple[tuple[str, str], ...]
"""Pairs of a Discord locale (``fr``, ``en-US``) and the text in it."""


class OptionKind(Enum):
    """What an option takes; the value is Discord's option type."""

    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    NUMBER = 10
    ATTACHMENT = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredChoice:
    """A fixed choice of an option."""

    name: str
    value: str | int | float
    name_localizations: Localized = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredOption:
    """An option: name 1 to 32 characters in lower case, description 1 to 100."""

    name: str
    description: str
    kind: OptionKind = OptionKind.STRING
    required: bool = False
    autocomplete: bool = False
    choices: tuple[DeclaredChoice, ...] = ()
    min_length: int | None = None
    max_length: int | None = None
    min_value: int | float | None = None
    max_value: int | float | None = None
    name_localizations: Localized = ()
    description_localizations: Localized = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubcommandDeclaration:
    """A sub-command, such as ``create-event`` in ``/admin create-event``."""

    name: str
    description: str
    options: tuple[DeclaredOption, ...] = ()
    name_localizations: Localized = ()
    description_localizations: Localized = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubcommandGroupDeclaration:
    """A group of sub-commands inside a command."""

    name: str
    description: str
    subcommands: tuple[SubcommandDeclaration, ...]
    name_localizations: Localized = ()
    description_localizations: Localized = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandDeclaration:
    """A command as people see it in the picker. Never usable in direct messages."""

    name: str
    description: str = ""
    """Empty for the two context-menu kinds."""
    kind: Literal["slash", "message", "user"] = "slash"
    options: tuple[DeclaredOption, ...] = ()
    children: tuple[SubcommandDeclaration | SubcommandGroupDeclaration, ...] = ()
    """Sub-commands; a command has either options or children."""
    administrators_only: bool = False
    """Discord's own default member permissions; the product checks roles itself besides."""
    name_localizations: Localized = ()
    description_localizations: Localized = ()
