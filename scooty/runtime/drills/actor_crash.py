"""Actors crash one after the other while somebody reports."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from scooty.runtime.drills.drill import Drill
from scooty.runtime.drills.stage import open_stage, words_of

if TYPE_CHECKING:
    from pathlib import Path

    from scooty.runtime.drills.account import Account
    from scooty.runtime.drills.stage import Stage

_REPORTED_DURING: Final = (
    ("desk", "Dea Crash"),
    ("repository", "Rio Crash"),
    ("postgres", "Pia Crash"),
)
_GATEWAY_BACK_S: Final = 30.0
"""It waits 4 s or more before it logs in anew: Discord counts logins."""


async def _play(account: Account, folder: Path) -> None:
    async with open_stage(account, folder) as stage:
        for actor, opponent in _REPORTED_DURING:
            await _crash(stage, actor, opponent)
        await _crash_gateway(stage)
        await _look_afterwards(stage)


async def _crash(stage: Stage, actor: str, opponent: str) -> None:
    stage.happens(f"The actor {actor} crashes while Camille reports")
    outcome, _ = await asyncio.gather(
        stage.use("scout", opponent=opponent, archetype="Burn"), stage.bot.hurt(actor, "crash")
    )
    restarted = await _see_restart(stage, actor)
    stage.account.promise(
        f"{actor} is restarted by itself, and the report is answered", kept=restarted and outcome.ok
    )


async def _crash_gateway(stage: Stage) -> None:
    stage.happens("The actor gateway crashes: until it has logged in anew nobody is answered")
    await stage.bot.hurt("gateway", "crash")
    await stage.use("ping")
    restarted = await _see_restart(stage, "gateway")
    connected = await stage.expect_line("gateway.connected", within_s=_GATEWAY_BACK_S)
    stage.account.promise(
        "gateway is restarted by itself, and logs in anew",
        kept=restarted and connected is not None,
    )


async def _see_restart(stage: Stage, actor: str) -> bool:
    await stage.expect_line("actor.failed", actor=actor)
    restarted = await stage.expect_line("actor.restarted", actor=actor, within_s=_GATEWAY_BACK_S)
    return restarted is not None


async def _look_afterwards(stage: Stage) -> None:
    stage.happens("Camille looks whether all is there")
    ping = await stage.use("ping")
    looked = [await stage.use("check", name=name) for _, name in _REPORTED_DURING]
    names = [name for _, name in _REPORTED_DURING]
    stage.account.promise("commands are answered", kept=ping.ok)
    stage.account.promise(
        "every report that was acknowledged is there",
        kept=all(
            f"{name} **Burn**" in words_of(each) for name, each in zip(names, looked, strict=True)
        ),
    )


DRILL: Final = Drill(
    name="actor-crash",
    summary="actors crash one after the other",
    play=_play,
)
