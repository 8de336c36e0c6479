"""What the options of a command may be; groups and sub-commands are options too.

Source: https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sandbox.validation.choices import check_choice
from sandbox.validation.command_names import check_description, check_name

if TYPE_CHECKING:
    from sandbox.validation.problems import Path, Problems
    from sandbox.wire import JsonObject

_SUBCOMMAND: Final = 1
_GROUP: Final = 2
_KINDS: Final = range(1, 12)
_WITH_CHOICES: Final = frozenset({3, 4, 10})
_OPTIONS: Final = 25
_CHOICES: Final = 25
_LONGEST: Final = 6000
_KEYS: Final = frozenset(
    {
        "type",
        "name",
        "name_localizations",
        "description",
        "description_localizations",
        "required",
        "choices",
        "options",
        "channel_types",
        "min_value",
        "max_value",
        "min_length",
        "max_length",
        "autocomplete",
    }
)


def check_options(
    problems: Problems,
    path: Path,
    options: Any,
    *,
    allowed: tuple[int, ...] = (_SUBCOMMAND, _GROUP),
) -> None:
    """Check a list of options.

    Args:
        trace: Where breaches are recorded.
        where: The request's name.
        problems: Collects what is wrong.
        path: The command, or the option that holds the list.
        options: The list.
        allowed: Which of sub-commands (1) and groups (2) may stand here; groups nest one level.
    """
    place = (*path, "options")
    checked = problems.check_list(place, options, most=_OPTIONS)
    seen: set[str] = set()
    optional_seen = False
    nested = {option.get("type") in {_SUBCOMMAND, _GROUP} for option in checked}
    if len(nested) > 1:
        message = "Sub-command and sub-command group option types are mutually exclusive to others"
        problems.add(place, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
    for index, option in enumerate(checked):
        at = (*place, index)
        name = str(option.get("name"))
        if name in seen:
            message = "Option names must be unique within a command"
            problems.add(at, "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", message)
        seen.add(name)
        if option.get("required") and optional_seen:
            message = "Required options must be placed before non-required options"
            problems.add(at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional_seen = optional_seen or not option.get("required")
        _check_option(problems, at, option, allowed)


def _check_option(
    problems: Problems,
    path: Path,
    option: JsonObject,
    allowed: tuple[int, ...],
) -> None:
    problems.note_unknown_keys(path, option, _KEYS)
    check_name(problems, path, option, strict=True)
    check_description(problems, path, option)
    kind = option.get("type")
    if kind not in _KINDS or (kind in {_SUBCOMMAND, _GROUP} and kind not in allowed):
        message = "This option type cannot be used here"
        problems.add((*path, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
        return
    if kind in {_SUBCOMMAND, _GROUP}:
        below = (_SUBCOMMAND,) if kind == _GROUP else ()
        check_options(problems, path, option.get("options"), allowed=below)
        return
    _check_value_rules(problems, path, option)


def _check_value_rules(problems: Problems, path: Path, option: JsonObject) -> None:
    choices = problems.check_list((*path, "choices"), option.get("choices"), most=_CHOICES)
    names: set[str] = set()
    for index, choice in enumerate(choices):
        check_choice(problems, (*path, "choices", index), choice)
        if choice.get("name") in names:
            message = "Option choice names must be unique"
            problems.add(path, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATED", message)
        names.add(str(choice.get("name")))
    if option.get("autocomplete") and (choices or option["type"] not in _WITH_CHOICES):
        message = "Autocomplete needs a string or number option without choices"
        problems.add(path, "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID", message)
    problems.check_integer((*path, "min_length"), option.get("min_length"), least=0, most=_LONGEST)
    problems.check_integer((*path, "max_length"), option.get("max_length"), least=1, most=_LONGEST)
