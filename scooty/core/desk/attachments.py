"""`ActorAttachments`: asks the gateway for files that people uploaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.discord_gateway.attachment_message import AttachmentNotFetched, FetchAttachment
from actors.kernel import ActorKitError
from scooty.core.ports import AttachmentsPort

if TYPE_CHECKING:
    from actors.discord_gateway.attachment_message import AttachmentFetched
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address

_ASK_S: Final = 3.5
"""Longer than the gateway takes for a file, and shorter than a command may take."""


class ActorAttachments(AttachmentsPort):
    """The `AttachmentsPort` of the running program.

    Args:
        gateway: Fetches files.
    """

    def __init__(self, gateway: Address[GatewayMessage]) -> None:
        self._gateway = gateway

    @override
    async def fetch(
        self, url: str, *, limit_bytes: int
    ) -> AttachmentFetched | AttachmentNotFetched:
        query = FetchAttachment(url=url, limit_bytes=limit_bytes)
        try:
            return await self._gateway.ask(query, timeout_s=_ASK_S)
        except ActorKitError as error:
            return AttachmentNotFetched(reason="unreachable", detail=type(error).__name__)
