"""Files that people uploaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.attachment_message import AttachmentNotFetched, FetchAttachment
from scooty.core.asking import ask_or

if TYPE_CHECKING:
    from actors.discord_gateway.attachment_message import AttachmentFetched
    from actors.kernel import Address

_ASK_S: Final = 3.5
"""Longer than the gateway takes for a file, and shorter than a command may take."""
_NO_ANSWER: Final = AttachmentNotFetched(reason="unreachable", detail="gateway_silent")


async def fetch(
    gateway: Address[FetchAttachment] | None, url: str, *, limit_bytes: int
) -> AttachmentFetched | AttachmentNotFetched:
    """Return a file's bytes, or why there are none."""
    query = FetchAttachment(url=url, limit_bytes=limit_bytes)
    return await ask_or(gateway, query, timeout_s=_ASK_S, otherwise=_NO_ANSWER)
