"""How the Redis client is set up: every time limit said explicitly, none left to a default."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from redis.asyncio import ConnectionPool
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.backoff import AbstractBackoff
from redis.exceptions import RedisError
from typing_extensions import override

from actors.kernel import FatalError

if TYPE_CHECKING:
    from pydantic import SecretStr

EXIT_CODE = 78  # EX_CONFIG of sysexits.h

_RETRY_PAUSE_S = (0.05, 0.2)
_CLIENT_OPTIONS = {
    "socket_timeout": 0.3,
    "socket_connect_timeout": 0.3,
    # RESP2 without client metadata: a new connection needs no round trip of its own.
    "protocol": 2,
    "driver_info": None,
}


def build_pool(url: SecretStr, setting: str) -> ConnectionPool:
    """Make a pool of connections that are opened when they are needed.

    Args:
        url: Where Redis is.
        setting: The name of the setting that holds the URL, for the error.

    Raises:
        FatalError: When the URL cannot be used.
    """
    pool = _find_pool(url)
    if pool is None:
        # Raised here, where no local variable and no chained error holds the URL's parts: they
        # would be printed with the traceback.
        raise FatalError(
            f"{setting} cannot be used; expected redis://[user:password@]host[:port][/number], "
            "rediss://... (TLS) or unix:///path/to/socket.",
            exit_code=EXIT_CODE,
        )
    return pool


def _find_pool(url: SecretStr) -> ConnectionPool | None:
    try:
        # The URL's own options come first, so that they cannot lift the time limits.
        options: dict[str, Any] = {**parse_url(url.get_secret_value()), **_CLIENT_OPTIONS}
        options["retry"] = Retry(_RetryPause(), retries=1)
        pool = ConnectionPool(**options)
        pool.connection_class(**pool.connection_kwargs)  # finds options that it does not know
    except (ValueError, TypeError, RedisError):
        return None
    return pool


class _RetryPause(AbstractBackoff):
    """The pause before the client's one retry: 0.05 to 0.2 s, drawn evenly."""

    @override
    def compute(self, failures: int) -> float:
        del failures
        return random.uniform(*_RETRY_PAUSE_S)  # noqa: S311 - jitter, no secret
