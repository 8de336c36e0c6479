"""Use the bot while its house is broken, in each state and over both connections; print one table.

    make bench-faults               # or: make bench-faults ARGS="--seconds 15 --only postgres"

In each state people go on scouting at a steady rate: the fault begins after a quarter of the time
and ends after three quarters. Every server is on this machine, and nothing leaves loopback.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bench.faults.calls import count_calls
from bench.faults.states import CONNECTIONS, STATES, Connection, State
from bench.faults.world import House, house
from bench.processes import open_to_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.faults.gestures import Record

_ANSWERED_GOAL: Final = 0.99
_RECOVERY_GOAL_S: Final = 5.0
_AROUND_S: Final = 10.0
"""What a house takes to be built, counted in and taken down, in seconds."""
_P95_GOALS_MS: Final[dict[tuple[str, Connection], float]] = {
    ("all well", "postgres"): 50.0,
    ("all well", "supabase"): 60.0,
    ("Redis killed", "postgres"): 100.0,
    ("Redis killed", "supabase"): 100.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was seen in one state."""

    state: str
    connection: Connection
    total: int
    answered: float
    degraded: float
    p95_ms: float
    lost: int
    promised: int
    recovery_s: float

    @property
    def misses(self) -> list[str]:
        """Name the goals that were missed."""
        goal_ms = _P95_GOALS_MS.get((self.state, self.connection))
        return [
            name
            for name, missed in (
                ("lost", self.lost > 0),
                ("answered", self.answered <= _ANSWERED_GOAL),
                ("recovery", self.recovery_s > _RECOVERY_GOAL_S),
                ("p95", goal_ms is not None and self.p95_ms >= goal_ms),
            )
            if missed
        ]


async def measure(around: House, state: State, *, rate: float, seconds: float) -> Row:
    """Let people act while the house is in one state."""
    scouts = around.scouts
    scouts.records.clear()
    scouts.promised.clear()
    acting = asyncio.ensure_future(scouts.act(rate=rate, seconds=seconds, seed=11))
    await asyncio.sleep(seconds / 4)
    fault_until_s = time.monotonic() + seconds / 2
    await state.begin(around)
    while (left_s := fault_until_s - time.monotonic()) > 0:
        await asyncio.sleep(min(left_s, state.again_every_s or left_s))
        if state.again_every_s is not None and time.monotonic() < fault_until_s:
            await state.begin(around)
    await state.end(around)
    mended_at_s = time.monotonic()
    await acting
    lost = await around.list_lost()
    return _row(state, around.connection, scouts.records, mended_at_s, lost, len(scouts.promised))


def _row(  # noqa: PLR0913, PLR0917 - what a row is made of
    state: State,
    connection: Connection,
    records: Sequence[Record],
    mended_at_s: float,
    lost: Sequence[str],
    promised: int,
) -> Row:
    latencies = sorted(record.latency_s for record in records if record.verdict != "failed")
    later = [r for r in records if r.due_s >= mended_at_s and r.verdict != "well"]
    last_s = max((record.due_s + record.latency_s for record in later), default=mended_at_s)
    return Row(
        state=state.name,
        connection=connection,
        total=len(records),
        answered=len(latencies) / len(records),
        degraded=sum(record.verdict == "degraded" for record in records) / len(records),
        p95_ms=latencies[int(0.95 * len(latencies))] * 1000,
        lost=len(lost),
        promised=promised,
        recovery_s=last_s - mended_at_s,
    )


_HEAD: Final = (
    f"{'state':<20}{'connection':<12}{'gestures':>9}{'answered':>10}{'degraded':>10}"
    f"{'p95':>10}{'lost':>14}{'recovery':>10}   goals"
)


def _text(row: Row) -> str:
    lost = f"{row.lost} of {row.promised}"
    verdict = f"MISSED: {', '.join(row.misses)}" if row.misses else "met"
    return (
        f"{row.state:<20}{row.connection:<12}{row.total:>9}{row.answered:>10.2%}"
        f"{row.degraded:>10.1%}{row.p95_ms:>7.0f} ms{lost:>14}{row.recovery_s:>8.1f} s   {verdict}"
    )


async def _print_calls(around: House) -> int:
    """Print what gestures cost the database; return how many goals were missed."""
    costs = await count_calls(around)
    for cost in costs:
        verdict = "met" if cost.is_met else f"MISSED: at most {cost.most}"
        print(f"{'database calls':<20}{around.connection:<12}{cost.gesture:<20}"
              f"{cost.calls:>6.2f} each   {verdict}", flush=True)  # fmt: skip
    return sum(not cost.is_met for cost in costs)


async def _main(chosen: argparse.Namespace) -> int:
    connections = (chosen.only,) if chosen.only else CONNECTIONS
    states = [state for state in STATES if not chosen.state or chosen.state in state.name]
    minutes = len(connections) * (len(states) * chosen.seconds + _AROUND_S) / 60
    print(f"{chosen.rate:.0f}/s for {chosen.seconds:.0f} s in each state, the fault for the middle "
          f"half of it; {minutes:.0f} minutes in all\n\n{_HEAD}")  # fmt: skip
    missed = 0
    for connection in connections:
        with tempfile.TemporaryDirectory(prefix="scooty-faults-") as name:
            async with house(open_to_all(name), connection) as around:
                missed += await _print_calls(around)
                for state in states:
                    row = await measure(around, state, rate=chosen.rate, seconds=chosen.seconds)
                    print(_text(row), flush=True)
                    missed += len(row.misses)
    return 1 if missed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="in each state")
    parser.add_argument("--rate", type=float, default=50.0, help="gestures a second")
    parser.add_argument("--only", choices=CONNECTIONS, help="one connection")
    parser.add_argument("--state", help="states whose name holds this")
    sys.exit(asyncio.run(_main(parser.parse_args())))
