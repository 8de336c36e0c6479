"""What an application command may be.

Source: https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sandbox.rest.errors import bad_request
from sandbox.validation.command_names import check_description, check_name
from sandbox.validation.command_options import check_options
from sandbox.validation.problems import Problems

if TYPE_CHECKING:
    from sandbox.trace import Trace
    from sandbox.validation.problems import Path
    from sandbox.wire import JsonObject

_SLASH: Final = 1
_MOST: Final = {1: 100, 2: 15, 3: 15}
_TOTAL: Final = 8000
_KEYS: Final = frozenset(
    {
        "id",
        "application_id",
        "version",
        "guild_id",
        "name",
        "name_localizations",
        "description",
        "description_localizations",
        "options",
        "default_member_permissions",
        "dm_permission",
        "default_permission",
        "type",
        "nsfw",
        "integration_types",
        "contexts",
        "handler",
    }
)


def check_command(trace: Trace, where: str, command: JsonObject) -> None:
    """Check one command.

    Raises:
        RestError: 50035.
    """
    problems = Problems(trace, where)
    _check_one(problems, (), command)
    problems.raise_if_any()


def check_command_set(trace: Trace, where: str, commands: list[JsonObject]) -> None:
    """Check all commands of a scope together.

    Raises:
        RestError: 50035; 30032 for too many.
    """
    problems = Problems(trace, where)
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        _check_one(problems, (index,), command)
        key = (command.get("type") or _SLASH, str(command.get("name")))
        if key in seen:
            problems.add(
                (index, "name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            )
        seen.add(key)
    problems.raise_if_any()
    for kind, number in Counter(kind for kind, _ in seen).items():
        if number > _MOST[kind]:
            trace.breach("command_count", where, f"{number} commands of type {kind}")
            raise bad_request(
                30032, f"Maximum number of application commands reached ({_MOST[kind]})"
            )


def _check_one(problems: Problems, path: Path, command: JsonObject) -> None:
    problems.note_unknown_keys(path, command, _KEYS)
    kind = command.get("type") or _SLASH
    if kind not in _MOST:
        problems.add((*path, "type"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3}.")
        return
    is_slash = kind == _SLASH
    check_name(problems, path, command, strict=is_slash)
    if is_slash:
        check_description(problems, path, command)
        check_options(problems, path, command.get("options"))
    elif command.get("description") or command.get("options"):
        message = "Context menu commands have no description and no options"
        problems.add(path, "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", message)
    if _length(command) > _TOTAL:
        message = f"Command exceeds maximum size ({_TOTAL})"
        problems.add(path, "APPLICATION_COMMAND_TOO_LARGE", message)


def _length(node: JsonObject) -> int:
    """Return the characters that count, the longest translation standing for each text.

    Source: the same page, "8000 characters for combined name, description, and value properties".
    """
    total = _longest(node, "name") + _longest(node, "description")
    for choice in node.get("choices") or []:
        total += _longest(choice, "name") + len(str(choice.get("value", "")))
    return total + sum(_length(option) for option in node.get("options") or [])


def _longest(node: JsonObject, key: str) -> int:
    texts = [node.get(key) or "", *(node.get(f"{key}_localizations") or {}).values()]
    return max(len(str(text)) for text in texts)
