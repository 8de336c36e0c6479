"""The parts of a message in the form that Discord gives back: embeds, components, attachments."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from sandbox.payloads import user_object
from sandbox.permissions import MENTION_EVERYONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.rest.router import Upload
    from sandbox.state import State
    from sandbox.wire import JsonObject
    from sandbox.world import Channel

_USER_MENTION: Final = re.compile(r"<@!?(\d+)>")
_ROLE_MENTION: Final = re.compile(r"<@&(\d+)>")
_UPLOAD_INDEX: Final = re.compile(r"files\[(\d+)\]")


def normalise_embeds(embeds: list[JsonObject], attachments: list[JsonObject]) -> list[JsonObject]:
    """Return embeds with defaults filled in and ``attachment://`` addresses resolved."""
    urls = {f"attachment://{each['filename']}": each["url"] for each in attachments}
    return [_normalise_embed(embed, urls) for embed in embeds]


def _normalise_embed(embed: JsonObject, urls: dict[str, str]) -> JsonObject:
    result: JsonObject = {**embed, "type": "rich"}
    for key in ("image", "thumbnail", "author", "footer"):
        part = result.get(key)
        if isinstance(part, dict):
            result[key] = {
                name: urls.get(value, value) if isinstance(value, str) else value
                for name, value in part.items()
            }
    if "fields" in result:
        result["fields"] = [
            {**field, "inline": bool(field.get("inline", False))} for field in result["fields"]
        ]
    return result


def normalise_components(components: list[JsonObject]) -> list[JsonObject]:
    """Return components with Discord's running ``id`` on those that have none."""
    if not components:
        return []
    numbers = count(1)
    return [_number(component, numbers) for component in components]


def _number(component: JsonObject, numbers: Iterator[int]) -> JsonObject:
    result: JsonObject = {**component}
    result["id"] = component.get("id") or next(numbers)
    for key in ("components", "component", "accessory"):
        child = component.get(key)
        if isinstance(child, list):
            result[key] = [_number(each, numbers) for each in child]
        elif isinstance(child, dict):
            result[key] = _number(child, numbers)
    return result


def attachments_after(  # noqa: PLR0913 - two lists of files, old and new, and where they go
    state: State,
    channel: Channel,
    *,
    existing: list[JsonObject],
    fields: JsonObject,
    uploads: tuple[Upload, ...],
    ephemeral: bool,
) -> list[JsonObject]:
    """Return a message's attachments after a request.

    With ``attachments`` in the body only those listed there are kept; their ids are the index in
    ``files[n]`` for new files. Source: reference#editing-message-attachments
    """
    listed: list[JsonObject] | None = fields.get("attachments")
    described = {str(each["id"]): each for each in listed or []}
    kept = [each for each in existing if listed is None or each["id"] in described]
    for upload in uploads:
        found = _UPLOAD_INDEX.fullmatch(upload.field_name)
        details = described.get(found.group(1), {}) if found else {}
        attachment = state.files.add(
            upload,
            attachment_id=state.snowflakes.next(),
            channel_id=channel.id,
            base_url=state.base_url,
            ephemeral=ephemeral,
        )
        if details.get("description"):
            attachment["description"] = details["description"]
        kept.append(attachment)
    return kept


def resolve_mentions(
    state: State, content: str, allowed: dict[str, Any] | None, *, permissions: int
) -> JsonObject:
    """Return who a text mentions, as far as ``allowed_mentions`` and its author's rights let it.

    Source: resources/message#allowed-mentions-object, topics/permissions (MENTION_EVERYONE, which
    also stands for roles that are not mentionable by all, as all of the sandbox's are)

    Args:
        state: The sandbox.
        content: The text.
        allowed: ``allowed_mentions`` of the request; None allows all.
        permissions: What the author may do in the channel.
    """
    if "@" not in content:
        return {"mentions": [], "mention_roles": [], "mention_everyone": False}
    everything = {"users", "roles", "everyone"}
    parse = everything if allowed is None else set(allowed.get("parse") or [])
    named_users = set((allowed or {}).get("users") or [])
    named_roles = set((allowed or {}).get("roles") or [])
    reaches_many = bool(permissions & MENTION_EVERYONE)
    users = [
        user_object(state.world.users[user_id])
        for user_id in dict.fromkeys(_USER_MENTION.findall(content))
        if user_id in state.world.users and ("users" in parse or user_id in named_users)
    ]
    roles = [
        role_id
        for role_id in dict.fromkeys(_ROLE_MENTION.findall(content))
        if reaches_many and ("roles" in parse or role_id in named_roles)
    ]
    names_all = "@everyone" in content or "@here" in content
    everyone = reaches_many and "everyone" in parse and names_all
    return {"mentions": users, "mention_roles": roles, "mention_everyone": everyone}
