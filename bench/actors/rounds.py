"""Letting the sides take turns, each in a fresh process, so that none disturbs another."""

from __future__ import annotations

import importlib.util
import json
import math
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.actors.line import OURS, SIDES

if TYPE_CHECKING:
    from bench.actors.line import Effort, Line, Numbers, Row, Side

__all__ = ["LineResult", "run_line"]


@dataclass(slots=True, kw_only=True)
class LineResult:
    """All that was seen of one line."""

    line: Line
    runs: dict[Side, list[Numbers]] = field(default_factory=dict)
    failures: dict[Side, str] = field(default_factory=dict)
    """Why a side has no numbers; its last words."""
    load: float = 0.0
    """The machine's highest load average during the line, everybody's work counted."""

    @property
    def left_out(self) -> int:
        """How many runs do not count, since others kept the machine busy all the time."""
        return sum(len(runs) - len(self._counted(side)) for side, runs in self.runs.items())

    def _counted(self, side: Side) -> list[Numbers]:
        runs = self.runs.get(side, [])
        return [run for run in runs if not run.get("disturbed")] or runs

    def numbers(self, side: Side) -> Numbers | None:
        """Return the median of each number over the rounds."""
        runs = self._counted(side)
        if not runs or side in self.failures:
            return None
        return {key: statistics.median(run[key] for run in runs) for key in runs[0]}

    def ratio(self, row: Row, side: Side) -> float:
        """Return the median of the rounds' ratios to Pykka; ``nan`` where the row has none."""
        pairs = zip(self.runs.get(side, ()), self.runs.get("pykka", ()), strict=False)
        good = [pair for pair in pairs if not any(run.get("disturbed") for run in pair)]
        if not good:  # no round was quiet on both sides
            good = list(zip(self._counted(side), self._counted("pykka"), strict=False))
        return statistics.median(row.ratio(*pair) for pair in good) if good else math.nan

    def missed(self, row: Row) -> list[Side]:
        """Return our sides that were run and did not reach the goal of ``row``."""
        ran = [side for side in OURS if side in self.runs or side in self.failures]
        return [side for side in ran if not self._is_met(row, side)]

    def _is_met(self, row: Row, side: Side) -> bool:
        numbers = self.numbers(side)
        if numbers is None or row.is_met is None:
            return numbers is not None
        return row.is_met(numbers, self.ratio(row, side))


def run_line(line: Line, effort: Effort) -> LineResult:
    """Run one line for all sides in turns."""
    result = LineResult(line=line)
    sides = [side for side in SIDES if side != "uvloop" or importlib.util.find_spec("uvloop")]
    rounds = min(line.rounds, 3) if effort == "quick" else line.rounds
    for number in range(rounds):
        for side in sides[number % len(sides) :] + sides[: number % len(sides)]:
            if side not in result.failures:
                _run_side(result, side, effort)
    return result


def _run_side(result: LineResult, side: Side, effort: Effort) -> None:
    words = [sys.executable, "-m", "bench.actors.child", result.line.name, side, effort]
    try:
        finished = subprocess.run(
            words,
            capture_output=True,
            text=True,
            timeout=result.line.limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        result.failures[side] = f"it took longer than {result.line.limit_s:g} s"
        return
    if finished.returncode:
        complaint = finished.stderr.strip().rpartition("\n")[2] or "it said nothing"
        result.failures[side] = f"it ended with {finished.returncode}: {complaint}"
        return
    numbers = json.loads(finished.stdout.strip().rpartition("\n")[2])
    result.runs.setdefault(side, []).append(numbers)
    result.load = max(result.load, os.getloadavg()[0])
