"""All checks, in the runbook's order, each within its time, and nothing secret in what they say."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from scooty.domain.health import PartHealth
from scooty.runtime.masking import masking, secret_values
from scooty.runtime.verify.at_discord import check_discord
from scooty.runtime.verify.database import DatabaseVerdict, check_database
from scooty.runtime.verify.findings import failed, skipped
from scooty.runtime.verify.log_lines import check_logs
from scooty.runtime.verify.packages import check_packages
from scooty.runtime.verify.redis_server import check_redis
from scooty.runtime.verify.round_trips import Surroundings, check_commands_answer
from scooty.runtime.verify.running_bot import check_running_bot

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Iterable

    from scooty.domain.health import PartState
    from scooty.runtime.config import Settings
    from scooty.runtime.verify.findings import Finding, State

T = TypeVar("T")

_LONGEST_S: Final = 20.0
"""For each check; Discord's rate limits may make it wait for some seconds."""
_NO_LOGS: Final = "not looked at: give them with --logs FILE, or --logs - and a pipe"
_NO_GUILD: Final = 1
"""No server has this id, so nothing of anybody is read."""


async def verify(settings: Settings, *, logs: Iterable[str] | None) -> AsyncGenerator[Finding]:
    """Make the checks, and yield each as soon as it is made.

    Args:
        settings: What the bot would run with.
        logs: Log lines to judge; None for none.
    """
    mask = masking(secret_values(settings))
    async for finding in _verify(settings, logs):
        yield replace(finding, fact=mask(finding.fact), todo=mask(finding.todo))


async def _verify(settings: Settings, logs: Iterable[str] | None) -> AsyncGenerator[Finding]:
    yield check_packages()
    redis = await _in_time(check_redis(settings.redis_url), _late("redis"))
    yield redis
    database = await _in_time(check_database(settings), DatabaseVerdict(finding=_late("database")))
    yield database.finding
    discord = await _in_time(check_discord(settings), [_late("token")])
    for finding in discord:
        yield finding
    yield await _in_time(check_running_bot(settings.port), _late("bot"))
    surroundings = Surroundings(
        gateway=_part(discord[0]),
        cache=_part(redis),
        guild_id=settings.discord_guild_id or _NO_GUILD,
    )
    answers = check_commands_answer(database.specs, surroundings)
    for finding in await _in_time(answers, [_late("/ping"), _late("/check")]):
        yield finding
    yield skipped("logs", _NO_LOGS) if logs is None else check_logs(logs)


async def _in_time(work: Awaitable[T], late: T) -> T:
    try:
        async with asyncio.timeout(_LONGEST_S):
            return await work
    except TimeoutError:
        return late


def _late(check: str) -> Finding:
    return failed(check, f"no answer in {_LONGEST_S:.0f} s", "try again")


def _part(finding: Finding) -> PartHealth:
    states: dict[State, PartState] = {
        "ok": "connected",
        "skipped": "in_memory",
        "failed": "unreachable",
    }
    return PartHealth(state=states[finding.state])
