"""The table that people read, and the same as JSON."""

from __future__ import annotations

import math
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from bench.actors.line import COLUMNS, OURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.actors.line import Side
    from bench.actors.rounds import LineResult

__all__ = ["as_json", "describe_machine", "print_table"]

_HEADER = ("", "ours, asyncio", "ours, uvloop", "plain Pykka", "goal", "")


def describe_machine() -> str:
    """Say what the numbers were measured on."""
    cores = os.cpu_count() or 1
    names = [f"Python {platform.python_version()}", f"{cores} cores", platform.machine()]
    return ", ".join([*names, _package("pykka"), _package("uvloop")])


def _package(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"no {name}"


def print_table(results: Sequence[LineResult]) -> None:
    """Print one row for each line, then the notes."""
    rows = [_HEADER, *map(_row, results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADER))]
    print()
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print("  ".join(cells).rstrip())
    print()
    for result in results:
        for note in _notes(result):
            print(f"{result.line.name}: {note}")
    print(f"\n{describe_machine()}")


def _row(result: LineResult) -> tuple[str, ...]:
    cells = [_cell(result, side) for side in COLUMNS]
    missed = result.missed
    names = ", ".join(missed) if len(missed) < len(OURS) else ""
    verdict = "met" if not missed else f"MISSED {names}".rstrip()
    return (result.line.title, *cells, result.line.goal, verdict)


def _cell(result: LineResult, side: Side) -> str:
    if side in result.failures:
        return "failed"
    numbers = result.numbers(side)
    if numbers is None:
        return "not installed"
    shown = result.line.show(numbers)
    ratio = result.ratio(side) if side != "pykka" else math.nan
    return shown if math.isnan(ratio) else f"{shown}, x {ratio:.2f}"


def _notes(result: LineResult) -> list[str]:
    notes = [f"{side}: {why}" for side, why in result.failures.items()]
    for side in COLUMNS:
        numbers = result.numbers(side)
        if numbers is not None:
            notes.extend(f"{side}: {note}" for note in result.line.notes(numbers))
    cores = os.cpu_count() or 1
    if result.load > cores:
        notes.append(f"the machine was busy: load {result.load:.1f} on {cores} cores")
    return notes


def as_json(results: Sequence[LineResult]) -> dict[str, Any]:
    """Return everything that was seen, every round of it."""
    lines = [
        {
            "name": result.line.name,
            "title": result.line.title,
            "goal": result.line.goal,
            "met": not result.missed,
            "load": result.load,
            "runs": result.runs,
            "failures": result.failures,
            "ratios": {side: result.ratio(side) for side in OURS if side in result.runs},
        }
        for result in results
    ]
    return {"machine": describe_machine(), "lines": lines}
