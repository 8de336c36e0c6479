"""Supabase answers every call with an error while people use the bot, then says nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.runtime.drills.drill import Drill
from scooty.runtime.drills.stage import open_stage, within, words_of
from scooty.runtime.drills.supabase import running_supabase

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.client_outcomes import Outcome
    from scooty.runtime.drills.account import Account
    from scooty.runtime.drills.stage import Stage
    from scooty.runtime.drills.supabase import DrillSupabase

_KEY: Final = "sb_secret_of_the_drill"
_PING_MS: Final = 1_000.0
"""Source: the runbook, "commande interne ping (latence < 1s)"."""
_ANSWER_MS: Final = 3_000.0
"""Source: Discord, interactions/receiving-and-responding, "respond within 3 seconds"."""


async def _play(account: Account, folder: Path) -> None:
    async with running_supabase(folder) as supabase:
        settings = {"SUPABASE_URL": supabase.url, "SUPABASE_KEY": _KEY}
        async with open_stage(account, folder, **settings) as stage:
            await _fail(stage, supabase)
            await _recover(stage, supabase, ("Sol Failing", "Tam Failing", "Uma Failing"))
            await _say_nothing(stage, supabase)
            await _recover(stage, supabase, ("Val Silent",))


async def _fail(stage: Stage, supabase: DrillSupabase) -> None:
    stage.happens("Supabase answers every call with HTTP 503")
    supabase.be("failing")
    reports = [
        await stage.use("scout", opponent=name, archetype="Burn")
        for name in ("Sol Failing", "Tam Failing", "Uma Failing")
    ]
    looked = await stage.use("check", name="Sol Failing")
    ping = await stage.use("ping")
    await stage.expect_line("database.call_failed")
    opened = await stage.expect_line("database.breaker_changed", state="open")
    await stage.expect_line("outbox.queued")
    _promise_answers(stage, [*reports, looked], ping)
    stage.account.promise("the breaker opens, so that Supabase is spared", kept=opened is not None)


async def _say_nothing(stage: Stage, supabase: DrillSupabase) -> None:
    stage.happens("Supabase takes every call and answers none")
    supabase.be("silent")
    report = await stage.use("scout", opponent="Val Silent", archetype="Burn")
    ping = await stage.use("ping")
    await stage.expect_line("database.call_failed")
    await stage.expect_line("outbox.queued")
    _promise_answers(stage, [report], ping)


def _promise_answers(stage: Stage, outcomes: list[Outcome], ping: Outcome) -> None:
    stage.account.promise(
        "every command is answered within Discord's 3 s",
        kept=all(within(each, _ANSWER_MS) for each in outcomes),
    )
    stage.account.promise("/ping answers within 1 s", kept=within(ping, _PING_MS))


async def _recover(stage: Stage, supabase: DrillSupabase, names: tuple[str, ...]) -> None:
    stage.happens("Supabase answers again; nobody touches the bot")
    supabase.be("well")
    last = await stage.expect_line("outbox.delivered", nth=len(names))
    looked = [await stage.use("check", name=name) for name in names]
    stage.account.promise(
        "what was queued reaches the database by itself, and none of it is lost",
        kept=last is not None and not any("queued" in words_of(each) for each in looked),
    )


DRILL: Final = Drill(
    name="supabase-errors",
    summary="Supabase answers with errors, then not at all",
    play=_play,
)
