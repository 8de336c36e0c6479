from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.declarations import (
    CommandDeclaration,
    DeclaredOption,
    SubcommandDeclaration,
)
from scooty.domain.roles import Role
from scooty.features.registry import COMMANDS, COMPONENTS, DECLARATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = re.compile(r"[-_'\w]{1,32}")


def leaves() -> Iterator[tuple[str, CommandDeclaration | SubcommandDeclaration]]:
    for command in DECLARATIONS:
        if not command.children:
            yield command.name, command
        for child in command.children:
            if isinstance(child, SubcommandDeclaration):
                yield f"{command.name} {child.name}", child
                continue
            for grandchild in child.subcommands:
                yield f"{command.name} {child.name} {grandchild.name}", grandchild


def options() -> Iterator[tuple[str, DeclaredOption]]:
    for path, leaf in leaves():
        for option in leaf.options:
            yield path, option


def test_every_declared_command_has_a_handler_and_no_other_has() -> None:
    assert {path for path, _ in leaves()} == set(COMMANDS)


def test_every_option_with_suggestions_has_an_autocompleter_and_no_other_has() -> None:
    declared = {(path, option.name) for path, option in options() if option.autocomplete}

    assert declared == {
        (path, o) for path, command in COMMANDS.items() for o in command.autocompleters
    }


def described() -> list[CommandDeclaration | SubcommandDeclaration | DeclaredOption]:
    typed = [command for command in DECLARATIONS if command.kind == "slash"]
    children = [leaf for _, leaf in leaves() if isinstance(leaf, SubcommandDeclaration)]
    return [*typed, *children, *(o for _, o in options())]


def test_names_and_descriptions_are_what_discord_takes_in_every_language() -> None:
    for thing in described():
        names = [thing.name, *(text for _, text in thing.name_localizations)]
        descriptions = [thing.description, *(text for _, text in thing.description_localizations)]
        assert all(NAME.fullmatch(name) and name == name.lower() for name in names), names
        assert all(1 <= len(text) <= 100 for text in descriptions), descriptions


def test_a_menus_name_is_what_discord_takes_in_every_language() -> None:
    menus = [command for command in DECLARATIONS if command.kind != "slash"]

    assert menus
    for menu in menus:
        assert menu.description == ""
        assert {locale for locale, _ in menu.name_localizations} == {"en-GB", "en-US", "fr"}
        assert all(1 <= len(text) <= 32 for _, text in menu.name_localizations)


def test_every_description_is_there_in_french_and_in_both_englishes() -> None:
    locales = [{locale for locale, _ in thing.description_localizations} for thing in described()]

    assert all(found == {"en-GB", "en-US", "fr"} for found in locales)


def test_a_comment_is_limited_by_the_option_itself() -> None:
    limits = {(path, option.name): option.max_length for path, option in options()}

    assert limits["scout", "comment"] == 500
    assert limits["scout", "opponent"] == limits["check", "name"] == 100


@pytest.mark.parametrize("command", DECLARATIONS, ids=lambda command: command.name)
def test_what_discord_hides_from_others_the_registry_refuses_to_them(
    command: CommandDeclaration,
) -> None:
    roles = {
        entry.role
        for path, entry in COMMANDS.items()
        if path == command.name or path.startswith(f"{command.name} ")
    }

    # Not the reverse: a team's captain need not be one of the server's administrators.
    assert not command.administrators_only or roles == {Role.CAPTAIN}


def test_a_verbs_names_are_short_enough_for_two_snowflakes() -> None:
    assert all(len(verb(2**63, 2**63)) <= 100 for verb in COMPONENTS)
