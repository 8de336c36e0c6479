"""A Lua script that Redis runs by its hash, so that its text is sent only when Redis lacks it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redis.asyncio import Redis


class Script:
    """One script; Redis runs it as a whole, with nothing of anybody else in between.

    Args:
        text: The Lua source.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._sha1 = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()

    async def run(
        self, client: Redis, *, keys: Sequence[str], arguments: Sequence[str | bytes | int]
    ) -> object:
        """Run it, in one round trip once Redis has it.

        Returns:
            What the script returns, as the client reads it.

        Raises:
            redis.RedisError: Whatever the client raises.
        """
        from redis.exceptions import NoScriptError  # noqa: PLC0415 - loaded with the connection

        try:
            return await client.evalsha(self._sha1, len(keys), *keys, *arguments)
        except NoScriptError:
            # Redis restarted or its scripts were flushed; EVAL loads it again for the next call.
            return await client.eval(self._text, len(keys), *keys, *arguments)
