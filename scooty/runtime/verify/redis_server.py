"""Redis: is it there, does it take the password, and may the bot do there what it does?"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from actors.kernel import FatalError, SystemClock
from actors.redis_connection import NotDone
from actors.redis_connection.connection import RedisConnection
from scooty.runtime.verify.findings import failed, ok, skipped

if TYPE_CHECKING:
    from pydantic import SecretStr

    from scooty.runtime.verify.findings import Finding

_CHECK: Final = "redis"
_PROBE: Final = "scooty:verify"
_PROBE_MS: Final = 10_000
"""The one key that is written goes by itself."""


async def check_redis(url: SecretStr | None) -> Finding:
    """Log in, write a key and run a script, as the cache and the rate limiter do."""
    if url is None:
        return skipped(_CHECK, "REDIS_URL is not set: no cache, and limits in memory")
    try:
        redis = RedisConnection(
            url=url,
            setting="REDIS_URL",
            clock=SystemClock(),
            on_change=lambda: None,
            prepare=_nothing,
        )
        try:
            await redis.open()
            return await _use(redis, url)
        finally:
            await redis.close()
    except FatalError as error:
        return failed(_CHECK, error.sentence, "correct REDIS_URL")


async def _use(redis: RedisConnection, url: SecretStr) -> Finding:
    if redis.detail is not None:
        return failed(
            _CHECK,
            redis.detail,
            "start Redis, or correct the host and port of REDIS_URL; without it the bot works, "
            "slower and with limits in memory",
        )
    started_s = time.monotonic()
    for what, outcome in (
        ("a key", await redis.call("set", lambda client: client.set(_PROBE, b"", px=_PROBE_MS))),
        ("a script", await redis.call("eval", lambda client: client.eval("return 1", 0))),
    ):
        if isinstance(outcome, NotDone):
            return failed(
                _CHECK,
                f"it answers, and refuses {what} ({outcome.reason})",
                "look at its memory limit and at the rights of its user",
            )
    took_ms = (time.monotonic() - started_s) * 1000
    account = "with a password" if _has_password(url) else "and asks for no password"
    return ok(_CHECK, f"lets the bot in {account}; a key and a script in {took_ms:.0f} ms")


def _has_password(url: SecretStr) -> bool:
    parts = urlsplit(url.get_secret_value())
    return bool(parts.password) or "password=" in parts.query


async def _nothing(client: object) -> None:
    del client
