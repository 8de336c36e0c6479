"""Discord's size limits, and a check of a response against them.

Lengths are counted in UTF-16 units, the strictest reading.

Source: https://discord.com/developers/docs/resources/message#embed-object-embed-limits
Source: https://discord.com/developers/docs/components/reference
Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.messages import (
    ActionRow,
    Button,
    Embed,
    OfferChoices,
    Reply,
    Response,
    Select,
    ShowModal,
    UpdateMessage,
)
from scooty.domain.text import length

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "CHOICES",
    "CHOICE_LABEL",
    "CUSTOM_ID",
    "EMBED_DESCRIPTION",
    "EMBED_FIELD_NAME",
    "EMBED_FIELD_VALUE",
    "EMBED_TITLE",
    "SELECT_LABEL",
    "SELECT_OPTIONS",
    "breaches",
]

CONTENT = 2_000
EMBEDS = 10
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4_096
EMBED_FIELDS = 25
EMBED_FIELD_NAME = 256
EMBED_FIELD_VALUE = 1_024
EMBED_FOOTER = 2_048
EMBEDS_TOTAL = 6_000
ROWS = 5
BUTTONS = 5
BUTTON_LABEL = 80
CUSTOM_ID = 100
SELECT_OPTIONS = 25
SELECT_LABEL = 100
SELECT_PLACEHOLDER = 150
CHOICES = 25
CHOICE_LABEL = 100
MODAL_TITLE = 45
MODAL_INPUTS = 5
INPUT_LABEL = 45


def breaches(response: Response) -> tuple[str, ...]:
    """Name each limit that ``response`` breaks; empty when Discord would take it."""
    match response:
        case Reply():
            return tuple(_of_reply(response))
        case UpdateMessage(reply=reply):
            return tuple(_of_reply(reply))
        case OfferChoices():
            return tuple(_of_choices(response))
        case ShowModal():
            return tuple(_of_modal(response))


def _text(name: str, text: str | None, limit: int, *, required: bool = False) -> Iterator[str]:
    if text is not None and length(text) > limit:
        yield f"{name}: {length(text)} over {limit}"
    if (required and not text) or (text is not None and not text.strip()):
        yield f"{name}: empty"


def _count(name: str, count: int, limit: int, *, least: int = 0) -> Iterator[str]:
    if not least <= count <= limit:
        yield f"{name}: {count} is not {least} to {limit}"


def _of_reply(reply: Reply) -> Iterator[str]:
    if not (reply.content or reply.embeds or reply.files):
        yield "reply: nothing to show"
    yield from _text("content", reply.content, CONTENT)
    yield from _count("embeds", len(reply.embeds), EMBEDS)
    yield from _count("embeds' total", sum(map(_total, reply.embeds)), EMBEDS_TOTAL)
    for embed in reply.embeds:
        yield from _of_embed(embed)
    yield from _count("rows", len(reply.rows), ROWS)
    for row in reply.rows:
        yield from _of_row(row)
    ids = [component.custom_id for row in reply.rows for component in row.components]
    if len(set(ids)) < len(ids):
        yield "custom_id: not unique in the message"


def _total(embed: Embed) -> int:
    texts = [embed.title, embed.description, embed.footer]
    texts += [text for field in embed.fields for text in (field.name, field.value)]
    return sum(length(text) for text in texts if text)


def _of_embed(embed: Embed) -> Iterator[str]:
    if not (embed.title or embed.description or embed.fields or embed.image):
        yield "embed: nothing to show"
    yield from _text("embed title", embed.title, EMBED_TITLE)
    yield from _text("embed description", embed.description, EMBED_DESCRIPTION)
    yield from _text("embed footer", embed.footer, EMBED_FOOTER)
    yield from _count("embed fields", len(embed.fields), EMBED_FIELDS)
    for field in embed.fields:
        yield from _text("field name", field.name, EMBED_FIELD_NAME, required=True)
        yield from _text("field value", field.value, EMBED_FIELD_VALUE, required=True)


def _of_row(row: ActionRow) -> Iterator[str]:
    yield from _count("components of a row", len(row.components), BUTTONS, least=1)
    if any(isinstance(component, Select) for component in row.components):
        yield from _count("a select's neighbours", len(row.components) - 1, 0)
    for component in row.components:
        yield from _text("custom_id", component.custom_id, CUSTOM_ID, required=True)
        if isinstance(component, Button):
            yield from _text("button label", component.label, BUTTON_LABEL, required=True)
        else:
            yield from _of_select(component)


def _of_select(select: Select) -> Iterator[str]:
    yield from _count("select options", len(select.options), SELECT_OPTIONS, least=1)
    yield from _text("select placeholder", select.placeholder, SELECT_PLACEHOLDER)
    for option in select.options:
        yield from _text("select option's label", option.label, SELECT_LABEL, required=True)
        yield from _text("select option's value", option.value, SELECT_LABEL, required=True)
        yield from _text("select option's description", option.description, SELECT_LABEL)
    values = {option.value for option in select.options}
    if len(values) < len(select.options):
        yield "select options: values not unique"


def _of_choices(offer: OfferChoices) -> Iterator[str]:
    yield from _count("choices", len(offer.choices), CHOICES)
    for choice in offer.choices:
        yield from _text("choice name", choice.name, CHOICE_LABEL, required=True)
        if isinstance(choice.value, str):
            yield from _text("choice value", choice.value, CHOICE_LABEL, required=True)
    if len({choice.name for choice in offer.choices}) < len(offer.choices):
        yield "choices: labels not unique"


def _of_modal(modal: ShowModal) -> Iterator[str]:
    yield from _text("modal title", modal.title, MODAL_TITLE, required=True)
    yield from _text("custom_id", modal.custom_id, CUSTOM_ID, required=True)
    yield from _count("modal inputs", len(modal.inputs), MODAL_INPUTS, least=1)
    for field in modal.inputs:
        yield from _text("input label", field.label, INPUT_LABEL, required=True)
        yield from _text("custom_id", field.custom_id, CUSTOM_ID, required=True)
