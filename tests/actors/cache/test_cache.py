"""What the cache does with Redis itself, and without one; the contract suites hold the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from actors.cache import (
    Cache,
    CacheHealth,
    DropValues,
    GetCacheHealth,
    GetValue,
    Hit,
    PutValue,
)
from actors.kernel import ChildSpec, FatalError
from actors.testing import run_actor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address

ANSWERED_S = 2.5


@pytest.fixture
async def cache(redis_url: str) -> AsyncIterator[Address]:
    spec = ChildSpec(name="cache", start=lambda: Cache(url=SecretStr(redis_url)))
    async with run_actor(spec) as address:
        yield address


@pytest.fixture
async def redis_client(redis_url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(redis_url, protocol=2) as client:
        yield client


async def _get(cache: Address, key: str) -> bytes | None:
    answer = await cache.ask(GetValue(key=key), timeout_s=ANSWERED_S)
    return answer.value if isinstance(answer, Hit) else None


async def _drop(cache: Address, *keys: str) -> None:
    await cache.ask(DropValues(keys=keys), timeout_s=ANSWERED_S)


async def _health(cache: Address) -> CacheHealth:
    return await cache.ask(GetCacheHealth(), timeout_s=ANSWERED_S)


async def _run_briefly(cache: Cache) -> None:
    async with run_actor(cache):
        pass


async def test_a_value_expires_by_itself_and_not_later_than_asked(
    cache: Address, redis_client: Redis
) -> None:
    for number in range(20):
        cache.tell(PutValue(key=f"{number}", value=b"x", ttl_s=60))
    await _get(cache, "0")

    left_ms = {await redis_client.pttl(f"cache:{number}") for number in range(20)}

    assert all(0 < left <= 60_000 for left in left_ms)
    assert len(left_ms) > 1


async def test_a_value_written_by_a_stranger_is_a_miss(cache: Address, redis_client: Redis) -> None:
    await redis_client.set("cache:event:7", '{"json": "of another program"}')

    assert await _get(cache, "event:7") is None


async def test_a_url_that_cannot_be_used_ends_the_program_and_names_the_setting() -> None:
    with pytest.raises(FatalError, match="REDIS_URL"):
        await _run_briefly(Cache(url=SecretStr("localhost:6379")))


@pytest.mark.parametrize("ttl_s", [0, -1, float("nan")])
def test_a_value_cannot_be_put_for_no_time(ttl_s: float) -> None:
    with pytest.raises(ValueError, match="ttl_s"):
        PutValue(key="a", value=b"a", ttl_s=ttl_s)
