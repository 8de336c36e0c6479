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

    from bench.actors.line import Numbers, Row, Side
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
    rows = [_HEADER, *(_cells(result, row) for result in results for row in result.line.rows)]
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


def _cells(result: LineResult, row: Row) -> tuple[str, ...]:
    cells = [_cell(result, row, side) for side in COLUMNS]
    missed = result.missed(row)
    names = ", ".join(missed) if len(missed) < len(OURS) else ""
    reached = "met" if row.is_met is not None else ""
    verdict = reached if not missed else f"MISSED {names}".rstrip()
    return (row.title, *cells, row.goal, verdict)


def _cell(result: LineResult, row: Row, side: Side) -> str:
    if side in result.failures:
        return "failed"
    numbers = result.numbers(side)
    if numbers is None:
        return "not installed"
    shown = row.show(numbers)
    ratio = result.ratio(row, side) if side != "pykka" else math.nan
    return shown if math.isnan(ratio) else f"{shown}, x {ratio:.2f}"


def _notes(result: LineResult) -> list[str]:
    notes = [f"{side}: {why}" for side, why in result.failures.items()]
    for side in COLUMNS:
        numbers = result.numbers(side)
        if numbers is not None:
            notes.extend(f"{side}: {note}" for note in result.line.notes(numbers))
    cores = os.cpu_count() or 1
    if result.left_out:
        notes.append(f"{result.left_out} runs left out, others had the cores all the time")
    if result.load > cores:
        notes.append(f"the machine was busy: load {result.load:.1f} on {cores} cores")
    return notes


def as_json(results: Sequence[LineResult]) -> dict[str, Any]:
    """Return everything that was seen, every round of it."""
    lines = [
        {
            "name": result.line.name,
            "rows": [_row_as_json(result, row) for row in result.line.rows],
            "load": result.load,
            "runs": {side: list(map(_without_nan, runs)) for side, runs in result.runs.items()},
            "failures": result.failures,
        }
        for result in results
    ]
    return {"machine": describe_machine(), "lines": lines}


def _without_nan(numbers: Numbers) -> dict[str, float | None]:
    return {key: None if math.isnan(value) else value for key, value in numbers.items()}


def _row_as_json(result: LineResult, row: Row) -> dict[str, Any]:
    ratios = {side: result.ratio(row, side) for side in OURS if side in result.runs}
    return {
        "title": row.title,
        "goal": row.goal,
        "missed": result.missed(row),
        "ratios": {side: ratio for side, ratio in ratios.items() if not math.isnan(ratio)},
    }
