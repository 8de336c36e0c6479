"""Discord's documented limits on what we send, checked before it is sent.

A reply beyond a limit is a bug of the product: Discord would refuse all of it, so the sentence
found here goes to the log instead of a request to Discord.

Source: https://discord.com/developers/docs/resources/message, .../components/reference and
.../interactions/receiving-and-responding
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.replies import (
    Button,
    OfferChoices,
    Reply,
    Select,
    ShowModal,
    UpdateMessage,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from actors.discord_gateway.replies import ActionRow, Embed, Response, TextInput

_EMBEDS_TOTAL: Final = 6_000
_TEXT_INPUT: Final = 4_000
_CHOICE: Final = 100
_FILE_NAME: Final = re.compile(r"[\w.-]{1,255}", re.ASCII)
"""What Discord keeps of a file's name; anything else would also need quoting in the request."""


def find_breach(response: Response, *, attachment_size_limit: int) -> str | None:
    """Find the first documented limit that a response breaks.

    Args:
        response: What is to be sent.
        attachment_size_limit: Bytes a file may have, as the interaction said.

    Returns:
        What is too long or too many, with the limit, and no text of the response; None if all fits.
    """
    return next(_breaches(response, attachment_size_limit), None)


def _breaches(response: Response, file_limit: int) -> Iterator[str]:
    match response:
        case Reply():
            yield from _message(response, file_limit)
        case UpdateMessage(reply=reply):
            yield from _message(reply, file_limit)
        case ShowModal():
            yield from _modal(response)
        case OfferChoices():
            yield from _choices(response)
        case _:
            assert_never(response)


def _message(reply: Reply, file_limit: int) -> Iterator[str]:
    has_text = reply.content is not None and reply.content.strip()
    if not (has_text or reply.embeds or reply.rows or reply.files):
        yield "a message needs content, an embed, a component or a file"
    yield from _length("content", reply.content, most=2_000, least=0)
    yield from _count("embeds", reply.embeds, most=10)
    yield from _count("rows", reply.rows, most=5)
    yield from _count("files", reply.files, most=10)
    for index, file in enumerate(reply.files):
        if len(file.content) > file_limit:
            yield f"files[{index}] has {len(file.content)} bytes, the limit is {file_limit}"
        if not _FILE_NAME.fullmatch(file.name):
            yield f"files[{index}].name has other characters than letters, digits and ._-"
        yield from _length(f"files[{index}].description", file.description, most=1_024, least=0)
    names = [file.name for file in reply.files]
    yield from _unique("file names", names)
    for index, embed in enumerate(reply.embeds):
        yield from _embed(f"embeds[{index}]", embed, names)
    total = sum(_embed_size(embed) for embed in reply.embeds)
    if total > _EMBEDS_TOTAL:
        yield f"all embeds have {total} characters, the limit is {_EMBEDS_TOTAL}"
    yield from _rows(reply.rows)


def _embed(where: str, embed: Embed, file_names: Collection[str]) -> Iterator[str]:
    yield from _length(f"{where}.title", embed.title, most=256)
    yield from _length(f"{where}.description", embed.description, most=4_096)
    yield from _length(f"{where}.footer", embed.footer, most=2_048)
    yield from _count(f"{where}.fields", embed.fields, most=25)
    for index, field in enumerate(embed.fields):
        yield from _length(f"{where}.fields[{index}].name", field.name, most=256)
        yield from _length(f"{where}.fields[{index}].value", field.value, most=1_024)
    if embed.image is not None and embed.image not in file_names:
        yield f"{where}.image names no file of the message"
    if not _embed_size(embed) and embed.image is None:
        yield f"{where} is empty"


def _embed_size(embed: Embed) -> int:
    texts = [embed.title, embed.description, embed.footer]
    texts += [text for field in embed.fields for text in (field.name, field.value)]
    return sum(len(text) for text in texts if text)


def _rows(rows: Sequence[ActionRow]) -> Iterator[str]:
    for index, row in enumerate(rows):
        where = f"rows[{index}]"
        selects = [part for part in row.components if isinstance(part, Select)]
        if selects and len(row.components) > 1:
            yield f"{where} has a select and something else"
        yield from _count(where, row.components, most=5, least=1)
        for component in row.components:
            yield from _component(where, component)
    yield from _unique("custom ids", [part.custom_id for row in rows for part in row.components])


def _component(where: str, component: Button | Select) -> Iterator[str]:
    yield from _length(f"{where} custom id", component.custom_id, most=100)
    match component:
        case Button():
            least = 0 if component.emoji else 1
            yield from _length(f"{where} button label", component.label, most=80, least=least)
        case Select():
            yield from _select(f"{where} select", component)
        case _:
            assert_never(component)


def _select(where: str, select: Select) -> Iterator[str]:
    yield from _count(f"{where} options", select.options, most=25, least=1)
    yield from _length(f"{where} placeholder", select.placeholder, most=150, least=0)
    for index, option in enumerate(select.options):
        yield from _length(f"{where} options[{index}] label", option.label, most=100)
        yield from _length(f"{where} options[{index}] value", option.value, most=100)
        yield from _length(
            f"{where} options[{index}] description", option.description, most=100, least=0
        )
    yield from _unique(f"{where} values", [option.value for option in select.options])
    if not 0 <= select.min_values <= select.max_values <= len(select.options):
        yield f"{where} wants more values than it has options, or fewer than none"


def _modal(modal: ShowModal) -> Iterator[str]:
    yield from _length("modal custom id", modal.custom_id, most=100)
    yield from _length("modal title", modal.title, most=45)
    yield from _count("modal inputs", modal.inputs, most=5, least=1)
    yield from _unique("modal inputs", [text.custom_id for text in modal.inputs])
    for index, text in enumerate(modal.inputs):
        yield from _text_input(f"modal inputs[{index}]", text)


def _text_input(where: str, text: TextInput) -> Iterator[str]:
    yield from _length(f"{where} custom id", text.custom_id, most=100)
    yield from _length(f"{where} label", text.label, most=45)
    yield from _length(f"{where} placeholder", text.placeholder, most=100, least=0)
    most = _TEXT_INPUT if text.max_length is None else text.max_length
    least = 0 if text.min_length is None else text.min_length
    if not (0 <= least <= most and 1 <= most <= _TEXT_INPUT):
        yield f"{where} has lengths outside 0 to {_TEXT_INPUT}"
    yield from _length(f"{where} value", text.value, most=most, least=0)


def _choices(offer: OfferChoices) -> Iterator[str]:
    yield from _count("choices", offer.choices, most=25)
    for index, choice in enumerate(offer.choices):
        if not 1 <= len(choice.name) <= _CHOICE:
            yield from _length(f"choices[{index}] name", choice.name, most=_CHOICE)
        if isinstance(choice.value, str) and not 1 <= len(choice.value) <= _CHOICE:
            yield from _length(f"choices[{index}] value", choice.value, most=_CHOICE)
    # Equal labels select the first of them (tried), so a person could not choose the second.
    yield from _unique("choice names", [choice.name for choice in offer.choices])


def _length(where: str, text: str | None, *, most: int, least: int = 1) -> Iterator[str]:
    if text is not None and not least <= len(text) <= most:
        yield f"{where} has {len(text)} characters, the limits are {least} to {most}"


def _count(where: str, parts: Sequence[object], *, most: int, least: int = 0) -> Iterator[str]:
    if not least <= len(parts) <= most:
        yield f"{where}: {len(parts)} of them, the limits are {least} to {most}"


def _unique(where: str, names: Sequence[str]) -> Iterator[str]:
    if len(set(names)) != len(names):
        yield f"{where}: two are equal"
