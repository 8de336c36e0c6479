"""What a select may hold.

Source: https://discord.com/developers/docs/components/reference#string-select
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sandbox.validation.problems import Path, Problems
    from sandbox.wire import JsonObject

_STRING_SELECT: Final = 3
_OPTIONS: Final = 25
_KEYS: Final = frozenset(
    {
        "type",
        "id",
        "custom_id",
        "options",
        "placeholder",
        "min_values",
        "max_values",
        "disabled",
        "channel_types",
        "default_values",
        "required",
    }
)
_OPTION_KEYS: Final = frozenset({"label", "value", "description", "emoji", "default"})


def check_select(problems: Problems, path: Path, select: JsonObject) -> None:
    """Check a select and, for a list of texts, its options."""
    problems.note_unknown_keys(path, select, _KEYS)
    problems.check_text(
        (*path, "custom_id"), select.get("custom_id"), most=100, least=1, required=True
    )
    problems.check_text((*path, "placeholder"), select.get("placeholder"), most=150)
    least, most = select.get("min_values"), select.get("max_values")
    problems.check_integer((*path, "min_values"), least, least=0, most=_OPTIONS)
    problems.check_integer((*path, "max_values"), most, least=1, most=_OPTIONS)
    if select.get("type") == _STRING_SELECT:
        _check_options(problems, path, select)


def _check_options(problems: Problems, path: Path, select: JsonObject) -> None:
    place = (*path, "options")
    options = problems.check_list(place, select.get("options"), least=1, most=_OPTIONS)
    seen: set[str] = set()
    for index, option in enumerate(options):
        at = (*place, index)
        problems.note_unknown_keys(at, option, _OPTION_KEYS)
        problems.check_text((*at, "label"), option.get("label"), most=100, least=1, required=True)
        problems.check_text((*at, "value"), option.get("value"), most=100, least=1, required=True)
        problems.check_text((*at, "description"), option.get("description"), most=100)
        value = str(option.get("value"))
        if value in seen:
            problems.add(
                (*at, "value"),
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
        seen.add(value)
    chosen = sum(bool(option.get("default")) for option in options)
    most = select.get("max_values") or 1
    if isinstance(most, int) and (most > max(len(options), 1) or chosen > most):
        problems.add(
            (*path, "max_values"),
            "SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS",
            "max_values cannot exceed the number of options, nor defaults max_values",
        )
