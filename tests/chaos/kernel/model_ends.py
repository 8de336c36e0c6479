"""What must hold when a house has ended, however it did; the model does not follow that far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.chaos.kernel.model_house import RealHouse
    from tests.chaos.kernel.model_supervisor import ModelSupervisor

EndedBy: TypeAlias = Literal["stop", "drain", "gave up", "ambiguous"]


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How an end began."""

    how: EndedBy
    expected_code: int | None
    """What the model says; None when it has not given up."""
    life_before: int
    """How long the trace of starts and stops was."""
    orderly_before: int
    """How many had ended in good order."""
    has_time: bool
    """A drain has far more time than it needs."""
    stops_in_order: bool
    """Nothing but this end stops anybody: no group restart, nobody who was told to quit."""


def check_end(
    real: RealHouse,
    model: ModelSupervisor,
    end: End,
    *,
    posted: Mapping[str, int],
    hangs: Mapping[str, int],
) -> None:
    """Raise an `AssertionError` if an end broke a promise."""
    _check_code(real, end)
    _check_lives(real.life)
    _check_order(real, model, end)
    for name, seen in real.statistics().items():
        terminal = seen.handled + seen.failed + seen.dropped
        # A hang on purpose is a message too, but one that a stop may leave where it is.
        assert posted[name] <= terminal <= posted[name] + hangs[name], (name, posted[name], seen)
        assert seen.state == "stopped", name
        assert not seen.mailbox_depth, name
    for name, done in real.done.items():
        twice = [number for number, count in Counter(n for n, _ in done).items() if count > 1]
        assert not twice, f"{name} did {twice} twice"
    if end.how == "drain":
        _check_drain(real, model, end)


def _check_code(real: RealHouse, end: End) -> None:
    code = real.system.exit_code
    if end.expected_code is not None:
        assert code == end.expected_code
    elif end.how == "stop":
        assert code == 0
    else:
        assert code in (0, 70, 78)


def _check_lives(life: list[str]) -> None:
    """Each incarnation starts, stops, and is over before the next one of its actor starts."""
    last: dict[str, tuple[int, str]] = {}
    may_follow = {
        "started": ("starting",),
        "stopping": ("starting", "started"),
        "stopped": ("stopping",),
    }
    for line in life:
        event, title = line.split()
        name, _, number = title.partition("#")
        before_number, before = last.get(name, (0, "stopped"))
        if event == "starting":
            assert before == "stopped", line
            assert int(number) == before_number + 1, line
        else:
            assert int(number) == before_number, line
            assert before in may_follow[event], line
        last[name] = (int(number), event)
    assert all(event == "stopped" for _, event in last.values()), last


def _check_order(real: RealHouse, model: ModelSupervisor, end: End) -> None:
    """Nobody starts any more, and stops come in reverse start order; a drain may start anew."""
    if end.how in ("stop", "gave up"):
        late = [line for line in real.life[end.life_before :] if line.startswith("starting")]
        assert not late, late
    if not end.stops_in_order:
        return
    order = [place.habits.name for place in model.places]
    stops = [order.index(name) for name in real.orderly[end.orderly_before :]]
    assert stops == sorted(stops, reverse=True), real.life[end.life_before :]


def _check_drain(real: RealHouse, model: ModelSupervisor, end: End) -> None:
    """The report names exactly what was left, and time enough leaves nothing.

    Not of actors that may end for good by themselves, in the middle of the drain, too.
    """
    if real.system.exit_code != 0:
        return
    permanent = {place.habits.name for place in model.places if place.habits.restart == "permanent"}
    left = Counter[str]()
    for (name, _, reason), count in real.system._state.runtime.dead_letters.counts().items():
        if reason == "left" and name in permanent:
            left[name] += count
    reported = {n: count for n, count in real.system.drain_report.left.items() if n in permanent}
    assert reported == dict(left), real.system.drain_report
    assert not (end.has_time and reported), real.system.drain_report
