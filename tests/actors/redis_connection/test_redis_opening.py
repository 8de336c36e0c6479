"""What an actor has of `open_redis`: a connection that is kept, shown, and never left behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from typing_extensions import override

from actors.kernel import (
    ActorSystem,
    AsyncioActor,
    ChildSpec,
    GetStatistics,
    IntensityExceededError,
    Query,
)
from actors.redis_connection import NotDone, open_redis
from actors.testing import run_actor

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from actors.redis_connection.connection import RedisConnection
    from tests.redis_fixture.server import RealRedis


@dataclass(frozen=True, slots=True, kw_only=True)
class PingRedis(Query[bool]):
    """Answered with whether Redis answered."""


class Pinger(AsyncioActor[PingRedis]):
    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = SecretStr(url)
        self._redis: RedisConnection | None = None

    @override
    async def on_start(self) -> None:
        self._redis = await open_redis(self, url=self._url, effect="no pings")

    @override
    async def on_stop(self) -> None:
        if self._redis is not None:
            await self._redis.close()

    @override
    async def on_receive(self, message: PingRedis) -> object:
        assert self._redis is not None
        return not isinstance(await self._redis.call("ping", lambda c: c.ping()), NotDone)


async def _run_briefly(actor: Pinger) -> None:
    async with run_actor(actor):
        pass


async def test_the_actor_is_degraded_in_its_own_words_when_redis_is_killed(
    redis_server: RealRedis,
) -> None:
    system = ActorSystem()
    pinger = system.address("pinger")

    async with system.running(
        [ChildSpec(name="pinger", start=lambda: Pinger(redis_server.url))],
    ):
        before = await pinger.ask(PingRedis(), timeout_s=1)
        redis_server.kill()
        after = await pinger.ask(PingRedis(), timeout_s=1)
        (statistics,) = (await system.supervisor.ask(GetStatistics(), timeout_s=1)).actors

    assert (before, after) == (True, False)
    assert statistics.state == "degraded"
    assert (statistics.reason or "").startswith("no pings: Redis is away")


async def test_no_connection_is_left_when_the_actor_stops(redis_server: RealRedis) -> None:
    await _run_briefly(Pinger(redis_server.url))

    assert redis_server.command("CLIENT", "LIST").count(b" addr=") == 1  # the one that asks


async def test_no_connection_is_left_when_the_start_fails(redis_server: RealRedis) -> None:
    class Unprepared(Pinger):
        @override
        async def on_start(self) -> None:
            await open_redis(self, url=self._url, effect="no pings", prepare=self._prepare)

        async def _prepare(self, client: Redis) -> None:
            del client
            raise LookupError

    with pytest.raises(IntensityExceededError):
        await _run_briefly(Unprepared(redis_server.url))

    assert redis_server.command("CLIENT", "LIST").count(b" addr=") == 1
