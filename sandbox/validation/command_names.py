"""Names and descriptions of commands and options.

Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sandbox.validation.problems import Path, Problems
    from sandbox.wire import JsonObject

_NAME: Final = re.compile(r"[-_'\w]{1,32}")


def check_name(problems: Problems, path: Path, node: JsonObject, *, strict: bool) -> None:
    """Check a name and its translations; ``strict`` forbids upper case and spaces."""
    names = {"name": node.get("name")}
    problems.check_text((*path, "name"), node.get("name"), most=32, least=1, required=True)
    for locale, name in (node.get("name_localizations") or {}).items():
        problems.check_text((*path, "name_localizations", locale), name, most=32, least=1)
        names[locale] = name
    for key, name in names.items():
        if strict and isinstance(name, str) and name and not _is_name(name):
            place = (*path, "name") if key == "name" else (*path, "name_localizations", key)
            problems.add(place, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def check_description(problems: Problems, path: Path, node: JsonObject) -> None:
    """Check description and its translations."""
    problems.check_text(
        (*path, "description"), node.get("description"), most=100, least=1, required=True
    )
    for locale, text in (node.get("description_localizations") or {}).items():
        problems.check_text((*path, "description_localizations", locale), text, most=100, least=1)


def _is_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and name == name.lower()
