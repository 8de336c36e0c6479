"""Telling a monitor outside that the bot is well; it raises the alarm when it is told no more."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import aiohttp

if TYPE_CHECKING:
    from pydantic import SecretStr

__all__ = ["UptimeMonitor"]

_WITHIN_S: Final = 5.0


class UptimeMonitor:
    """An address that counts as a sign of life when it is fetched.

    Args:
        url: Whoever knows it can keep the monitor quiet, so it is never shown.
    """

    def __init__(self, url: SecretStr) -> None:
        self._url = url

    async def tell(self) -> str | None:
        """Fetch the address once.

        Returns:
            What went wrong, without the address; None when the monitor has heard it.
        """
        timeout = aiohttp.ClientTimeout(total=_WITHIN_S)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.get(self._url.get_secret_value(), allow_redirects=False) as response,
            ):
                status = response.status
        except (aiohttp.ClientError, TimeoutError) as error:
            return type(error).__name__  # its text has the address in it
        return None if status < HTTPStatus.MULTIPLE_CHOICES else f"HTTP {status}"
