"""Asks the parts how they are, and says what of it is trouble."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from actors.cache.messages import GetCacheHealth
from actors.discord_gateway.messages import GetGatewayHealth
from actors.repository.messages import GetDatabaseHealth
from scooty.core.asking import ask_or
from scooty.core.observer import GetAlarms
from scooty.features.alerts.rules import Trouble, TroubleKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actors.cache.messages import CacheHealth
    from actors.discord_gateway.messages import GatewayHealth
    from actors.discord_gateway.standing import CommandsRestored, GuildGap, Standing
    from actors.repository.messages import DatabaseHealth
    from scooty.core.observer import Alarms
    from scooty.core.parts import Parts

_PROBE_S: Final = 1.0
_OF_STANDING: Final[tuple[TroubleKind, ...]] = ("permissions", "scope")


@dataclass(slots=True, kw_only=True)
class Look:
    """What one look found."""

    troubles: list[Trouble] = field(default_factory=list)
    unknown: set[TroubleKind] = field(default_factory=set)
    """Kinds of trouble of which nobody could say."""
    restored: CommandsRestored | None = None
    """The last time that the commands had to be registered again."""


async def look_around(parts: Parts) -> Look:
    """Ask all parts at the same time; who does not answer in a second is silent."""
    gateway, database, cache, alarms = await asyncio.gather(
        ask_or(parts.gateway, GetGatewayHealth(), timeout_s=_PROBE_S, otherwise=None),
        ask_or(parts.repository, GetDatabaseHealth(), timeout_s=_PROBE_S, otherwise=None),
        ask_or(parts.cache, GetCacheHealth(), timeout_s=_PROBE_S, otherwise=None),
        ask_or(parts.observer, GetAlarms(), timeout_s=_PROBE_S, otherwise=None),
    )
    look = Look()
    _judge_gateway(look, gateway)
    _judge_database(look, database)
    _judge_cache(look, cache)
    _judge_alarms(look, alarms)
    return look


def _judge_gateway(look: Look, health: GatewayHealth | None) -> None:
    if health is None or health.state != "connected":
        look.troubles.append(Trouble(kind="gateway"))
    if health is None or health.standing is None:
        look.unknown.update(_OF_STANDING)
        return
    look.troubles += _gaps(health.standing)
    look.restored = health.standing.restored


def _gaps(standing: Standing) -> Iterator[Trouble]:
    for gap in standing.gaps:
        if gap.lacks_scope:
            yield _gap("scope", gap, level=0)
        if gap.permissions:
            yield _gap("permissions", gap, level=len(gap.permissions))


def _gap(kind: TroubleKind, gap: GuildGap, *, level: int) -> Trouble:
    facts = (("server", gap.name), ("permissions", gap.permissions), ("link", gap.invitation))
    return Trouble(kind=kind, about=str(gap.guild_id), level=level, facts=facts)


def _judge_database(look: Look, health: DatabaseHealth | None) -> None:
    # Half open is open for all but one call.
    if health is None or health.state != "connected" or health.breaker != "closed":
        look.troubles.append(Trouble(kind="database"))


def _judge_cache(look: Look, health: CacheHealth | None) -> None:
    if health is None:
        look.unknown.add("redis")
    elif health.state == "reconnecting":
        look.troubles.append(Trouble(kind="redis"))


def _judge_alarms(look: Look, alarms: Alarms | None) -> None:
    if alarms is None:
        look.unknown.add("budget")
        return
    look.troubles += [
        Trouble(
            kind="budget",
            about=burn.objective.name,
            level=1 if burn.rule.severity == "urgent" else 0,
            facts=(("rate", burn.rate), ("window_s", burn.rule.long_s)),
        )
        for burn in alarms.burns
    ]
