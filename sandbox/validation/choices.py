"""What suggestions while typing may hold.

Source: https://discord.com/developers/docs/interactions/application-commands#autocomplete
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sandbox.validation.problems import Problems

if TYPE_CHECKING:
    from sandbox.trace import Trace
    from sandbox.validation.problems import Path
    from sandbox.wire import JsonObject

_WHERE: Final = "interaction callback"
_CHOICES: Final = 25
_KEYS: Final = frozenset({"name", "value", "name_localizations"})


def check_choices(trace: Trace, fields: JsonObject) -> None:
    """Check the answer to an autocomplete.

    Equal labels are no error for Discord, but people then always get the first: a breach.

    Raises:
        RestError: 50035.
    """
    problems = Problems(trace, _WHERE, ("data",))
    if "choices" not in fields:
        problems.add(("choices",), "BASE_TYPE_REQUIRED", "This field is required")
    choices = problems.check_list(("choices",), fields.get("choices"), most=_CHOICES)
    for index, choice in enumerate(choices):
        path: Path = ("choices", index)
        problems.note_unknown_keys(path, choice, _KEYS)
        check_choice(problems, path, choice)
    problems.raise_if_any()
    labels = [choice["name"] for choice in choices]
    for label in {label for label in labels if labels.count(label) > 1} if choices else ():
        # the label may hold an opponent's name, which must not get into traces
        trace.breach("duplicate_choice_label", _WHERE, f"{labels.count(label)} equal labels")


def check_choice(problems: Problems, path: Path, choice: JsonObject) -> None:
    """Check one choice, of an autocomplete or of a declared option."""
    problems.check_text((*path, "name"), choice.get("name"), most=100, least=1, required=True)
    for locale, name in (choice.get("name_localizations") or {}).items():
        problems.check_text((*path, "name_localizations", locale), name, most=100, least=1)
    value: Any = choice.get("value")
    if isinstance(value, str):
        problems.check_text((*path, "value"), value, most=100, least=1, required=True)
    elif value is None or isinstance(value, bool) or not isinstance(value, int | float):
        problems.add((*path, "value"), "BASE_TYPE_REQUIRED", "This field is required")
