"""Six actors under load, hurt five times a second: what is lost, and how long it takes."""

from __future__ import annotations

from typing import Final

from bench.actors.chaos_ours import measure_chaos
from bench.actors.chaos_plain import measure_plain_chaos
from bench.actors.line import Effort, Line, Numbers, Row, Side

__all__ = ["LINE"]

_SEED: Final = 1


def _measure(side: Side, effort: Effort) -> Numbers:
    seconds = 6.0 if effort == "quick" else 30.0
    if side == "pykka":
        return measure_plain_chaos(seconds, _SEED)
    return measure_chaos(side, seconds, _SEED)


def _describe_asks(numbers: Numbers) -> str:
    answered, asks, p99_ms = numbers["answered"], numbers["asks"], numbers["p99"] * 1e3
    return f"{answered:.0f} of {asks:.0f} asks answered by their whole route; p99 {p99_ms:.0f} ms"


def _notes(numbers: Numbers) -> list[str]:
    return [
        f"{numbers['hurts']:.0f} faults, {numbers['restarts']:.0f} restarts",
        _describe_asks(numbers),
        f"{numbers['lost']:.0f} of {numbers['tells']:.0f} tells lost in all",
    ]


LINE = Line(
    name="chaos",
    measure=_measure,
    rows=(
        Row(
            title="chaos, asks never completed",
            goal="0",
            show=lambda numbers: f"{numbers['never']:.0f} of {numbers['asks']:.0f}",
            is_met=lambda numbers, _ratio: not numbers["never"],
        ),
        Row(
            title="chaos, tells lost beyond those in hand",
            goal="0",
            show=lambda numbers: f"{numbers['beyond']:.0f} of {numbers['tells']:.0f}",
            is_met=lambda numbers, _ratio: not numbers["beyond"],
        ),
        Row(
            title="chaos, tells with redelivery, lost / duplicated",
            goal="0 / 0",
            show=lambda numbers: (
                f"{numbers['sure_lost']:.0f} / {numbers['duplicated']:.0f} of {numbers['sure']:.0f}"
            ),
            is_met=lambda numbers, _ratio: not (numbers["sure_lost"] or numbers["duplicated"]),
        ),
        Row(
            title="chaos, ask p50",
            goal="under 5 ms",
            show=lambda numbers: f"{numbers['p50'] * 1e3:.1f} ms",
            is_met=lambda numbers, _ratio: numbers["p50"] < 0.005,
        ),
        Row(
            title="chaos, longest ask",
            goal="under 1.5 s",
            show=lambda numbers: f"{numbers['longest']:.2f} s",
            is_met=lambda numbers, _ratio: numbers["longest"] < 1.5,
        ),
    ),
    notes=_notes,
)
