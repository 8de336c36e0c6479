"""A gateway that hands over what people uploaded, and sees channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.attachment_message import (
    AttachmentFetched,
    AttachmentNotFetched,
    FetchAttachment,
)
from actors.discord_gateway.kept_message import LookAtChannel
from actors.testing import Probe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.discord_gateway.kept_message import ChannelSeen
    from actors.kernel import Address

__all__ = ["gateway_holding"]


def gateway_holding(
    files: Mapping[str, bytes | None], *, channel: ChannelSeen | None = None
) -> Address:
    """Have a gateway that knows these files by their addresses; None is one that is gone.

    Each channel is as ``channel`` says; without it, nothing is said of any.
    """

    def fetched(query: FetchAttachment) -> AttachmentFetched | AttachmentNotFetched:
        content = files.get(query.url)
        if content is None:
            return AttachmentNotFetched(reason="refused", detail="HTTP 404")
        if len(content) > query.limit_bytes:
            return AttachmentNotFetched(reason="too_large", detail="more")
        return AttachmentFetched(content=content)

    gateway = Probe("gateway")
    gateway.answer(FetchAttachment, fetched)
    if channel is not None:
        gateway.answer(LookAtChannel, channel)
    return gateway.address
