"""``kill -9`` at any moment: what was acknowledged is in the database, once, and in order."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sized

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(120)]

_ROUNDS = 50
_SEED = 20_261_124
_LONGEST_LIFE_S = 0.6
_ROOT = Path(__file__).parents[3]


@dataclass
class Nursery:
    """Lives that are killed, and what they said."""

    process: subprocess.Popen[str]
    acknowledged: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """By guild, in the order of the acknowledgements."""
    left: list[int] = field(default_factory=list)
    """How many entries each life found waiting."""
    refusals: int = 0

    def live(self, what: str, number: int, *, seed: int, killed_after_s: float | None) -> None:
        """Begin a life, kill it at its moment, and take down all that it said."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what} {number} {seed}\n")
        self.process.stdin.flush()
        word, pid = self._next()
        assert word == "pid"
        killer = None
        if killed_after_s is not None:
            killer = threading.Timer(killed_after_s, os.kill, (int(pid), signal.SIGKILL))
            killer.start()
        while (said := self._next())[0] != "gone":
            self._take_down(said)
        if killer is not None:
            killer.join()

    def _next(self) -> list[str]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the nursery ended"
        return line.split()

    def _take_down(self, said: list[str]) -> None:
        match said:
            case ["ack", guild_id, request_id]:
                self.acknowledged[int(guild_id)].append(int(request_id))
            case ["left", count]:
                self.left.append(int(count))
            case ["refused"]:
                self.refusals += 1
            case ["ready"]:
                pass
            case _:
                pytest.fail(f"a life said {said}")


@pytest.fixture
def nursery(fresh_database: str, tmp_path: Path) -> Iterator[Nursery]:
    script = Path(__file__).with_name("outbox_nursery.py")
    process = subprocess.Popen(
        [sys.executable, script, fresh_database, tmp_path / "outbox"],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield Nursery(process)
        process.kill()


def stored_requests(dsn: str) -> dict[int, list[int]]:
    """Return each guild's stored request ids in the order in which they were stored."""
    stored = defaultdict(list)
    with psycopg.connect(dsn) as connection:
        for guild_id, request_id in connection.execute(
            "select guild_id, request_id from scooty_private.reports order by id"
        ):
            stored[guild_id].append(request_id)
    return stored


def count_of(ids_by_guild: Mapping[int, Sized]) -> int:
    return sum(map(len, ids_by_guild.values()))


def test_50_kills_at_random_moments_lose_nothing_that_was_acknowledged(
    nursery: Nursery, fresh_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(_SEED)  # noqa: S311 - a drill that can be repeated
    for number in range(_ROUNDS):
        life_s = chance.uniform(0.0, _LONGEST_LIFE_S)
        nursery.live("round", number, seed=chance.getrandbits(32), killed_after_s=life_s)

    stored_before = stored_requests(fresh_database)
    nursery.live("drain", 0, seed=0, killed_after_s=None)

    stored = stored_requests(fresh_database)
    acknowledged = {guild_id: set(ids) for guild_id, ids in nursery.acknowledged.items()}
    lost = {guild_id: ids - set(stored[guild_id]) for guild_id, ids in acknowledged.items()}
    found = [count for count in nursery.left if count]
    with capsys.disabled():
        print(  # noqa: T201 - the drill's account
            f"\n{_ROUNDS} kills: {count_of(acknowledged)} acknowledged, {count_of(stored)} stored"
            f" ({count_of(stored_before)} between the kills), {count_of(lost)} lost,"
            f" {nursery.refusals} refused; {len(found)} of {len(nursery.left)} lives that came up"
            f" found up to {max(found, default=0)} waiting"
        )
    assert not any(lost.values())
    assert all(len(ids) == len(set(ids)) for ids in stored.values())
    assert all(ids == sorted(ids) for ids in stored.values())
    assert count_of(acknowledged) > 500
    assert count_of(stored_before) > 100
    assert len(found) > _ROUNDS // 4
