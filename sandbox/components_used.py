"""Buttons, selects and forms as a person uses them, with the checks of Discord's own client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.client_refusal import ClientRefusalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.wire import JsonObject
    from sandbox.world import Message

_BUTTON: Final = 2
_STRING_SELECT: Final = 3
_TEXT_INPUT: Final = 4
_LABEL: Final = 18


def component_body(message: Message, custom_id: str, *, values: list[str] | None) -> JsonObject:
    """Return the data of a component interaction.

    Raises:
        ClientRefusalError: When there is no such component, or it cannot be used so.
    """
    for component in _walk(message.body["components"]):
        if component.get("custom_id") == custom_id:
            return _used(component, custom_id, values)
    raise ClientRefusalError("client.no_component", custom_id=custom_id)


def _used(component: JsonObject, custom_id: str, values: list[str] | None) -> JsonObject:
    if component.get("disabled"):
        raise ClientRefusalError("client.disabled")
    kind = component["type"]
    if (kind == _BUTTON) != (values is None):
        raise ClientRefusalError("client.button_or_select")
    body: JsonObject = {
        "custom_id": custom_id,
        "component_type": kind,
        "id": component.get("id", 0),
    }
    if values is not None:
        _check_values(component, values)
        body["values"] = values
    return body


def _check_values(component: JsonObject, values: list[str]) -> None:
    least, most = component.get("min_values", 1), component.get("max_values", 1)
    if not least <= len(values) <= most:
        raise ClientRefusalError("client.value_count", least=least, most=most)
    if component["type"] == _STRING_SELECT:
        offered = {option["value"] for option in component["options"]}
        if not offered.issuperset(values):
            raise ClientRefusalError("client.not_offered")


def submitted_body(modal: JsonObject, fields: list[JsonObject]) -> JsonObject:
    """Return the data of a submitted form.

    Raises:
        ClientRefusalError: When a required input is empty or a value has the wrong length.
    """
    given = {str(each["custom_id"]): each.get("value") for each in fields}
    rows = [_submitted_row(row, given) for row in modal["components"]]
    return {"custom_id": modal["custom_id"], "components": [row for row in rows if row]}


def _submitted_row(row: JsonObject, given: dict[str, object]) -> JsonObject | None:
    head = {"type": row["type"], "id": row.get("id", 0)}
    if row["type"] == _LABEL:
        return {**head, "component": _submitted_input(row["component"], given)}
    if "components" in row:
        return {**head, "components": [_submitted_input(each, given) for each in row["components"]]}
    return None


def _submitted_input(component: JsonObject, given: dict[str, object]) -> JsonObject:
    custom_id = component["custom_id"]
    head: JsonObject = {
        "type": component["type"],
        "id": component.get("id", 0),
        "custom_id": custom_id,
    }
    value = given.get(custom_id)
    if component["type"] != _TEXT_INPUT:
        values = value if isinstance(value, list) else [] if value is None else [str(value)]
        return {**head, "values": values}
    text = str(component.get("value") or "") if value is None else str(value)
    least = component.get("min_length") or 0
    most = component.get("max_length") or 4000
    if not text and component.get("required", True):
        raise ClientRefusalError("client.input_required", custom_id=custom_id)
    if text and not least <= len(text) <= most:
        raise ClientRefusalError("client.input_length", custom_id=custom_id, least=least, most=most)
    return {**head, "value": text}


def _walk(components: list[JsonObject]) -> Iterator[JsonObject]:
    for component in components:
        yield component
        yield from _walk(component.get("components") or [])
        if isinstance(component.get("accessory"), dict):
            yield component["accessory"]
