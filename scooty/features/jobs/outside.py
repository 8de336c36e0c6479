"""One request to an address outside whose text is a secret: what went wrong, and nothing of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import aiohttp

if TYPE_CHECKING:
    from yarl import URL

_WITHIN_S: Final = 5.0


async def request_outside(method: str, url: str | URL, **content: Any) -> str | None:
    """Make one request, within 5 s and without following redirects.

    Args:
        method: Such as ``GET``.
        url: Where to; never shown.
        content: Body and headers, as aiohttp takes them.

    Returns:
        What went wrong, without the address; None when it was accepted.
    """
    timeout = aiohttp.ClientTimeout(total=_WITHIN_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.request(method, url, allow_redirects=False, **content) as response,
        ):
            status = response.status
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return type(error).__name__  # its text has the address in it
    return None if status < HTTPStatus.MULTIPLE_CHOICES else f"HTTP {status}"
