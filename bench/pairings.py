"""Pairings are up: a round of 2,000 tables is imported, at an event of 20,000 reports.

    make bench-pairings             # part of make bench; or: ARGS="--rounds 3"

Half of the 4,000 players are known, each by ten reports; the others are new in the first round.
Sandbox, bot, PostgreSQL and the members share the machine; nothing leaves loopback. How well names
are matched is told too (`bench.names`), on names drawn by a fixed seed.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from base64 import b64encode
from typing import TYPE_CHECKING, Final

from bench import names
from bench.desk import Line, button, desk, press_through, within
from bench.load import player_name
from bench.processes import open_to_all
from scooty.rendering.pairings_import import APPLY_ROUND

if TYPE_CHECKING:
    from scooty.sandbox.client import Person

_TABLES: Final = 2_000
_RIGHT: Final = 0.99
_LONGEST_IMPORT_MS: Final = 1_000


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


async def import_round(captain: Person, number: int) -> float:
    """Import a round; returns the seconds from Apply to its answer."""
    encoded = b64encode(round_text(number).encode()).decode()
    file = {"filename": "round.txt", "base64": encoded}
    preview = await captain.command("pairings import", file=file)
    apply = button(preview, APPLY_ROUND)
    took_s = await press_through(captain, *apply)
    shown = str(captain.view.find(apply[0]))
    if f"Round {number} is up" not in shown:
        raise SystemExit(f"The round could not be applied: {shown}")
    return took_s


def lines_of_names() -> list[Line]:
    """Match names that are written as others might, and hold that against its goals."""
    found = names.measure()
    share = found.right_share
    return [
        Line("names that are matched right", f"{share:.2%}", "at least 99 %", share >= _RIGHT),
        Line("names matched wrong without asking", str(found.wrong), "0", not found.wrong),
    ]


async def _main(rounds: int) -> int:
    lines = lines_of_names()
    with tempfile.TemporaryDirectory(prefix="scooty-pairings-") as name:
        async with desk(open_to_all(name)) as people:
            took_ms = [1000 * await import_round(people[0], n + 1) for n in range(rounds)]
    what = f"import of {_TABLES:,} pairings, slowest of {rounds}"
    lines.append(within(what, max(took_ms), _LONGEST_IMPORT_MS))
    print(*lines, sep="\n")
    return 0 if all(line.is_met for line in lines) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="that are imported")
    raise SystemExit(asyncio.run(_main(parser.parse_args().rounds)))
