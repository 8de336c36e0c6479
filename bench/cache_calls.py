"""The CPU that this process spends on a call of storage and of the limiter, with Redis and without.

The database's and Redis's own CPU is not in it. The least of several rounds, since the machine may
be busy with other things.
"""

from __future__ import annotations

import logging
import time
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import structlog
from pydantic import SecretStr

from actors.cache import Cache
from actors.kernel import ActorSystem, ChildSpec
from actors.postgres_server import PostgresServer, dsn_for
from actors.rate_limiter import AcquirePermit, Bucket, Limit, RateLimiter
from actors.repository import PostgresConnection, Repository
from bench.load import player_name
from scooty.core.cached import Cached
from scooty.core.calls import Sql
from scooty.core.storage.migrations import MIGRATIONS
from scooty.domain.ids import GuildId, MemberId, RequestId
from tests.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from actors.kernel import Address

    Call = Callable[[], Awaitable[Any]]

__all__ = ["print_costs"]

_GUILD: Final = GuildId(1)
_PLAYERS: Final = 400
_WARM: Final = 20
"""Players that are looked up again and again."""
_ROUNDS: Final = 5
_CALLS: Final = 300
_LIMITS: Final = tuple(
    Limit(name=name, capacity=1_000_000, refill_per_s=100_000) for name in ("command", "guild")
)
_OWN: Final = Bucket(limit="command", key="5:scout")
_SERVERS: Final = Bucket(limit="guild", key="1")
_numbers = count(1)


async def print_costs(folder: Path, redis_url: str) -> None:
    """Print the CPU for each call."""
    level = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=level)
    system = ActorSystem()
    async with system.running(_specs(folder, SecretStr(redis_url))):
        database = Asked(Sql(system.address("repository")))
        sql = Sql(system.address("repository"))
        cached = Asked(Cached(sql, cache=system.address("cache")))
        await cached.create_event(
            guild_id=_GUILD, request_id=RequestId(1), name="Open", member_id=MemberId(2)
        )
        for _ in range(2 * _PLAYERS):
            await _scout(cached)
        for name, cost_us in (await _least_cpu_us(_calls(system, database, cached))).items():
            print(f"{name:<44}{cost_us:>6.0f} us CPU")


def _specs(folder: Path, url: SecretStr) -> tuple[ChildSpec, ...]:
    def repository() -> Repository:
        dsn = SecretStr(dsn_for(folder))
        return Repository(PostgresConnection(dsn=dsn, migrations=MIGRATIONS))

    return (
        ChildSpec(
            name="postgres",
            start=lambda: PostgresServer(directory=folder),
            start_timeout_s=30,
            stop_timeout_s=10,
        ),
        ChildSpec(name="repository", start=repository, after=("postgres",), concurrency=8),
        ChildSpec(name="cache", start=lambda: Cache(url=url), concurrency=8),
        ChildSpec(name="shared", start=lambda: RateLimiter(url=url, limits=_LIMITS)),
        ChildSpec(name="in_memory", start=lambda: RateLimiter(url=None, limits=_LIMITS)),
    )


def _calls(system: ActorSystem, database: Asked, cached: Asked) -> dict[str, Call]:
    calls: dict[str, Call] = {}
    for road, storage in (("database", database), ("cache", cached)):
        calls[f"complete an opponent, {road}"] = partial(_complete, storage)
        calls[f"complete an archetype, {road}"] = partial(
            storage.suggest_archetypes, guild_id=_GUILD, text="bur"
        )
        calls[f"look a player up, {road}"] = partial(_look_up, storage)
        calls[f"report, {road}"] = partial(_scout, storage)
    for where in ("in_memory", "shared"):
        limiter = system.address(where)
        calls[f"permit of one bucket, {where}"] = partial(_permit, limiter, (_OWN,))
        calls[f"permit of two buckets, {where}"] = partial(_permit, limiter, (_OWN, _SERVERS))
    return calls


async def _complete(storage: Asked) -> None:
    text = player_name(next(_numbers) % _PLAYERS)[:3]
    await storage.suggest_opponents(guild_id=_GUILD, text=text)


async def _look_up(storage: Asked) -> None:
    await storage.check_player(guild_id=_GUILD, name=player_name(next(_numbers) % _WARM))


async def _scout(storage: Asked) -> None:
    number = next(_numbers)
    await storage.record_report(
        guild_id=_GUILD,
        request_id=RequestId(1_000 + number),
        reporter_id=MemberId(2),
        reporter_name="Sam",
        opponent=player_name(number % _PLAYERS),
        archetype="Burn",
        comment="mulligans to five",
    )


async def _permit(limiter: Address, buckets: tuple[Bucket, ...]) -> None:
    await limiter.ask(AcquirePermit(buckets=buckets), timeout_s=1)


async def _least_cpu_us(calls: dict[str, Call]) -> dict[str, float]:
    least: dict[str, float] = {}
    for _ in range(_ROUNDS):
        for name, call in calls.items():
            began_s = time.process_time()
            for _ in range(_CALLS):
                await call()
            cost_us = (time.process_time() - began_s) / _CALLS * 1e6
            least[name] = min(cost_us, least.get(name, cost_us))
    return least
