"""Telling a monitor outside that the bot is well; it raises the alarm when it is told no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.features.jobs.outside import request_outside

if TYPE_CHECKING:
    from pydantic import SecretStr


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
        return await request_outside("GET", self._url.get_secret_value())
