"""``/archetype add | edit | alias | merge | retire | list``, and ``/admin archetype``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.declarations import (
    CommandDeclaration,
    DeclaredOption,
    OptionKind,
    SubcommandDeclaration,
    SubcommandGroupDeclaration,
)
from scooty.core.command import Command, Component
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.inputs import ARCHETYPE, TextOption
from scooty.core.text.problems import Effect
from scooty.domain.roles import Role
from scooty.features.archetypes.commands.archetype_change import add, alias, edit, retire
from scooty.features.archetypes.commands.archetype_list import (
    list_archetypes,
    suggest_formats,
    turn_page,
)
from scooty.features.archetypes.commands.archetype_merge import cancel, confirm, preview
from scooty.features.archetypes.commands.archetype_options import (
    ALIAS,
    ALIASES,
    COLOUR,
    COLOURS,
    EMOJI,
    FORMAT,
    INTO,
    NAME,
    NEW_NAME,
)
from scooty.features.archetypes.replies.archetype_list import LIST_ARCHETYPES
from scooty.features.archetypes.replies.archetype_merges import CANCEL_MERGE, CONFIRM_MERGE
from scooty.features.reports.commands.scout import suggest_archetypes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.command import Autocompleter, CommandHandler

_COMPLETERS: Final[Mapping[str, Autocompleter]] = {
    ARCHETYPE.name: suggest_archetypes,
    INTO.name: suggest_archetypes,
    FORMAT.name: suggest_formats,
}


def _switch(name: str, name_key: str, description_key: str) -> DeclaredOption:
    return DeclaredOption(
        name=name,
        description=ENGLISH(description_key),
        kind=OptionKind.BOOLEAN,
        name_localizations=localizations(name_key),
        description_localizations=localizations(description_key),
    )


_REMOVE: Final = _switch("remove", "option.archetype_remove.name", "option.archetype_remove")
_RESTORE: Final = _switch("restore", "option.archetype_restore.name", "option.archetype_restore")
_ADD: Final = (NAME, COLOURS, FORMAT, EMOJI, COLOUR, ALIASES)
_EDIT: Final = (ARCHETYPE, NEW_NAME, COLOURS, FORMAT, EMOJI, COLOUR)


def _child(
    name: str, description_key: str, *options: TextOption | DeclaredOption
) -> SubcommandDeclaration:
    return SubcommandDeclaration(
        name=name,
        description=ENGLISH(description_key),
        description_localizations=localizations(description_key),
        options=tuple(
            option.declared() if isinstance(option, TextOption) else option for option in options
        ),
    )


def _command(
    path: str, handler: CommandHandler, *options: TextOption, role: Role = Role.CAPTAIN
) -> Command:
    completed = [option.name for option in options if option.autocomplete]
    return Command(
        path=path,
        handler=handler,
        role=role,
        effect=Effect.NOTHING if handler in {preview, list_archetypes} else Effect.ARCHETYPE,
        autocompleters={name: _COMPLETERS[name] for name in completed},
    )


DECLARATION: Final = CommandDeclaration(
    name="archetype",
    description=ENGLISH("command.archetype"),
    description_localizations=localizations("command.archetype"),
    children=(
        _child("add", "command.archetype.add", *_ADD),
        _child("edit", "command.archetype.edit", *_EDIT),
        _child("alias", "command.archetype.alias", ARCHETYPE, ALIAS, _REMOVE),
        _child("merge", "command.archetype.merge", ARCHETYPE, INTO),
        _child("retire", "command.archetype.retire", ARCHETYPE, _RESTORE),
        _child("list", "command.archetype.list", FORMAT),
    ),
)
ADMIN_GROUP: Final = SubcommandGroupDeclaration(
    name="archetype",
    description=ENGLISH("command.archetype"),
    description_localizations=localizations("command.archetype"),
    subcommands=(
        _child("add", "command.archetype.add", *_ADD),
        _child("remove", "command.archetype.retire", ARCHETYPE, _RESTORE),
        _child("list", "command.archetype.list", FORMAT),
    ),
)
"""The earlier names, under ``/admin``."""
COMMANDS: Final = (
    _command("archetype add", add, *_ADD),
    _command("archetype edit", edit, *_EDIT),
    _command("archetype alias", alias, ARCHETYPE, ALIAS),
    _command("archetype merge", preview, ARCHETYPE, INTO),
    _command("archetype retire", retire, ARCHETYPE),
    _command("archetype list", list_archetypes, FORMAT, role=Role.READER),
    _command("admin archetype add", add, *_ADD),
    _command("admin archetype remove", retire, ARCHETYPE),
    _command("admin archetype list", list_archetypes, FORMAT),
)
COMPONENTS: Final = (
    Component(verb=CONFIRM_MERGE, handler=confirm, role=Role.CAPTAIN, effect=Effect.ARCHETYPE),
    Component(verb=CANCEL_MERGE, handler=cancel, role=Role.CAPTAIN),
    Component(verb=LIST_ARCHETYPES, handler=turn_page, role=Role.READER),
)
