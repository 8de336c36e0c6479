from __future__ import annotations

import asyncio
import traceback
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from actors.kernel import FatalError, SystemClock
from actors.redis_connection import NotDone
from actors.redis_connection.connection import RedisConnection

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

    from tests.redis_fixture.server import RealRedis

HIDDEN = "hunter2-of-the-test"


class Watched:
    """A connection under test, with its changes to wait for instead of sleeping."""

    def __init__(self, url: str) -> None:
        self._changed = asyncio.Condition()
        self._wakers: set[asyncio.Task[None]] = set()
        self.prepared = 0
        self.prepare_with: str | None = None
        self.connection = RedisConnection(
            url=SecretStr(url),
            setting="REDIS_URL",
            clock=SystemClock(),
            on_change=self._on_change,
            prepare=self._prepare,
        )

    async def until(self, state: str) -> None:
        """Return when the connection has this state."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.connection.state == state)

    async def until_prepared(self, times: int) -> None:
        """Return when that many new connections were prepared, or nearly."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.prepared >= times)

    async def ping(self) -> object:
        return await self.connection.call("ping", lambda client: client.ping())

    async def _prepare(self, client: Redis) -> None:
        self.prepared += 1
        self._on_change()
        if self.prepare_with is not None:
            await client.eval(self.prepare_with, 0)

    def _on_change(self) -> None:
        waker = asyncio.ensure_future(self._wake())
        self._wakers.add(waker)
        waker.add_done_callback(self._wakers.discard)

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()


@asynccontextmanager
async def closing(watched: Watched) -> AsyncIterator[Watched]:
    try:
        yield watched
    finally:
        await watched.connection.close()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Watched]:
    async with closing(Watched(url)) as watched:
        await watched.connection.open()
        keeper = asyncio.ensure_future(watched.connection.keep_open())
        try:
            yield watched
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)


def _with_wrong_password(server: RealRedis) -> str:
    assert server.password is not None
    return server.url.replace(server.password, HIDDEN)


async def test_a_call_reaches_redis_when_it_is_well(redis_url: str) -> None:
    async with opened(redis_url) as watched:
        answer = await watched.ping()

        assert answer is True
        assert watched.connection.state == "connected"
        assert watched.connection.detail is None


async def test_a_killed_redis_refuses_calls_and_is_found_again(redis_server: RealRedis) -> None:
    async with opened(redis_server.url) as watched:
        redis_server.kill()
        first, second = await watched.ping(), await watched.ping()

        assert isinstance(first, NotDone)
        assert isinstance(second, NotDone)
        assert "Redis is away" in (watched.connection.detail or "")

        redis_server.start()
        await watched.until("connected")

        assert await watched.ping() is True


async def test_a_redis_that_restarted_unnoticed_answers_the_next_call(
    redis_server: RealRedis,
) -> None:
    async with opened(redis_server.url) as watched:
        redis_server.kill()
        redis_server.start()

        assert await watched.ping() is True


async def test_a_frozen_redis_holds_up_a_call_no_longer_than_the_limit(
    redis_server: RealRedis,
) -> None:
    async with opened(redis_server.url) as watched:
        redis_server.freeze()
        async with asyncio.timeout(0.9):
            answers = await asyncio.gather(*(watched.ping() for _ in range(20)))

        assert all(isinstance(answer, NotDone) for answer in answers)
        assert watched.connection.state == "reconnecting"

        redis_server.thaw()
        await watched.until("connected")

        assert await watched.ping() is True


async def test_the_options_of_a_url_cannot_lift_the_limit(redis_server: RealRedis) -> None:
    url = f"{redis_server.url}?socket_timeout=60&socket_connect_timeout=60"
    async with opened(url) as watched:
        redis_server.freeze()
        async with asyncio.timeout(0.9):
            answer = await watched.ping()

        assert isinstance(answer, NotDone)


