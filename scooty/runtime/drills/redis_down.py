"""Redis is killed while people use the bot, and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.runtime.drills.drill import Drill
from scooty.runtime.drills.redis_process import RedisProcess
from scooty.runtime.drills.stage import is_saved, open_stage, within

if TYPE_CHECKING:
    from pathlib import Path

    from scooty.runtime.drills.account import Account
    from scooty.runtime.drills.stage import Stage

_PING_MS: Final = 1_000.0
"""Source: the runbook, "commande interne ping (latence < 1s)"."""


async def _play(account: Account, folder: Path) -> None:
    async with (
        RedisProcess(folder) as redis,
        open_stage(account, folder, REDIS_URL=redis.url) as stage,
    ):
        await _kill(stage, redis)
        await _start_again(stage, redis)


async def _kill(stage: Stage, redis: RedisProcess) -> None:
    stage.happens("Redis is killed")
    await redis.kill()
    outcomes = [
        await stage.use("scout", opponent="Rita Without", archetype="Burn"),
        await stage.use("check", name="Rita Without"),
        await stage.use("ping"),
    ]
    await stage.expect_line("redis.degraded", actor="cache")
    await stage.expect_line("redis.degraded", actor="rate_limiter")
    stage.account.promise(
        "every command is answered, without a cache", kept=all(each.ok for each in outcomes)
    )
    stage.account.promise("reports are saved", kept=is_saved(outcomes[0]))
    stage.account.promise("/ping answers within 1 s", kept=within(outcomes[2], _PING_MS))


async def _start_again(stage: Stage, redis: RedisProcess) -> None:
    stage.happens("Redis is started again; nobody touches the bot")
    await redis.start()
    cache = await stage.expect_line("redis.connected", actor="cache")
    limiter = await stage.expect_line("redis.connected", actor="rate_limiter")
    outcome = await stage.use("ping")
    stage.account.promise(
        "the bot finds Redis again by itself", kept=cache is not None and limiter is not None
    )
    stage.account.promise("commands are answered", kept=outcome.ok)


DRILL: Final = Drill(
    name="redis-down",
    summary="Redis is killed, and comes back",
    play=_play,
)
