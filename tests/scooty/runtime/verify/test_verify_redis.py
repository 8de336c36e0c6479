"""What ``scooty verify`` says of a Redis that is there and does not do what it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr

from scooty.runtime.verify.redis_server import check_redis

if TYPE_CHECKING:
    from tests.redis_fixture.server import RealRedis


async def test_no_redis_is_no_failure() -> None:
    finding = await check_redis(None)

    assert (finding.state, finding.fact) == (
        "skipped",
        "REDIS_URL is not set: no cache, and limits in memory",
    )


async def test_a_password_that_is_taken_is_said_to_be_asked_for(guarded_redis: RealRedis) -> None:
    guarded_redis.start()

    finding = await check_redis(SecretStr(guarded_redis.url))

    assert finding.state == "ok"
    assert finding.fact.startswith("lets the bot in with a password; a key and a script in ")


async def test_a_redis_without_a_password_is_told_from_one_with_it(redis_server: RealRedis) -> None:
    finding = await check_redis(SecretStr(redis_server.url))

    assert finding.state == "ok"
    assert "and asks for no password" in finding.fact


async def test_a_wrong_password_is_told_and_not_repeated(guarded_redis: RealRedis) -> None:
    guarded_redis.start()
    url = f"redis://:a-planted-password@127.0.0.1:{guarded_redis.port}/0"

    finding = await check_redis(SecretStr(url))

    assert (finding.state, finding.todo) == ("failed", "correct REDIS_URL")
    assert finding.fact == "REDIS_URL: Redis refuses its user name or password."


async def test_a_frozen_redis_is_away(redis_server: RealRedis) -> None:
    redis_server.freeze()

    finding = await check_redis(SecretStr(redis_server.url))

    redis_server.thaw()
    assert (finding.state, finding.fact) == ("failed", "Redis is away (TimeoutError)")


async def test_a_user_who_may_run_no_scripts_is_told(redis_server: RealRedis) -> None:
    redis_server.command("ACL", "SETUSER", "bot", "on", ">planted12", "~*", "+@all", "-eval")
    url = f"redis://bot:planted12@127.0.0.1:{redis_server.port}/0"

    finding = await check_redis(SecretStr(url))

    assert finding.state == "failed"
    assert finding.fact == "it answers, and refuses a script (NoPermissionError)"
    assert "rights of its user" in finding.todo
