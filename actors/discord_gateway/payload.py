"""From plain replies to the JSON that Discord's API takes: pure, and without the library.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding and
https://discord.com/developers/docs/resources/message
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias, assert_never

from actors.discord_gateway.replies import (
    ActionRow,
    Button,
    Embed,
    OfferChoices,
    Reply,
    Select,
    ShowModal,
    TextInput,
    UpdateMessage,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.discord_gateway.replies import File, Response, SelectOption

JsonObject: TypeAlias = dict[str, Any]

_REPLY: Final = 4
_DEFER: Final = 5
_DEFER_UPDATE: Final = 6
_UPDATE: Final = 7
_CHOICES: Final = 8
_MODAL: Final = 9

_EPHEMERAL: Final = 1 << 6
_NO_MENTIONS: Final[JsonObject] = {"parse": []}  # whatever a text contains, nobody is pinged by it

_BUTTON_STYLES: Final = {"primary": 1, "secondary": 2, "success": 3, "danger": 4}
_TEXT_STYLES: Final = {"short": 1, "paragraph": 2}
_CUSTOM_EMOJI: Final = re.compile(r"<(?P<animated>a?):(?P<name>\w+):(?P<id>\d+)>")


def callback_body(response: Response) -> JsonObject:
    """Build the body of ``POST /interactions/{id}/{token}/callback``."""
    match response:
        case Reply():
            return {"type": _REPLY, "data": message_body(response, replaces=False)}
        case UpdateMessage(reply=reply):
            return {"type": _UPDATE, "data": message_body(reply, replaces=True)}
        case ShowModal():
            return {"type": _MODAL, "data": _modal(response)}
        case OfferChoices(choices=choices):
            listed = [{"name": choice.name, "value": choice.value} for choice in choices]
            return {"type": _CHOICES, "data": {"choices": listed}}
        case _:
            assert_never(response)


def deferral_body(*, ephemeral: bool, update: bool) -> JsonObject:
    """Build the callback that asks for more time."""
    if update:
        return {"type": _DEFER_UPDATE}
    return {"type": _DEFER, "data": {"flags": _EPHEMERAL}} if ephemeral else {"type": _DEFER}


def message_body(reply: Reply, *, replaces: bool) -> JsonObject:
    """Build a message.

    Args:
        reply: What the person is to see.
        replaces: True for the edit of a message. An edit keeps each part that it does not name, so
            all parts are named then; and it cannot change who sees the message.
    """
    body: JsonObject = {
        "content": reply.content,
        "embeds": [_embed(embed) for embed in reply.embeds],
        "components": [_row(row) for row in reply.rows],
        "attachments": _attachments(reply.files),
    }
    if not replaces:
        body = {name: part for name, part in body.items() if part}
        if reply.ephemeral:
            body["flags"] = _EPHEMERAL
    body["allowed_mentions"] = _NO_MENTIONS
    return body


def files_of(response: Response) -> tuple[File, ...]:
    """List the files that go along with a response."""
    match response:
        case Reply(files=files) | UpdateMessage(reply=Reply(files=files)):
            return files
        case _:
            return ()


def _attachments(files: Sequence[File]) -> list[JsonObject]:
    return [
        _without_none(id=str(index), filename=file.name, description=file.description)
        for index, file in enumerate(files)
    ]


def _embed(embed: Embed) -> JsonObject:
    return _without_none(
        title=embed.title,
        description=embed.description,
        color=embed.colour,
        fields=[
            {"name": field.name, "value": field.value, "inline": field.inline}
            for field in embed.fields
        ]
        or None,
        footer=None if embed.footer is None else {"text": embed.footer},
        image=None if embed.image is None else {"url": f"attachment://{embed.image}"},
    )


def _row(row: ActionRow) -> JsonObject:
    return {"type": 1, "components": [_component(component) for component in row.components]}


def _component(component: Button | Select) -> JsonObject:
    match component:
        case Button():
            return _without_none(
                type=2,
                style=_BUTTON_STYLES[component.style],
                label=component.label or None,
                custom_id=component.custom_id,
                emoji=_emoji(component.emoji),
                disabled=component.disabled or None,
            )
        case Select():
            return _without_none(
                type=3,
                custom_id=component.custom_id,
                options=[_select_option(option) for option in component.options],
                placeholder=component.placeholder,
                min_values=component.min_values,
                max_values=component.max_values,
            )
        case _:
            assert_never(component)


def _select_option(option: SelectOption) -> JsonObject:
    return _without_none(
        label=option.label,
        value=option.value,
        description=option.description,
        emoji=_emoji(option.emoji),
        default=option.default or None,
    )


def _modal(modal: ShowModal) -> JsonObject:
    rows = [{"type": 1, "components": [_text_input(text)]} for text in modal.inputs]
    return {"custom_id": modal.custom_id, "title": modal.title, "components": rows}


def _text_input(text: TextInput) -> JsonObject:
    return _without_none(
        type=4,
        custom_id=text.custom_id,
        label=text.label,
        style=_TEXT_STYLES[text.style],
        value=text.value,
        placeholder=text.placeholder,
        required=text.required,
        min_length=text.min_length,
        max_length=text.max_length,
    )


def _emoji(emoji: str | None) -> JsonObject | None:
    """A Unicode emoji by name; a server's own, written ``<:name:id>``, by id."""
    if emoji is None:
        return None
    custom = _CUSTOM_EMOJI.fullmatch(emoji)
    if custom is None:
        return {"name": emoji}
    return {"name": custom["name"], "id": custom["id"], "animated": custom["animated"] == "a"}


def _without_none(**parts: Any) -> JsonObject:
    return {name: part for name, part in parts.items() if part is not None}
