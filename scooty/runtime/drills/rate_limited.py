"""Somebody types too fast, and then Discord answers everything with HTTP 429."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from sandbox import demo
from sandbox.client import Person
from scooty.runtime.drills.drill import Drill
from scooty.runtime.drills.stage import open_stage, words_of

if TYPE_CHECKING:
    from pathlib import Path

    from scooty.runtime.drills.account import Account
    from scooty.runtime.drills.stage import Stage

_BURST: Final = 10
_TOO_MANY: Final = 14
_AT_ONCE: Final = 5
_TOO_MANY_REQUESTS: Final = 429
_REFUSALS: Final = 10 + _AT_ONCE
"""Ten in a row, and those that were under way at that moment."""


async def _play(account: Account, folder: Path) -> None:
    settings = {"SCOOTY_COMMAND_LIMIT": f"{_BURST}/30"}
    async with (
        open_stage(account, folder, **settings) as stage,
        Person(stage.sandbox.base_url, demo.SAM) as sam,
        Person(stage.sandbox.base_url, demo.ROBIN) as robin,
    ):
        await _type_too_fast(stage, sam)
        await _refuse_everything(stage, robin)


async def _type_too_fast(stage: Stage, sam: Person) -> None:
    stage.happens(f"Sam sends {_TOO_MANY} commands at once; {_BURST} are allowed")
    commands = (sam.command("check", name="Ada Before") for _ in range(_TOO_MANY))
    outcomes = await asyncio.gather(*commands)
    served = [outcome for outcome in outcomes if "Ada Before" in words_of(outcome)]
    refused = [outcome for outcome in outcomes if outcome not in served]
    stage.account.seen(f"{len(served)} x {words_of(served[0])}")
    stage.account.seen(f"{len(refused)} x {words_of(refused[0])}")
    await stage.expect_line("interaction.handled", outcome="refused")
    other = await stage.use("check", name="Ada Before")
    stage.account.promise(
        f"{_BURST} commands are carried out, and the others are told when to go on",
        kept=len(served) == _BURST and all(each.ok for each in refused),
    )
    stage.account.promise("nobody else has to wait", kept="Ada Before" in words_of(other))


async def _refuse_everything(stage: Stage, robin: Person) -> None:
    refusals = stage.sandbox.state.trace.statuses
    stage.happens(f"Discord answers everything with HTTP 429 while Robin sends {_AT_ONCE} commands")
    await robin.fault("rate_limit", 1.0)
    asking = [asyncio.create_task(robin.command("ping")) for _ in range(_AT_ONCE)]
    paused = await stage.expect_line("gateway.paused")
    sent = refusals[_TOO_MANY_REQUESTS]
    await robin.fault("rate_limit", 0)
    for outcome in await asyncio.gather(*asking):
        stage.account.seen(f"/ping -> {words_of(outcome)}")
    again = await stage.expect_line("gateway.accepted_again")
    outcome = await stage.use("ping")
    stage.account.promise(
        f"the bot stops asking after a few refusals ({sent} were sent), before Discord bans it",
        kept=paused is not None and sent <= _REFUSALS,
    )
    stage.account.promise(
        "it answers again by itself when Discord does", kept=again is not None and outcome.ok
    )


DRILL: Final = Drill(
    name="rate-limited",
    summary="somebody types too fast, then Discord answers everything with HTTP 429",
    play=_play,
)
