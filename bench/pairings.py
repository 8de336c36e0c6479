"""Pairings are up: rounds of 2,000 tables are imported at an event of 20,000 reports, and tapped.

    make bench-pairings             # part of make bench; or: ARGS="--rounds 3"

Half of the 4,000 players are known, each by ten reports; the others are new in the first round.
Once a round's message stands in the live board's channel, 20 members tap **My opponent** within 5 s
while 30 reports arrive. Latency counts from when a tap was due, as in `bench.load`. Sandbox, bot,
PostgreSQL and the members share the machine; nothing leaves loopback. How well names are matched is
told too (`bench.names`), on names drawn by a fixed seed.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from base64 import b64encode
from typing import TYPE_CHECKING, Final

from bench import names
from bench.desk import Line, button, desk, press_through, within
from bench.load import player_name
from bench.processes import open_to_all
from sandbox import demo
from scooty.features.announcements.replies import MY_OPPONENT
from scooty.features.pairings.replies.pairings_import import APPLY_ROUND

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from sandbox.client import Person
    from sandbox.client_outcomes import Outcome
    from sandbox.client_view import PersonView

_TABLES: Final = 2_000
_LINKED: Final = 3
"""Members are windows of these few people, each of whom is a player of the round."""
_RIGHT: Final = 0.99
_LONGEST_IMPORT_MS: Final = 1_000
_MOMENT_S: Final = 5.0
_REPORTS: Final = 30
_TAP_MS: Final = 60


def round_text(number: int) -> str:
    """Return a round as it is copied from a page: in each round everybody meets somebody else."""
    first = [player_name(place) for place in range(_TABLES)]
    second = [player_name(_TABLES + (place + number) % _TABLES) for place in range(_TABLES)]
    points = 3 * (number - 1)
    tables = (
        f"{table}\t{one} ({points})\tvs.\t{other} ({points})"
        for table, (one, other) in enumerate(zip(first, second, strict=True), 1)
    )
    return "\n".join((f"Round {number}", *tables))


async def gather_team(people: Sequence[Person]) -> None:
    """Have a live board, everybody in front of its channel, and everybody a player."""
    await done(people[0].command("live start", channel=demo.AZORIUS_LIVE, insist=True))
    for place, person in enumerate(people[:_LINKED]):
        await person.command("team link", player=player_name(place))
    for person in people:
        await person.look_at(channel_id=demo.AZORIUS_LIVE)


async def import_round(people: Sequence[Person], number: int) -> tuple[float, str, str]:
    """Import a round.

    Returns:
        The seconds from Apply until a member sees the round's message, its id and its button's.
    """
    captain, member = people[0], people[-1]
    encoded = b64encode(round_text(number).encode()).decode()
    file = {"filename": "round.txt", "base64": encoded}
    preview = await captain.command("pairings import", file=file)
    apply = button(preview, APPLY_ROUND)
    began_s = time.perf_counter()
    answered = asyncio.ensure_future(press_through(captain, *apply))
    await member.wait_until(lambda view: _tapped(view, number) is not None)
    took_s = time.perf_counter() - began_s
    await answered
    found = _tapped(member.view, number)
    if found is None:
        raise SystemExit(f"The message of round {number} is gone.")
    return took_s, *found


def _tapped(view: PersonView, number: int) -> tuple[str, str] | None:
    """Return message and id of the button of a round's message."""
    for message in view.messages:
        for row in message["components"]:
            for each in row["components"]:
                custom_id = str(each.get("custom_id"))
                if custom_id.startswith(MY_OPPONENT()) and custom_id.endswith(f":{number}"):
                    return message["id"], custom_id
    return None


async def tap(people: Sequence[Person], message_id: str, custom_id: str, seed: int) -> list[float]:
    """Let every member tap while reports arrive; returns the milliseconds of each tap."""
    randomness = random.Random(seed)  # noqa: S311 - a load, not a secret
    began_s = time.perf_counter()

    async def due() -> float:
        due_s = began_s + randomness.uniform(0, _MOMENT_S)
        await asyncio.sleep(max(0.0, due_s - time.perf_counter()))
        return due_s

    async def tapped(person: Person) -> float:
        due_s = await due()
        await done(person.press(message_id, custom_id))
        return 1000 * (time.perf_counter() - due_s)

    async def reported(place: int) -> None:
        await due()
        name = player_name(randomness.randrange(2 * _TABLES))
        await done(people[place % len(people)].command("scout", opponent=name, archetype="Burn"))

    reports = asyncio.gather(*(reported(place) for place in range(_REPORTS)))
    taps = await asyncio.gather(*(tapped(person) for person in people))
    await reports
    return taps


async def done(action: Awaitable[Outcome]) -> Outcome:
    """Return what came of something that must succeed."""
    outcome = await action
    if not outcome.ok:
        raise SystemExit(f"Not done: {outcome.error}")
    return outcome


def lines_of_names() -> list[Line]:
    """Match names that are written as others might, and hold that against its goals."""
    found = names.measure()
    share = found.right_share
    return [
        Line("names that are matched right", f"{share:.2%}", "at least 99 %", share >= _RIGHT),
        Line("names matched wrong without asking", str(found.wrong), "0", not found.wrong),
    ]


async def _main(rounds: int) -> int:
    lines, took_ms, taps_ms = lines_of_names(), list[float](), list[float]()
    with tempfile.TemporaryDirectory(prefix="scooty-pairings-") as name:
        async with desk(open_to_all(name)) as people:
            await gather_team(people)
            for number in range(1, rounds + 1):
                took_s, message_id, custom_id = await import_round(people, number)
                took_ms.append(1000 * took_s)
                taps_ms += await tap(people, message_id, custom_id, seed=number)
    what = f"import of {_TABLES:,} pairings, slowest of {rounds}"
    lines.append(within(what, max(took_ms), _LONGEST_IMPORT_MS))
    p95_ms = sorted(taps_ms)[int(0.95 * len(taps_ms))]
    lines.append(within(f"My opponent, p95 of {len(taps_ms)} taps", p95_ms, _TAP_MS))
    print(*lines, sep="\n")
    return 0 if all(line.is_met for line in lines) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="that are imported")
    raise SystemExit(asyncio.run(_main(parser.parse_args().rounds)))
