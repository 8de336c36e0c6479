from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ResponseError

from actors.redis_connection import Script

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ECHO = Script("return {KEYS[1], ARGV[1], ARGV[2]}")


@pytest.fixture
async def redis_client(redis_url: str) -> AsyncIterator[Redis]:
    # One retry, as the actors' client has: the stand-in hangs up after each error that it answers.
    retry = Retry(NoBackoff(), retries=1)
    async with Redis.from_url(redis_url, protocol=2, retry=retry) as client:
        yield client


async def _echo(client: Redis) -> object:
    return await ECHO.run(client, keys=("key",), arguments=(b"bytes", 7))


async def test_a_script_gets_its_keys_and_arguments(redis_client: Redis) -> None:
    assert await _echo(redis_client) == [b"key", b"bytes", b"7"]


async def test_a_script_is_loaded_again_when_redis_has_forgotten_it(redis_client: Redis) -> None:
    await _echo(redis_client)
    await redis_client.script_flush()

    assert await _echo(redis_client) == [b"key", b"bytes", b"7"]


async def test_what_a_script_fails_with_is_raised(redis_client: Redis) -> None:
    broken = Script("return redis.call('GET')")

    with pytest.raises(ResponseError):
        await broken.run(redis_client, keys=(), arguments=())
