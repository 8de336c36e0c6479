"""What ``/archetype`` asks, and how what is typed there is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scooty.core.inputs import ARCHETYPE, TextOption
from scooty.core.text.limits import CHOICE_LABEL
from scooty.domain.names import is_name
from scooty.errors import UserError
from scooty.features.archetypes.calls import ArchetypeChanges
from scooty.features.archetypes.replies.archetypes import format_name
from scooty.features.archetypes.rules import (
    FORMATS,
    read_colours,
    read_display_colour,
    read_emoji,
    read_formats,
)

if TYPE_CHECKING:
    from scooty.core.requests import CommandRequest

_NONE: Final = frozenset({"-", "none", "aucun", "aucune"})
"""What takes away an emoji, a colour or formats."""
_MOST_ALIASES: Final = 20

NAME: Final = TextOption(
    name="name",
    name_key="option.archetype_name.name",
    description_key="option.archetype_name",
    limit=CHOICE_LABEL,
)
NEW_NAME: Final = replace(NAME, description_key="option.archetype_new_name", required=False)
INTO: Final = replace(
    ARCHETYPE,
    name="into",
    name_key="option.archetype_into.name",
    description_key="option.archetype_into",
)
ALIAS: Final = TextOption(
    name="alias",
    name_key="option.archetype_alias.name",
    description_key="option.archetype_alias",
    limit=CHOICE_LABEL,
)
ALIASES: Final = TextOption(
    name="aliases",
    name_key="option.archetype_aliases.name",
    description_key="option.archetype_aliases",
    limit=1_000,
    required=False,
)
COLOURS: Final = TextOption(
    name="colours",
    name_key="option.archetype_colours.name",
    description_key="option.archetype_colours",
    limit=100,
    required=False,
)
FORMAT: Final = TextOption(
    name="format",
    name_key="option.archetype_format.name",
    description_key="option.archetype_format",
    limit=100,
    required=False,
    autocomplete=True,
)
EMOJI: Final = TextOption(
    name="emoji",
    name_key="option.archetype_emoji.name",
    description_key="option.archetype_emoji",
    limit=64,
    required=False,
)
COLOUR: Final = TextOption(
    name="colour",
    name_key="option.archetype_colour.name",
    description_key="option.archetype_colour",
    limit=20,
    required=False,
)


def read_details(request: CommandRequest) -> ArchetypeChanges:
    """Read the options that say what an archetype is like; those left out are None.

    Raises:
        UserError: One of them cannot be understood.
    """
    return ArchetypeChanges(
        name=NEW_NAME.read(request) or None,
        colours=_colours(request),
        formats=_formats(request),
        emoji=_emoji(request),
        display_colour=_display_colour(request),
    )


def _colours(request: CommandRequest) -> str | None:
    typed = COLOURS.read(request)
    colours = read_colours(typed)
    if typed and colours is None:
        raise UserError("archetype.not_colours", typed=typed)
    return colours


def _formats(request: CommandRequest) -> tuple[str, ...] | None:
    typed = FORMAT.read(request)
    if not typed:
        return None
    if typed.casefold() in _NONE:
        return ()
    formats = read_formats(typed)
    if formats is None:
        known = ", ".join(map(format_name, FORMATS))
        raise UserError("archetype.not_formats", typed=typed, known=known)
    return formats


def _emoji(request: CommandRequest) -> str | None:
    typed = EMOJI.read(request)
    if not typed:
        return None
    if typed.casefold() in _NONE:
        return ""
    emoji = read_emoji(typed)
    if emoji is None:
        raise UserError("archetype.not_emoji", typed=typed)
    return emoji


def _display_colour(request: CommandRequest) -> int | None:
    typed = COLOUR.read(request)
    if not typed:
        return None
    if typed.casefold() in _NONE:
        return -1
    colour = read_display_colour(typed)
    if colour is None:
        raise UserError("archetype.not_colour", typed=typed)
    return colour


def read_format(request: CommandRequest) -> str | None:
    """Read the one format of a list; None for all.

    Raises:
        UserError: It is none, or several.
    """
    formats = _formats(request)
    if formats is not None and len(formats) > 1:
        raise UserError("archetype.one_format")
    return formats[0] if formats else None


def read_aliases(request: CommandRequest) -> tuple[str, ...]:
    """Read other names, by commas.

    Raises:
        UserError: There are too many, or one is no name.
    """
    aliases = tuple(
        alias
        for part in ALIASES.read(request).replace(";", ",").split(",")
        if (alias := part.strip())
    )
    if len(aliases) > _MOST_ALIASES:
        raise UserError("archetype.too_many_aliases", limit=_MOST_ALIASES)
    for alias in aliases:
        if not is_name(alias) or not any(sign.isalnum() for sign in alias):
            raise UserError("archetype.not_alias", typed=alias)
    return aliases
