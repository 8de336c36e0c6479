"""Fetches files from where Discord keeps them, and from nowhere else.

The address comes with an interaction. It is only followed to Discord's own hosts, over TLS and
without redirects, so that nobody makes this process ask an address of their choice.

Source: https://discord.com/developers/docs/reference#signed-attachment-cdn-urls
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import aiohttp
from yarl import URL

from actors.discord_gateway.attachment_message import AttachmentFetched, AttachmentNotFetched

if TYPE_CHECKING:
    from actors.discord_gateway.attachment_message import FetchAttachment

_HOSTS: Final = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
_WITHIN_S: Final = 3.0
"""For all of it: a command that needs the file has 6 s."""
_CHUNK: Final = 64 * 1024
_OK: Final = 200
_SERVER_ERRORS: Final = 500


class AttachmentStore:
    """Where Discord keeps what people upload.

    Args:
        base_url: A checked address of a Discord-speaking server, which keeps its own files.
        user_agent: Discord asks bots to name themselves.
    """

    def __init__(self, base_url: str | None, *, user_agent: str) -> None:
        self._base_url = None if base_url is None else URL(base_url)
        # Called on the event loop: aiohttp binds the session to the running one.
        self._session = aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": user_agent},
            timeout=aiohttp.ClientTimeout(total=_WITHIN_S),
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    async def fetch(self, message: FetchAttachment) -> AttachmentFetched | AttachmentNotFetched:
        """Return the bytes of a file, or why there are none."""
        try:
            url = URL(message.url)
        except ValueError:
            return AttachmentNotFetched(reason="refused", detail="no address")
        if not self._keeps(url):
            return AttachmentNotFetched(
                reason="refused", detail="not an address of Discord's files"
            )
        try:
            return await self._read(url, message.limit_bytes)
        except (aiohttp.ClientError, TimeoutError) as error:
            # The class alone: the text of some errors holds the address.
            return AttachmentNotFetched(reason="unreachable", detail=type(error).__name__)

    def _keeps(self, url: URL) -> bool:
        if url.user is not None or url.password is not None:
            return False
        if self._base_url is not None:
            return url.origin() == self._base_url.origin() and url.path.startswith("/cdn/")
        return url.scheme == "https" and url.host in _HOSTS and url.is_default_port()

    async def _read(self, url: URL, limit_bytes: int) -> AttachmentFetched | AttachmentNotFetched:
        async with self._session.get(url, allow_redirects=False) as answer:
            if answer.status != _OK:
                later = answer.status >= _SERVER_ERRORS
                return AttachmentNotFetched(
                    reason="unreachable" if later else "refused", detail=f"HTTP {answer.status}"
                )
            content = bytearray()
            async for chunk in answer.content.iter_chunked(_CHUNK):
                content += chunk
                if len(content) > limit_bytes:
                    return AttachmentNotFetched(
                        reason="too_large", detail=f"more than {limit_bytes} bytes"
                    )
            return AttachmentFetched(content=bytes(content))
