"""Permissions, as Discord's settings call them in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.permissions import (
    EMBED_LINKS,
    PIN_MESSAGES,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    VIEW_CHANNELS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.i18n import Translator

_KEYS: Final[Mapping[str, str]] = {
    VIEW_CHANNELS.name: "permission.view_channels",
    SEND_MESSAGES.name: "permission.send_messages",
    SEND_IN_THREADS.name: "permission.send_in_threads",
    EMBED_LINKS.name: "permission.embed_links",
    PIN_MESSAGES.name: "permission.pin_messages",
}


def permission_name(name: str, t: Translator) -> str:
    """Say a permission in the reader's language; what is no permission stays as it is."""
    return t(_KEYS[name]) if name in _KEYS else name
