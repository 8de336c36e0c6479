"""The desk at a large event: 20 members, 2,000 players, 20,000 reports, on the embedded database.

    make bench-desk                 # part of make bench; or: ARGS="--seconds 10"

Sandbox, bot, PostgreSQL and the load share the machine; nothing leaves loopback.
The field is written into the database by the bot's own SQL functions beforehand.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from base64 import b64encode
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import psycopg
from typing_extensions import override

from actors.postgres_server import dsn_for
from bench.faults.world import start_sandbox
from bench.load import DESK_MIX, STATS_MIX, LoadResult, apply_load, player_name
from bench.processes import open_to_all
from bench.whole_bot import bot_online
from sandbox import demo
from sandbox.client import Person
from scooty.domain.names import fold, name_key, word_key
from scooty.features.players.replies.player_import import APPLY_ROSTER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from bench.load import Gesture
    from sandbox.client_outcomes import Outcome
    from sandbox.client_view import PersonView
    from scooty.core.text.custom_ids import Verb

_MEMBERS: Final = 20
_PLAYERS: Final = 2_000
_REPORTS: Final = 20_000
_FIELD: Final = (
    "Boros Energy", "Jeskai Control", "Izzet Phoenix", "Amulet Titan", "Burn", "Eldrazi Tron",
    "Golgari Yawgmoth", "Living End", "Domain Zoo", "Mill",
)  # fmt: skip
_STRANGE_EVERY: Final = 10
"""One report in ten names another deck than the others of its player: a conflict to settle."""
_IMPORTED: Final = 2_000
_FRESH: Final = 1_000_000
"""From here on, numbers of names that nobody has reported."""
_CHARTS: Final = 10
_STORE: Final = """
    select count(scooty.record_report(
      %(guild)s, n, 1300000000000000000 + n %% 20, 'Member ' || n %% 20,
      names[1 + n %% %(players)s], keys[1 + n %% %(players)s], words[1 + n %% %(players)s],
      archetypes[deck], archetypes[deck],
      case when n %% 5 = 0 then 'Keeps two-landers on the play' end
    ))
    from generate_series(%(first)s::bigint, %(last)s) n,
      (select %(names)s::text[] as names, %(keys)s::text[] as keys, %(words)s::text[] as words,
        %(archetypes)s::text[] as archetypes) given,
      lateral (
        select 1 + (n %% %(players)s + (n %% %(strange)s = 0)::integer) %% cardinality(archetypes)
          as deck
      ) played
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One goal, and what was seen."""

    what: str
    seen: str
    goal: str
    is_met: bool

    @override
    def __str__(self) -> str:
        met = "met" if self.is_met else "MISSED"
        return f"{self.what:<44}{self.seen:>16}   {self.goal:<16}{met}"


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[Sequence[Person]]:
    """Run everything over a field of 20,000 reports; yields the members."""
    async with AsyncExitStack() as stack:
        base = await start_sandbox(stack, folder)
        team = (demo.CAMILLE, demo.SAM, demo.SAM)
        people = [
            await stack.enter_async_context(Person(base, team[number % len(team)]))
            for number in range(_MEMBERS)
        ]
        state = folder / "state"
        await stack.enter_async_context(
            bot_online(
                base,
                person=people[0],
                state_dir=state,
                log=folder / "bot.log",
                DATABASE_URL="",
                REDIS_URL="",
                DISCORD_GUILD_ID="",
            )
        )
        created = await people[0].command("admin create-event", name="Large Open")
        if not created.ok:
            raise SystemExit(f"The event could not be created: {created.error}")
        await asyncio.to_thread(store_field, dsn_for(state / "postgres"))
        yield people


def store_field(dsn: str) -> None:
    """Write the field: every player ten reports, one of them of another deck."""
    names = [player_name(number) for number in range(_PLAYERS)]
    given = {
        "guild": int(demo.AZORIUS),
        "players": _PLAYERS,
        "strange": _STRANGE_EVERY,
        "names": names,
        "keys": [name_key(name) for name in names],
        "words": [word_key(name) for name in names],
        "archetypes": [fold(name) for name in _FIELD],
    }
    with psycopg.connect(dsn, autocommit=True) as connection:
        for first in range(1, _REPORTS, 1_000):
            connection.execute(_STORE.encode(), {**given, "first": first, "last": first + 999})
        connection.execute("analyze")


async def load(
    people: Sequence[Person],
    *,
    rate: float,
    seconds: float,
    seed: int,
    mix: tuple[tuple[Gesture, float], ...] = DESK_MIX,
) -> LoadResult:
    """Let the members work for a while."""
    return await apply_load(
        people,
        rate=rate,
        seconds=seconds,
        seed=seed,
        names_from=_FRESH * (1 + seed),
        known_names=_PLAYERS,
        mix=mix,
    )


async def draw_charts(people: Sequence[Person]) -> list[float]:
    """Ask for the field's chart again and again, each time of another state of the field."""
    took_s = []
    for number in range(_CHARTS):
        await people[1].command("scout", opponent=f"Charted {number}", archetype="Burn")
        began_s = time.perf_counter()
        outcome = await people[0].command("stats")
        if outcome.message is None:
            raise SystemExit("/stats was not answered.")
        await people[0].wait_until(partial(_is_illustrated, outcome.message["id"]))
        took_s.append(time.perf_counter() - began_s)
    return took_s


