"""Logs of changes: one suite for the cache in memory and the real one, well and in an outage."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

import pytest
from pydantic import SecretStr

from actors.cache import (
    AppendChange,
    Cache,
    Change,
    ChangeAppended,
    ChangeNotAppended,
    ChangesLost,
    ChangesRead,
    DropValues,
    GetCacheHealth,
    GetValue,
    Hit,
    Miss,
    PutValue,
    ReadChanges,
)
from actors.cache.actor import MAX_VALUE_BYTES
from actors.cache.change_log import MAX_CHANGES
from actors.cache.in_memory import InMemoryCache, Shelf
from actors.testing import run_actor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address
    from tests.redis_fixture.server import RealRedis

ANSWERED_S = 5.0


class Store(Protocol):
    """Whatever keeps the logs, and can be hurt."""

    def go_away(self) -> None: ...
    def forget_everything(self) -> None: ...


class RedisStore:
    def __init__(self, redis: RealRedis) -> None:
        self._redis = redis

    def go_away(self) -> None:
        self._redis.kill()

    def forget_everything(self) -> None:
        # Positions are unique within a millisecond only as long as the log is there.
        before = self._redis.command("TIME")
        self._redis.command("FLUSHALL")
        while self._redis.command("TIME")[:-5] == before[:-5]:
            pass


class House:
    """A cache and its store, and short ways to ask."""

    def __init__(self, cache: Address, store: Store) -> None:
        self.cache = cache
        self.store = store

    async def append(self, change: bytes, *values: PutValue, log: str = "guild:1") -> int:
        message = AppendChange(log=log, change=change, values=values)
        answer = await self.cache.ask(message, timeout_s=ANSWERED_S)
        assert isinstance(answer, ChangeAppended)
        return answer.position

    async def read(
        self, after: int, *, key: str | None = None, log: str = "guild:1"
    ) -> ChangesRead | ChangesLost | Miss:
        message = ReadChanges(log=log, after=after, key=key)
        return await self.cache.ask(message, timeout_s=ANSWERED_S)

    async def get(self, key: str) -> bytes | None:
        answer = await self.cache.ask(GetValue(key=key), timeout_s=ANSWERED_S)
        return answer.value if isinstance(answer, Hit) else None


@pytest.fixture(params=["in memory", "redis"])
async def house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    if request.param == "in memory":
        shelf = Shelf()
        async with run_actor(InMemoryCache(shelf)) as cache:
            yield House(cache, shelf)
        return
    redis: RealRedis = request.getfixturevalue("redis_server")
    async with run_actor(Cache(url=SecretStr(redis.url))) as cache:
        yield House(cache, RedisStore(redis))


async def test_what_was_appended_after_a_position_is_read_in_order(house: House) -> None:
    first = await house.append(b"first")
    second = await house.append(b"\x00second")
    third = await house.append(b"")

    assert await house.read(first) == ChangesRead(
        changes=(Change(position=second, value=b"\x00second"), Change(position=third, value=b"")),
        value=None,
    )
    assert await house.read(third) == ChangesRead(changes=(), value=None)
    assert first < second < third


async def test_changes_that_are_appended_at_once_have_different_positions(house: House) -> None:
    start = await house.append(b"start")

    positions = await asyncio.gather(*(house.append(b"%d" % n) for n in range(20)))

    read = await house.read(start)
    assert isinstance(read, ChangesRead)
    assert [change.position for change in read.changes] == sorted(positions)
    assert len(set(positions)) == 20


async def test_logs_are_apart(house: House) -> None:
    start = await house.append(b"start", log="guild:1")
    await house.append(b"other's", log="guild:2")

    assert await house.read(start, log="guild:1") == ChangesRead(changes=(), value=None)


async def test_a_position_that_the_log_never_held_is_lost(house: House) -> None:
    position = await house.append(b"start")

    assert await house.read(position + 1) == ChangesLost()
    assert await house.read(0) == ChangesLost()
    assert await house.read(position, log="never written") == ChangesLost()


async def test_a_position_is_lost_when_the_log_has_outgrown_it(house: House) -> None:
    start = await house.append(b"start")
    for number in range(MAX_CHANGES - 1):
        await house.append(b"%d" % number)
    before = await house.read(start)
    last = await house.append(b"one more")

    assert isinstance(before, ChangesRead)
    assert await house.read(start) == ChangesLost()
    assert await house.read(last) == ChangesRead(changes=(), value=None)


async def test_a_value_is_read_with_the_changes(house: House) -> None:
    start = await house.append(b"start")
    house.cache.tell(PutValue(key="a", value=b"value", ttl_s=60))
    change = await house.append(b"change")

    read = await house.read(start, key="a")

    assert isinstance(read, ChangesRead)
    assert [entry.position for entry in read.changes] == [change]
    assert read.value is not None
    assert read.value.value == b"value"


async def test_a_value_that_is_not_there_is_none(house: House) -> None:
    start = await house.append(b"start")
    house.cache.tell(PutValue(key="a", value=b"value", ttl_s=60))
    await house.cache.ask(DropValues(keys=("a",)), timeout_s=ANSWERED_S)

    assert await house.read(start, key="a") == ChangesRead(changes=(), value=None)


async def test_values_are_put_in_the_same_step_as_the_change(house: House) -> None:
    too_large = PutValue(key="c", value=b"x" * (MAX_VALUE_BYTES + 1), ttl_s=60)
    await house.append(
        b"change",
        PutValue(key="a", value=b"one", ttl_s=60),
        too_large,
        PutValue(key="b", value=b"two", ttl_s=0.001),
    )

    assert await house.get("a") == b"one"
    assert await house.get("c") is None
    while await house.get("b") is not None:
        pass  # a millisecond: the test's time limit is the failure


async def test_a_log_is_lost_with_everything_else(house: House) -> None:
    start = await house.append(b"start")
    house.store.forget_everything()

    assert await house.read(start) == ChangesLost()
    again = await house.append(b"again")
    assert again > start
    assert await house.read(start) == ChangesLost()
    assert await house.read(again) == ChangesRead(changes=(), value=None)


async def test_nothing_is_appended_or_read_in_an_outage(house: House) -> None:
    start = await house.append(b"start")
    house.store.go_away()

    change = AppendChange(log="guild:1", change=b"unheard")

    assert await house.read(start) == Miss()
    assert await house.cache.ask(change, timeout_s=ANSWERED_S) == ChangeNotAppended()
    assert await house.read(start) == Miss()


async def test_what_readers_say_of_their_reads_is_counted(house: House) -> None:
    start = await house.append(b"start")
    message = ReadChanges(log="guild:1", after=start, hits=3, misses=1)

    await house.cache.ask(message, timeout_s=ANSWERED_S)
    house.store.go_away()
    await house.cache.ask(message, timeout_s=ANSWERED_S)

    health = await house.cache.ask(GetCacheHealth(), timeout_s=ANSWERED_S)
    assert (health.hits, health.misses) == (6, 2)


async def test_a_value_of_another_kind_under_the_key_is_none(redis_server: RealRedis) -> None:
    async with run_actor(Cache(url=SecretStr(redis_server.url))) as cache:
        house = House(cache, RedisStore(redis_server))
        start = await house.append(b"start")
        redis_server.command("RPUSH", "cache:a", "a list of a stranger")

        assert await house.read(start, key="a") == ChangesRead(changes=(), value=None)


async def test_a_change_is_not_appended_when_redis_has_no_room(redis_server: RealRedis) -> None:
    async with run_actor(Cache(url=SecretStr(redis_server.url))) as cache:
        redis_server.command("CONFIG", "SET", "maxmemory", "1")

        change = AppendChange(log="guild:1", change=b"unheard")

        assert await cache.ask(change, timeout_s=ANSWERED_S) == ChangeNotAppended()


async def test_two_caches_on_one_redis_read_each_others_changes(redis_server: RealRedis) -> None:
    url = SecretStr(redis_server.url)
    async with run_actor(Cache(url=url)) as one, run_actor(Cache(url=url)) as other:
        store = RedisStore(redis_server)
        start = await House(one, store).append(b"start")
        change = await House(other, store).append(b"of the other")

        assert await House(one, store).read(start) == ChangesRead(
            changes=(Change(position=change, value=b"of the other"),), value=None
        )
