"""The books of the drill: what became of every message that was accepted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.chaos.kernel.drill_house import NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.kernel import SystemStatistics
    from actors.testing import ChaosEntry
    from tests.chaos.kernel.drill_house import DrillHouse
    from tests.chaos.kernel.drill_load import Load

_THREAD = NAMES[-1]
_MOST_DELIVERIES = 3  # once, and redelivered twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one drill came to; `faults` says what must not have been."""

    asks: int
    asks_never_completed: int
    asks_timed_out: int
    tells: int
    tells_refused: int
    lost_in_hand: int
    """Tells that were lost with the incarnation that had them in hand."""
    lost_beyond: dict[str, int]
    """Tells lost although nobody had them in hand, by actor; none may be."""
    uncounted: dict[str, int]
    """Messages that the kernel calls failed and nobody misses, beyond what asks that were given
    up and fenced threads explain; none may be."""
    sure_tells: int
    sure_given_up: int
    """Tells to be redelivered that ended three incarnations."""
    sure_lost: int
    """Tells to be redelivered that were lost earlier than that; none may be."""
    duplicated: int
    """Told numbers that were done twice, or handed out more than three times; none may be."""
    repeated_by_fenced_threads: int
    """The same on the thread, where the kit does not exclude it."""
    mended: int
    """Messages that waited beside an idle actor until a look from outside; none may."""
    restarts: int
    p50_ms: float
    longest_ms: float

    def faults(self) -> list[str]:
        """Return a sentence for each guarantee that was broken."""
        wrong = {
            "asks never completed": self.asks_never_completed,
            "asks that only their deadline ended": self.asks_timed_out,
            "tells lost beyond those in hand": self.lost_beyond,
            "failures that concern no message": self.uncounted,
            "redelivered tells lost": self.sure_lost,
            "tells handled twice": self.duplicated,
            "messages of which nobody was told": self.mended,
        }
        return [f"{what}: {count}" for what, count in wrong.items() if count]

    def describe(self) -> str:
        """Return one line of numbers."""
        return (
            f"{self.restarts:>3} restarts; asks {self.asks}, never completed"
            f" {self.asks_never_completed}, timed out {self.asks_timed_out}, p50"
            f" {self.p50_ms:.1f} ms, longest {self.longest_ms:.0f} ms; tells {self.tells}, lost in"
            f" hand {self.lost_in_hand}, beyond {sum(self.lost_beyond.values())}; of"
            f" {self.sure_tells} to be redelivered: lost {self.sure_lost}, duplicated"
            f" {self.duplicated}, given up {self.sure_given_up}, repeated by fenced threads"
            f" {self.repeated_by_fenced_threads}"
        )


def settle_accounts(
    *,
    house: DrillHouse,
    load: Load,
    journal: Sequence[ChaosEntry],
    statistics: SystemStatistics,
) -> Account:
    """Compare what was sent, what was done, and what the kernel counted."""
    ledger = house.ledger
    missing = {number for number in load.accepted if not ledger.done[number]}
    lost = Counter(load.accepted[number][0] for number in missing)
    lost_beyond, uncounted = _compare(house, journal, statistics, lost)
    sure = {number for number, (_, is_sure) in load.accepted.items() if is_sure}
    given_up = {
        number
        for number in missing & sure
        if _may_be_given_up(load.accepted[number][0], ledger.taken[number])
    }
    repeated = {
        number
        for number in load.accepted
        if ledger.done[number] > 1 or ledger.taken[number] > _MOST_DELIVERIES
    }
    by_thread = {number for number in repeated if load.accepted[number][0] == _THREAD}
    seconds = sorted(load.seconds)
    return Account(
        asks=len(seconds) + load.never_completed,
        asks_never_completed=load.never_completed,
        asks_timed_out=ledger.asks_timed_out,
        tells=len(load.accepted),
        tells_refused=load.refused,
        lost_in_hand=len(missing) - sum(lost_beyond.values()),
        lost_beyond=lost_beyond,
        uncounted=uncounted,
        sure_tells=len(sure),
        sure_given_up=len(given_up),
        sure_lost=len((missing & sure) - given_up),
        duplicated=len(repeated - by_thread),
        repeated_by_fenced_threads=len(by_thread),
        mended=sum(actor.mended for actor in statistics.actors),
        restarts=sum(actor.restarts for actor in statistics.actors),
        p50_ms=1000 * seconds[len(seconds) // 2],
        longest_ms=1000 * seconds[-1],
    )


def _compare(
    house: DrillHouse,
    journal: Sequence[ChaosEntry],
    statistics: SystemStatistics,
    lost: Counter[str],
) -> tuple[dict[str, int], dict[str, int]]:
    """Set the kernel's count of messages cut off in hand against what is missing.

    The kernel counts a message as failed exactly when its incarnation ended with it in hand and it
    is not redelivered. Those are: the injected hangs, asks, and tells; so the tells missing must be
    the rest. An ask that its caller gave up before may be among the failed without anybody knowing,
    and a fenced thread may have done what it was told: those loosen the count on one side.
    """
    hangs = Counter(entry.name for entry in journal if entry.fault == "hang")
    beyond: dict[str, int] = {}
    uncounted: dict[str, int] = {}
    for actor in statistics.actors:
        name = actor.name
        if name not in NAMES:
            continue  # a supervisor takes no messages of the drill
        tells_cut_off = actor.failed - hangs[name] - house.ledger.ask_failures[name]
        slack = house.ledger.asks_given_up[name]
        slack += actor.restarts if name == _THREAD else 0
        if lost[name] > tells_cut_off:
            beyond[name] = lost[name] - tells_cut_off
        if tells_cut_off - lost[name] > slack:
            uncounted[name] = tells_cut_off - lost[name] - slack
    return beyond, uncounted


def _may_be_given_up(name: str, taken: int) -> bool:
    # A thread may be fenced off between taking a message and being handed it.
    return taken == _MOST_DELIVERIES or (name == _THREAD and taken == _MOST_DELIVERIES - 1)
