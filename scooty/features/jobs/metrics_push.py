"""Pushing the text of ``/metrics`` to a gateway, for a Prometheus that cannot reach the port."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from yarl import URL

from scooty.features.jobs.outside import request_outside

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pydantic import SecretStr

    from actors.scheduler.messages import RunJob
    from scooty.features.jobs.work import JobLog


class MetricsPush:
    """A Prometheus pushgateway, which keeps the last text of each instance.

    A gateway that stays out of reach is one warning, until it takes a push again.

    Args:
        url: Of the pushgateway; an account in it is a secret, so it is never shown.
        instance: Which process the numbers are of.
        content_type: Of the text.
        read: Returns the text of ``/metrics``.
        log: Where a failure is told.

    Source: https://github.com/prometheus/pushgateway#put-method
    """

    def __init__(
        self,
        url: SecretStr,
        *,
        instance: str,
        content_type: str,
        read: Callable[[], Awaitable[bytes]],
        log: JobLog,
    ) -> None:
        self._url = url
        self._group = f"/metrics/job/scooty/instance/{quote(instance, safe='')}"
        self._headers = {"Content-Type": content_type}
        self._read = read
        self._log = log
        self._is_failing = False

    async def push(self, _run: RunJob) -> str:
        """Push once, and say for the log what came of it."""
        reason = await self._put(await self._read())
        if reason is not None and not self._is_failing:
            self._log.warning("metrics.not_pushed", reason=reason)
        self._is_failing = reason is not None
        return reason or "pushed"

    async def _put(self, text: bytes) -> str | None:
        """Return what went wrong, without the address."""
        try:
            address = URL(self._url.get_secret_value().rstrip("/") + self._group, encoded=True)
        except ValueError as error:
            return type(error).__name__
        return await request_outside("PUT", address, data=text, headers=self._headers)