def _is_illustrated(message_id: str, view: PersonView) -> bool:
    message = view.find(message_id)
    return message is not None and bool(message["attachments"])


async def import_roster(captain: Person) -> float:
    """Import a roster of 2,000 new players; returns the seconds from Apply to its answer."""
    lines = "\n".join(player_name(_FRESH // 2 + number) for number in range(_IMPORTED))
    roster = {"filename": "roster.txt", "base64": b64encode(lines.encode()).decode()}
    preview = await captain.command("player import", file=roster)
    return await press_through(captain, *button(preview, APPLY_ROSTER))


async def press_through(person: Person, message_id: str, custom_id: str) -> float:
    """Press a button; returns the seconds until its message has another in its place.

    What takes longer than 0.8 s is acknowledged before it is done.
    """
    began_s = time.perf_counter()
    outcome = await person.press(message_id, custom_id)
    if not outcome.ok:
        raise SystemExit(f"{custom_id} failed: {outcome.error}")
    await person.wait_until(lambda view: custom_id not in str(view.find(message_id)))
    return time.perf_counter() - began_s


def button(outcome: Outcome, verb: Verb) -> tuple[str, str]:
    """Return message and id of the button that does ``verb``."""
    if outcome.message is None:
        raise SystemExit(f"No answer: {outcome.error}")
    for row in outcome.message["components"]:
        for button in row["components"]:
            if str(button["custom_id"]).startswith(verb()):
                return outcome.message["id"], button["custom_id"]
    raise SystemExit(f"No button of {verb.log_name}: {outcome.message}")


def _lines_of_load(at_50: LoadResult, at_100: LoadResult) -> list[Line]:
    goals = {"autocomplete": 30, "check": 50, "scout": 60}
    lines = []
    for gesture, goal_ms in goals.items():
        seen_ms = at_50.quantile_ms(0.95, gesture)  # type: ignore[arg-type]  # its own literals
        lines.append(within(f"{gesture} at 50/s, p95", seen_ms, goal_ms))
    lines.append(within("all at 100/s, p95", at_100.quantile_ms(0.95), 80))
    failed = at_50.failures + at_100.failures
    lines.append(Line("failed", str(failed.total()), "0", not failed))
    return lines


def within(what: str, seen_ms: float, goal_ms: float) -> Line:
    """Hold what was seen against a goal."""
    return Line(what, f"{seen_ms:.1f} ms", f"under {goal_ms} ms", seen_ms < goal_ms)


async def _main(seconds: float) -> int:
    with tempfile.TemporaryDirectory(prefix="scooty-desk-") as name:
        async with desk(open_to_all(name)) as people:
            await load(people, rate=20, seconds=3, seed=1)
            at_50 = await load(people, rate=50, seconds=seconds, seed=2)
            at_100 = await load(people, rate=100, seconds=seconds, seed=3)
            lines = _lines_of_load(at_50, at_100)

            counting = await load(people, rate=100, seconds=seconds, seed=6, mix=STATS_MIX)
            lines.append(
                within("/stats, a tenth of 100/s, p95", counting.quantile_ms(0.95, "stats"), 30)
            )

            beside = asyncio.ensure_future(load(people, rate=50, seconds=seconds, seed=4))
            charts_s = sorted(await draw_charts(people))
            others = await beside
            slowest_ms = charts_s[-1] * 1000
            lines.append(within(f"/stats with its chart, slowest of {_CHARTS}", slowest_ms, 700))
            lines.append(within("all at 50/s beside charts, p95", others.quantile_ms(0.95), 100))

            beside = asyncio.ensure_future(load(people, rate=50, seconds=seconds, seed=5))
            apply_ms = 1000 * await import_roster(people[0])
            others = await beside
            lines.append(within(f"import of {_IMPORTED:,} players", apply_ms, 1000))
            lines.append(
                within("all at 50/s beside the import, p95", others.quantile_ms(0.95), 100)
            )
    print(*lines, sep="\n")
    return 0 if all(line.is_met for line in lines) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="of load in each state")
    raise SystemExit(asyncio.run(_main(parser.parse_args().seconds)))
