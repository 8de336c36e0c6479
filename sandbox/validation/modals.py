"""What a form may hold.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding#modal
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.validation.components import check_custom_ids
from sandbox.validation.problems import Problems
from sandbox.validation.selects import check_select

if TYPE_CHECKING:
    from sandbox.trace import Trace
    from sandbox.validation.problems import Path
    from sandbox.wire import JsonObject

_WHERE: Final = "interaction callback"
_ROWS: Final = 5
_TEXT_INPUT: Final = 4
_SELECTS: Final = frozenset({3, 5, 6, 7, 8})
_LONGEST_INPUT: Final = 4000
_KEYS: Final = frozenset({"custom_id", "title", "components"})
_ROW_KEYS: Final = frozenset({"type", "id", "components", "label", "description", "component"})
_INPUT_KEYS: Final = frozenset(
    {
        "type",
        "id",
        "custom_id",
        "style",
        "label",
        "min_length",
        "max_length",
        "required",
        "value",
        "placeholder",
    }
)


def check_modal(trace: Trace, fields: JsonObject) -> None:
    """Check a form.

    Raises:
        RestError: 50035.
    """
    problems = Problems(trace, _WHERE, ("data",))
    problems.note_unknown_keys((), fields, _KEYS)
    problems.check_text(("title",), fields.get("title"), most=45, least=1, required=True)
    problems.check_text(("custom_id",), fields.get("custom_id"), most=100, least=1, required=True)
    rows = problems.check_list(("components",), fields.get("components"), least=1, most=_ROWS)
    for index, row in enumerate(rows):
        path: Path = ("components", index)
        problems.note_unknown_keys(path, row, _ROW_KEYS)
        _check_row(problems, path, row)
    check_custom_ids(problems, rows)
    problems.raise_if_any()


def _check_row(problems: Problems, path: Path, row: JsonObject) -> None:
    match row.get("type"):
        case 1:
            place = (*path, "components")
            inputs = problems.check_list(place, row.get("components"), least=1, most=1)
            for index, child in enumerate(inputs):
                _check_input(problems, (*place, index), child, needs_label=True)
        case 18:
            problems.check_text((*path, "label"), row.get("label"), most=45, required=True)
            problems.check_text((*path, "description"), row.get("description"), most=100)
            child = row.get("component") or {}
            _check_input(problems, (*path, "component"), child, needs_label=False)
        case 10:
            problems.check_text((*path, "content"), row.get("content"), most=4000, required=True)
        case _:
            problems.add(
                (*path, "type"),
                "UNION_TYPE_CHOICES",
                'Value of field "type" must be one of (1, 10, 18).',
            )


def _check_input(problems: Problems, path: Path, child: JsonObject, *, needs_label: bool) -> None:
    if child.get("type") in _SELECTS and not needs_label:
        check_select(problems, path, child)
        return
    if child.get("type") != _TEXT_INPUT:
        # file uploads, radio groups and checkboxes are newer than what the sandbox can show
        problems.add((*path, "type"), "UNION_TYPE_CHOICES", "This component cannot be used here.")
        return
    problems.note_unknown_keys(path, child, _INPUT_KEYS)
    problems.check_text(
        (*path, "custom_id"), child.get("custom_id"), most=100, least=1, required=True
    )
    problems.check_text((*path, "label"), child.get("label"), most=45, required=needs_label)
    problems.check_integer((*path, "style"), child.get("style"), least=1, most=2, required=True)
    problems.check_text((*path, "value"), child.get("value"), most=_LONGEST_INPUT)
    problems.check_text((*path, "placeholder"), child.get("placeholder"), most=100)
    problems.check_integer(
        (*path, "min_length"), child.get("min_length"), least=0, most=_LONGEST_INPUT
    )
    problems.check_integer(
        (*path, "max_length"), child.get("max_length"), least=1, most=_LONGEST_INPUT
    )
