"""A cache that may be lost at any moment, and never makes anybody wait for it.

**Owns** the Redis connection used for caching: values, logs of changes by which others keep
what they hold current (`ReadChanges`), and counts to which many add (`AddCounts`). Keys are
``<namespace>:<key>``; every key is named by its caller, none is searched for (no KEYS, no SCAN).
Every value expires.

**Loses at restart** the connection, the hit and miss counts, and the keys still to be dropped
when Redis is back (they then live until they expire).

**Failure modes**

- Redis is dead or frozen: degraded no-cache mode. Every read is a miss at once, values put are
  thrown away, keys dropped are remembered (at most `MAX_KEYS_TO_DROP`) and dropped before Redis is
  used again, so that no read sees a value older than its drop. The call that finds Redis frozen
  takes 0.65 s at most. Another process that still reaches Redis sees old values until then.
- Redis refuses a command (out of memory, no permission): degraded, that command is a miss or has
  no effect, others go on. A value that could not be replaced is dropped.
- A wrong URL or wrong credentials: `FatalError` naming ``REDIS_URL``.
- A value that does not parse is a miss.

With a concurrency above 1 messages may overtake one another; ask `DropValues` instead of telling
it when the next read must not see the old value.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, assert_never

from typing_extensions import override

from actors.cache.change_log import append_change, read_changes
from actors.cache.counts import add_counts
from actors.cache.envelope import pack_value, parse_value
from actors.cache.messages import (
    AddCounts,
    AppendChange,
    CacheHealth,
    CacheMessage,
    ChangeAppended,
    ChangeNotAppended,
    ChangesLost,
    ChangesRead,
    CountsAdded,
    CountsNotAdded,
    DropValues,
    GetCacheHealth,
    GetValue,
    Hit,
    Miss,
    PutValue,
    ReadChanges,
    ValuesDropped,
)
from actors.kernel import AsyncioActor
from actors.redis_connection import NotDone, open_redis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import SecretStr
    from redis.asyncio import Redis

    from actors.redis_connection.connection import RedisConnection

MAX_VALUE_BYTES = 1024 * 1024
MAX_KEYS_TO_DROP = 10_000
_TTL_JITTER = 0.1


class Cache(AsyncioActor[CacheMessage]):
    """Keeps values in Redis while there is one.

    Args:
        url: Where Redis is; a program without one uses `ProcessCache`.
        namespace: Set before every key, to share a Redis with others.
    """

    finishes_expired = True  # a call that is cut off would cost the connection, and hide an outage

    def __init__(self, *, url: SecretStr, namespace: str = "cache") -> None:
        super().__init__()
        self._url = url
        self._namespace = namespace
        self._opened: RedisConnection | None = None
        self._to_drop: dict[str, None] = {}  # a set that remembers its order
        self._hits = 0
        self._misses = 0

    @override
    async def on_start(self) -> None:
        """Connect, or begin with Redis away."""
        self._opened = await open_redis(
            self, url=self._url, effect="no cache", prepare=self._drop_remembered
        )

    @override
    async def on_stop(self) -> None:
        """Close the connection."""
        if self._opened is not None:
            await self._opened.close()

    @property
    def _redis(self) -> RedisConnection:
        assert self._opened is not None  # noqa: S101 - no message comes before `on_start` is over
        return self._opened

    @override
    async def on_receive(self, message: CacheMessage) -> object:  # noqa: PLR0911 - one a message
        """Handle one message; never fails for Redis's sake."""
        match message:
            case GetValue():
                return await self._get(message.key)
            case PutValue():
                await self._put(message)
                return None
            case DropValues():
                return await self._drop(message.keys)
            case ReadChanges():
                return await self._read_changes(message)
            case AppendChange():
                return await self._append_change(message)
            case AddCounts():
                return await self._add_counts(message)
            case GetCacheHealth():
                return await self._measure_health()
            case _:
                assert_never(message)

    async def _get(self, key: str) -> Hit | Miss:
        found = await self._read(self._full_key(key))
        if found is None:
            self._misses += 1
            return Miss()
        self._hits += 1
        return found

    async def _read(self, full_key: str) -> Hit | None:
        raw = await self._redis.call("get", lambda client: client.get(full_key))
        # Dropped while the answer was on its way, and the drop did not reach Redis.
        if full_key in self._to_drop:
            return None
        return parse_value(raw) if isinstance(raw, bytes) else None

    async def _put(self, message: PutValue) -> None:
        full_key = self._full_key(message.key)
        if self._is_too_large(message):
            await self._forget((full_key,))
            return
        raw, ttl_ms = self._packed(message)
        done = await self._redis.call("set", lambda client: client.set(full_key, raw, px=ttl_ms))
        if isinstance(done, NotDone):
            # The older value may still be there.
            await self._forget((full_key,))

    def _is_too_large(self, message: PutValue) -> bool:
        if len(message.value) <= MAX_VALUE_BYTES:
            return False
        self.log.warning("cache.value_too_large", size_bytes=len(message.value))
        return True

    def _packed(self, message: PutValue) -> tuple[bytes, int]:
        """Return what Redis keeps, and for how many milliseconds."""
        shortened = 1 - _TTL_JITTER * random.random()  # noqa: S311 - spreads expiry, no secret
        ttl_ms = max(1, int(message.ttl_s * 1000 * shortened))
        return pack_value(message.value, self.clock.now()), ttl_ms

    async def _read_changes(self, message: ReadChanges) -> ChangesRead | ChangesLost | Miss:
        self._hits += message.hits
        self._misses += message.misses
        log = self._full_key(message.log)
        key = None if message.key is None else self._full_key(message.key)
        found = await self._redis.call(
            "read changes", lambda client: read_changes(client, log, message.after, key)
        )
        if isinstance(found, NotDone):
            return Miss()
        if found is None:
            return ChangesLost()
        usable = found.raw_value is not None and key not in self._to_drop
        value = parse_value(found.raw_value or b"") if usable else None
        return ChangesRead(changes=found.changes, value=value)

    async def _append_change(self, message: AppendChange) -> ChangeAppended | ChangeNotAppended:
        log = self._full_key(message.log)
        values = {
            self._full_key(put.key): self._packed(put)
            for put in message.values
            if not self._is_too_large(put)
        }
        position = await self._redis.call(
            "append change", lambda client: append_change(client, log, message.change, values)
        )
        if isinstance(position, NotDone):
            return ChangeNotAppended()
        return ChangeAppended(position=position)

    async def _add_counts(self, message: AddCounts) -> CountsAdded | CountsNotAdded:
        key = self._full_key(message.key)
        done = await self._redis.call("add counts", lambda client: add_counts(client, key, message))
        return CountsNotAdded() if isinstance(done, NotDone) else CountsAdded()

    async def _drop(self, keys: tuple[str, ...]) -> ValuesDropped:
        await self._forget([self._full_key(key) for key in keys])
        return ValuesDropped()

    async def _forget(self, full_keys: Iterable[str]) -> None:
        """Drop now, and remember until it is done."""
        self._to_drop.update(dict.fromkeys(full_keys))
        self._bound_to_drop()
        await self._redis.call("unlink", self._drop_remembered)

    def _bound_to_drop(self) -> None:
        excess = len(self._to_drop) - MAX_KEYS_TO_DROP
        if excess > 0:
            self.log.error("cache.drops_forgotten", count=excess)
            for key in list(self._to_drop)[:excess]:
                del self._to_drop[key]

    async def _drop_remembered(self, client: Redis) -> None:
        while self._to_drop:
            keys = list(self._to_drop)
            await client.unlink(*keys)
            for key in keys:
                self._to_drop.pop(key, None)

    async def _measure_health(self) -> CacheHealth:
        latency_ms = None
        if self._redis.state == "connected":
            began_s = self.clock.monotonic_s()
            answer = await self._redis.call("ping", lambda client: client.ping())
            if not isinstance(answer, NotDone):
                latency_ms = (self.clock.monotonic_s() - began_s) * 1000
        return CacheHealth(
            state=self._redis.state,
            latency_ms=latency_ms,
            detail=self._redis.detail,
            hits=self._hits,
            misses=self._misses,
        )

    def _full_key(self, key: str) -> str:
        return f"{self._namespace}:{key}"
