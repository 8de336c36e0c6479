"""In which states the house is measured: what breaks, and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bench.faults.world import House

__all__ = ["CONNECTIONS", "STATES", "Connection", "State"]

Connection: TypeAlias = Literal["postgres", "supabase"]
CONNECTIONS: Final[tuple[Connection, ...]] = ("postgres", "supabase")

Deed: TypeAlias = "Callable[[House], Awaitable[None]]"


async def _nothing(_house: House) -> None:
    """Leave everything as it is."""


@dataclass(frozen=True, slots=True)
class State:
    """One way in which the house can be."""

    name: str
    begin: Deed = _nothing
    end: Deed = _nothing
    again_every_s: float | None = None
    """How often it begins anew while it lasts."""


async def _kill_redis(house: House) -> None:
    await house.redis.kill()


async def _start_redis(house: House) -> None:
    await house.redis.start()


async def _freeze_redis(house: House) -> None:
    house.redis.freeze()


async def _thaw_redis(house: House) -> None:
    house.redis.thaw()


async def _refuse_database(house: House) -> None:
    if house.connection == "supabase":
        await house.refuse_api()
    else:
        await house.line.close()


async def _mend_database(house: House) -> None:
    if house.connection == "supabase":
        await house.hurt_api()
        return
    house.line.delay_s = house.line.cut_share = 0.0
    await house.line.close()
    await house.line.open()


async def _fail_a_third(house: House) -> None:
    if house.connection == "supabase":
        await house.hurt_api({"kind": "status", "status": 503, "share": 0.3})
    else:
        house.line.cut_share = 0.3


async def _slow_database(house: House) -> None:
    if house.connection == "supabase":
        await house.hurt_api({"kind": "slow", "seconds": 2.0})
    else:
        house.line.delay_s = 2.0


async def _limit_discord(house: House) -> None:
    await house.captain.fault("rate_limit", 0.1)


async def _free_discord(house: House) -> None:
    await house.captain.fault("rate_limit", 0)


async def _drop_gateway(house: House) -> None:
    await house.captain.fault("drop_gateway", 1)


async def _break_two(house: House) -> None:
    await _kill_redis(house)
    await _fail_a_third(house)


async def _mend_two(house: House) -> None:
    await _start_redis(house)
    await _mend_database(house)


STATES: Final = (
    State("all well"),
    State("Redis killed", _kill_redis, _start_redis),
    State("Redis frozen", _freeze_redis, _thaw_redis),
    State("database refuses", _refuse_database, _mend_database),
    State("30 % of calls fail", _fail_a_third, _mend_database),
    State("database 2 s late", _slow_database, _mend_database),
    State("a tenth is 429", _limit_discord, _free_discord),
    State("gateway drops", _drop_gateway, again_every_s=5.0),
    State("Redis and 30 %", _break_two, _mend_two),
)
