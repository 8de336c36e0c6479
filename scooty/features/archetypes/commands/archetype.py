"""``/archetype add | edit | alias | merge | retire | list``, and ``/admin archetype``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from scooty.core.command import Command, Component, Feature
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


def _command(
    path: str,
    handler: CommandHandler,
    *options: TextOption | DeclaredOption,
    role: Role = Role.CAPTAIN,
    described_as: str = "",
) -> Command:
    completed = [option.name for option in options if option.autocomplete]
    return Command(
        path=path,
        handler=handler,
        role=role,
        options=options,
        described_as=described_as,
        effect=Effect.NOTHING if handler in {preview, list_archetypes} else Effect.ARCHETYPE,
        autocompleters={name: _COMPLETERS[name] for name in completed},
    )


FEATURE: Final = Feature(
    commands=(
        _command("archetype add", add, *_ADD),
        _command("archetype edit", edit, *_EDIT),
        _command("archetype alias", alias, ARCHETYPE, ALIAS, _REMOVE),
        _command("archetype merge", preview, ARCHETYPE, INTO),
        _command("archetype retire", retire, ARCHETYPE, _RESTORE),
        _command("archetype list", list_archetypes, FORMAT, role=Role.READER),
        _command("admin archetype add", add, *_ADD, described_as="command.archetype.add"),
        _command(
            "admin archetype remove",
            retire,
            ARCHETYPE,
            _RESTORE,
            described_as="command.archetype.retire",
        ),
        _command(
            "admin archetype list", list_archetypes, FORMAT, described_as="command.archetype.list"
        ),
    ),
    components=(
        Component(verb=CONFIRM_MERGE, handler=confirm, role=Role.CAPTAIN, effect=Effect.ARCHETYPE),
        Component(verb=CANCEL_MERGE, handler=cancel, role=Role.CAPTAIN),
        Component(verb=LIST_ARCHETYPES, handler=turn_page, role=Role.READER),
    ),
)
