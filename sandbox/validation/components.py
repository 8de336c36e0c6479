"""What may stand under a message: rows of buttons or one select, or the newer layouts.

Source: https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sandbox.validation.selects import check_select

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.validation.problems import Path, Problems
    from sandbox.wire import JsonObject

ACTION_ROW: Final = 1
BUTTON: Final = 2
_SELECTS: Final = frozenset({3, 5, 6, 7, 8})
_LAYOUTS: Final = frozenset({1, 9, 10, 12, 13, 14, 17})
"""Action row, section, text display, media gallery, file, separator, container."""
_ROWS: Final = 5
_IN_A_ROW: Final = 5
_COMPONENTS_IN_ALL: Final = 40
_TEXT_IN_ALL: Final = 4000
_LINK: Final = 5
_PREMIUM: Final = 6
_ROW_KEYS: Final = frozenset({"type", "id", "components"})
_BUTTON_KEYS: Final = frozenset(
    {
        "type",
        "id",
        "style",
        "label",
        "emoji",
        "custom_id",
        "sku_id",
        "url",
        "disabled",
    }
)


def check_components(problems: Problems, components: Any, *, uses_v2: bool) -> None:
    """Check everything under a message."""
    most = _COMPONENTS_IN_ALL if uses_v2 else _ROWS
    rows = problems.check_list(("components",), components, most=most)
    for index, row in enumerate(rows):
        path: Path = ("components", index)
        if row.get("type") == ACTION_ROW:
            _check_row(problems, path, row)
        elif not uses_v2 or row.get("type") not in _LAYOUTS:
            problems.add(
                (*path, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1,).'
            )
        else:
            for nested, child in _nested(path, row):
                if child.get("type") == ACTION_ROW:
                    _check_row(problems, nested, child)
                elif child.get("type") == BUTTON:
                    _check_button(problems, nested, child)
    if uses_v2:
        _check_totals(problems, rows)
    check_custom_ids(problems, rows)


def check_custom_ids(problems: Problems, rows: list[JsonObject]) -> None:
    """Check that no custom id is used twice."""
    seen: set[str] = set()
    for path, component in _walk((), {"components": rows}):
        custom_id = component.get("custom_id")
        if custom_id is None:
            continue
        if custom_id in seen:
            problems.add(
                (*path, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        seen.add(custom_id)


def _check_row(problems: Problems, path: Path, row: JsonObject) -> None:
    problems.note_unknown_keys(path, row, _ROW_KEYS)
    place = (*path, "components")
    children = problems.check_list(place, row.get("components"), least=1, most=_IN_A_ROW)
    for index, child in enumerate(children):
        kind = child.get("type")
        if kind == BUTTON:
            _check_button(problems, (*place, index), child)
        elif kind in _SELECTS:
            if len(children) > 1:
                message = "A select takes a whole row."
                problems.add(place, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)
            check_select(problems, (*place, index), child)
        else:
            problems.add(
                (*place, index, "type"),
                "UNION_TYPE_CHOICES",
                'Value of field "type" must be one of (2, 3, 5, 6, 7, 8).',
            )


def _check_button(problems: Problems, path: Path, button: JsonObject) -> None:
    problems.note_unknown_keys(path, button, _BUTTON_KEYS)
    style = button.get("style")
    problems.check_integer((*path, "style"), style, least=1, most=_PREMIUM, required=True)
    problems.check_text((*path, "label"), button.get("label"), most=80)
    if style == _PREMIUM:
        return
    if not button.get("label") and not button.get("emoji"):
        message = "A label or an emoji is needed."
        problems.add((*path, "label"), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message)
    if style == _LINK:
        problems.check_text((*path, "url"), button.get("url"), most=512, required=True)
        if button.get("custom_id"):
            message = "A custom id and url cannot both be specified"
            problems.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message)
    else:
        problems.check_text(
            (*path, "custom_id"), button.get("custom_id"), most=100, least=1, required=True
        )


def _check_totals(problems: Problems, rows: list[JsonObject]) -> None:
    components = [component for _, component in _walk((), {"components": rows})]
    if len(components) > _COMPONENTS_IN_ALL:
        message = "The total number of components cannot exceed 40."
        problems.add(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    text = sum(len(str(component.get("content") or "")) for component in components)
    if text > _TEXT_IN_ALL:
        message = "The total length of displayed text cannot exceed 4000."
        problems.add(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)


def _nested(path: Path, component: JsonObject) -> Iterator[tuple[Path, JsonObject]]:
    for index, child in enumerate(component.get("components") or []):
        yield (*path, "components", index), child
    if isinstance(component.get("accessory"), dict):
        yield (*path, "accessory"), component["accessory"]


def _walk(path: Path, component: JsonObject) -> Iterator[tuple[Path, JsonObject]]:
    for nested, child in _nested(path, component):
        if isinstance(child, dict):
            yield nested, child
            yield from _walk(nested, child)
