"""Whole processes: a dependency that is down at start, a stuck loop, a drain beyond its budget."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any, Final

from actors.kernel import RestartIntensity
from bench.actors.line import Effort, Line, Numbers, Row, Side
from bench.actors.victims import DRAIN_BUDGET_S, QUEUED, STUCK_LINE

__all__ = ["DEPENDENCY", "DRAIN", "STUCK"]

_PATIENCE_S: Final = {"full": 40.0, "quick": 20.0}
_PLAIN_PATIENCE_S: Final = 6.0
"""Plain Pykka never ends by itself; this is how long it is looked at."""
_SOFTWARE: Final = 70
_DRAIN_GRACE_S: Final = 0.25
_INTENSITY: Final = RestartIntensity()


@dataclass(frozen=True, kw_only=True)
class _Fate:
    code: float
    """The process's exit code; ``nan`` when it had to be killed."""
    lasted_s: float
    ended_at: float
    said: list[dict[str, Any]]

    def find(self, event: str) -> list[dict[str, Any]]:
        return [words for words in self.said if words.get("event") == event]


def _meet(fate: str, side: Side, effort: Effort) -> _Fate:
    module = "plain_victims" if side == "pykka" else "victims"
    limit_s = _PLAIN_PATIENCE_S if side == "pykka" else _PATIENCE_S[effort]
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", f"bench.actors.{module}", fate, side],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        process.wait(limit_s)
        code = float(process.returncode)
    except subprocess.TimeoutExpired:
        process.kill()
        code = math.nan
    ended = time.monotonic()
    output, _ = process.communicate()
    said = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return _Fate(code=code, lasted_s=ended - began, ended_at=ended, said=said)


def _show_end(numbers: Numbers) -> str:
    if math.isnan(numbers["code"]):
        return f"no end in {numbers['seconds']:.1f} s"
    return f"{numbers['code']:.0f} after {numbers['seconds']:.1f} s"


# --- A dependency that is down at start ------------------------------------------------------


def _measure_dependency(side: Side, effort: Effort) -> Numbers:
    fate = _meet("dependency", side, effort)
    starts = len(fate.find("victim.start"))
    return {"code": fate.code, "seconds": fate.lasted_s, "starts": starts}


def _gave_up_in_time(numbers: Numbers, _ratio: float) -> bool:
    is_in_time = numbers["seconds"] < _INTENSITY.within_s
    return (
        numbers["code"] == _SOFTWARE and is_in_time and numbers["starts"] == _INTENSITY.restarts + 1
    )


DEPENDENCY = Line(
    name="dependency",
    measure=_measure_dependency,
    rows=(
        Row(
            title="dependency down at start",
            goal=f"70 within {_INTENSITY.within_s:g} s",
            show=lambda numbers: f"{_show_end(numbers)}, {numbers['starts']:.0f} starts",
            is_met=_gave_up_in_time,
        ),
    ),
)

# --- A stuck loop ----------------------------------------------------------------------------


def _measure_stuck(side: Side, effort: Effort) -> Numbers:
    fate = _meet("stuck", side, effort)
    stuck_at = fate.find("victim.stuck")[0]["at"]
    lines = [words["line"] for words in fate.find("loop.stuck")]
    is_named = any("victims.py:" in line and STUCK_LINE in line for line in lines)
    return {"code": fate.code, "seconds": fate.ended_at - stuck_at, "named": float(is_named)}


STUCK = Line(
    name="stuck",
    measure=_measure_stuck,
    rows=(
        Row(
            title="stuck loop",
            goal="line named, 70 within 3 s",
            show=lambda numbers: (
                f"{'named' if numbers['named'] else 'not named'}, {_show_end(numbers)}"
            ),
            is_met=lambda numbers, _ratio: (
                bool(numbers["named"]) and numbers["code"] == _SOFTWARE and numbers["seconds"] < 3
            ),
        ),
    ),
)

# --- A drain beyond its budget ---------------------------------------------------------------


def _measure_drain(side: Side, effort: Effort) -> Numbers:
    fate = _meet("drain", side, effort)
    account = fate.find("victim.drained")[0]
    numbers = {key: float(value) for key, value in account.items() if key != "event"}
    numbers["accepted"] = float(fate.find("victim.queued")[0]["accepted"])
    numbers["code"] = fate.code
    reported = numbers["ended"] + numbers["left"] + numbers["cut_off"]
    numbers["unaccounted"] = numbers["accepted"] - reported
    return numbers


def _is_exact(numbers: Numbers, _ratio: float) -> bool:
    is_whole = numbers["accepted"] == QUEUED and not numbers["unaccounted"] and numbers["left"] > 0
    return is_whole and numbers["begun"] == numbers["ended"] + numbers["cut_off"]


def _show_account(numbers: Numbers) -> str:
    if numbers["unaccounted"]:
        return f"{numbers['ended']:.0f} handled, no word of {numbers['unaccounted']:.0f}"
    cut_off = f" + {numbers['cut_off']:.0f} cut off" if numbers["cut_off"] else ""
    return f"{numbers['ended']:.0f} handled{cut_off} + {numbers['left']:.0f} left"


DRAIN = Line(
    name="drain",
    measure=_measure_drain,
    rows=(
        Row(
            title=f"drain of {QUEUED:,} messages, account",
            goal="exact",
            show=_show_account,
            is_met=_is_exact,
        ),
        Row(
            title="drain, duration",
            goal=f"its budget, {DRAIN_BUDGET_S:g} s",
            show=lambda numbers: f"{numbers['duration_s']:.2f} s",
            is_met=lambda numbers, _ratio: (
                numbers["duration_s"] < DRAIN_BUDGET_S + _DRAIN_GRACE_S and numbers["code"] == 0
            ),
        ),
    ),
)
