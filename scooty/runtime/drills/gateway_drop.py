"""The connection to Discord is cut, and then its session is refused."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from scooty.runtime.drills.drill import Drill
from scooty.runtime.drills.stage import open_stage, words_of

if TYPE_CHECKING:
    from pathlib import Path

    from scooty.runtime.drills.account import Account
    from scooty.runtime.drills.stage import Stage

_UNDERWAY_MS: Final = 300


async def _play(account: Account, folder: Path) -> None:
    async with open_stage(account, folder) as stage:
        await _cut(stage)
        await _refuse_session(stage)


async def _cut(stage: Stage) -> None:
    identifies = stage.sandbox.state.gateway.identifies
    stage.happens("The connection is cut while a command is on its way to the bot")
    await stage.captain.fault("latency", _UNDERWAY_MS)
    outcome, _ = await asyncio.gather(
        stage.captain.command("scout", opponent="Cut Underway", archetype="Burn"),
        stage.captain.fault("drop_gateway"),
    )
    await stage.captain.fault("latency", 0)
    stage.account.seen(f"/scout opponent:Cut Underway archetype:Burn -> {words_of(outcome)}")
    await stage.expect_line("gateway.disconnected")
    await stage.expect_line("gateway.resumed")
    stage.account.promise("a command that was on its way is answered", kept=outcome.ok)
    stage.account.promise(
        "the session is taken up again, without a new login",
        kept=stage.sandbox.state.gateway.identifies == identifies,
    )


async def _refuse_session(stage: Stage) -> None:
    identifies = stage.sandbox.state.gateway.identifies
    stage.happens("Discord refuses the session (op 9), so that it cannot be taken up again")
    await stage.captain.fault("invalid_session", value=False)
    connected = await stage.expect_line("gateway.connected", within_s=30.0)
    outcome = await stage.use("ping")
    stage.account.promise(
        "the bot logs in anew, once",
        kept=connected is not None and stage.sandbox.state.gateway.identifies == identifies + 1,
    )
    stage.account.promise("commands are answered afterwards", kept=outcome.ok)


DRILL: Final = Drill(
    name="gateway-drop",
    summary="the connection to Discord is cut, then its session is refused",
    play=_play,
)