async def test_a_redis_that_is_away_at_first_is_found_later(redis_server: RealRedis) -> None:
    redis_server.kill()
    async with opened(redis_server.url) as watched:
        assert isinstance(await watched.ping(), NotDone)

        redis_server.start()
        await watched.until("connected")

        assert await watched.ping() is True


async def test_every_new_connection_is_prepared_before_calls_use_it(
    redis_server: RealRedis,
) -> None:
    async with opened(redis_server.url) as watched:
        watched.prepare_with = "no Lua at all"
        redis_server.kill()
        await watched.ping()
        redis_server.start()
        await watched.until_prepared(times=3)

        assert isinstance(await watched.ping(), NotDone)

        watched.prepare_with = None
        await watched.until("connected")

        assert await watched.ping() is True


async def test_a_refused_command_is_shown_until_it_succeeds_again(
    redis_server: RealRedis,
) -> None:
    async with opened(redis_server.url) as watched:
        redis_server.command("CONFIG", "SET", "maxmemory", "1")
        refused = await watched.connection.call("set", lambda client: client.set("key", "value"))
        answered = await watched.ping()

        assert refused == NotDone("OutOfMemoryError")
        assert answered is True
        assert "OutOfMemoryError" in (watched.connection.detail or "")

        redis_server.command("CONFIG", "SET", "maxmemory", "0")
        await watched.connection.call("set", lambda client: client.set("key", "value"))

        assert watched.connection.detail is None


async def test_a_wrong_password_is_fatal_and_named_without_being_shown(
    guarded_redis: RealRedis,
) -> None:
    guarded_redis.start()
    async with closing(Watched(_with_wrong_password(guarded_redis))) as watched:
        with pytest.raises(FatalError, match="REDIS_URL") as caught:
            await watched.connection.open()

    assert HIDDEN not in _all_that_a_log_could_show(caught.value)


async def test_a_password_found_wrong_only_later_is_fatal_too(guarded_redis: RealRedis) -> None:
    async with closing(Watched(_with_wrong_password(guarded_redis))) as watched:
        await watched.connection.open()
        guarded_redis.start()

        with pytest.raises(FatalError, match="REDIS_URL"):
            await watched.connection.keep_open()


async def test_a_password_that_was_changed_under_us_is_an_outage(guarded_redis: RealRedis) -> None:
    guarded_redis.start()
    assert guarded_redis.password is not None
    async with opened(guarded_redis.url) as watched:
        guarded_redis.command("CONFIG", "SET", "requirepass", HIDDEN)
        guarded_redis.command("CLIENT", "KILL", "TYPE", "normal", password=HIDDEN)
        await watched.ping()

        assert watched.connection.detail == "Redis is away (AuthenticationError)"

        back = guarded_redis.password
        guarded_redis.command("CONFIG", "SET", "requirepass", back, password=HIDDEN)
        await watched.until("connected")

        assert await watched.ping() is True


@pytest.mark.parametrize(
    "url",
    [
        "localhost:6379",
        f"http://:{HIDDEN}@localhost",
        f"redis://:{HIDDEN}@localhost:port",
        f"redis://:{HIDDEN}@localhost:99999999",
        f"redis://:{HIDDEN}@localhost?max_connections=many",
        f"redis://:{HIDDEN}@localhost?colour=blue",
        f"rediss://:{HIDDEN}@localhost?ssl_cert_reqs=perhaps",
        f"redis://[:{HIDDEN}@localhost",
        "",
    ],
)
def test_a_url_that_cannot_be_used_is_fatal_and_named_without_being_shown(url: str) -> None:
    with pytest.raises(FatalError, match="REDIS_URL") as caught:
        Watched(url)

    assert HIDDEN not in _all_that_a_log_could_show(caught.value)


def _all_that_a_log_could_show(error: BaseException) -> str:
    """The sentence, every error that is printed before it, and our frames' local variables."""
    shown = "".join(traceback.format_exception(error))
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_globals["__name__"].startswith("actors."):
            shown += repr(frame.f_locals)
    return shown
