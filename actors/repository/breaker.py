"""The circuit breaker: after many failures, spare the database and its callers for a moment.

Pure: it is told the time, and knows nothing of calls. *Closed*, all calls pass and their outcomes
are counted over a sliding window. When too large a share of them failed it is *open*: no call
passes. After a pause it is *half open*: one call passes as a probe, and what becomes of it decides;
a probe that was cancelled decides nothing, and the next call is the probe.

Source: M. Nygard, Release It!, 2nd ed., "Circuit Breaker"
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal, TypeAlias

BreakerState: TypeAlias = Literal["closed", "open", "half_open"]
Outcome: TypeAlias = Literal["success", "failure", "neutral"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerRules:
    """When it opens, and for how long."""

    window_s: float = 10.0
    """How long an outcome counts."""
    least_calls: int = 10
    """Fewer outcomes than this within the window decide nothing."""
    failure_share: float = 0.6
    """It opens at this share of failures, from 0 to 1.

    At 0.6, calls that fail independently three times in ten open it in one of twenty windows of
    ten calls, and in one of 200 windows of twenty.
    """
    open_s: float = 1.0
    """How long nothing passes before a probe does."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Lets one call pass; to be settled with what became of it."""

    epoch: int
    """Which period it belongs to: what ends after a change of state does not count any more."""
    number: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """Keeps one call back."""

    retry_in_s: float
    """When a probe may pass; 0 when one is under way."""


class Breaker:
    """One breaker; see the module.

    Args:
        rules: When it opens, and for how long.
    """

    def __init__(self, rules: BreakerRules | None = None) -> None:
        self._rules = rules or BreakerRules()
        self._outcomes: deque[tuple[float, bool]] = deque()
        self._failures = 0
        self._epoch = 0
        self._issued = 0
        self._opened_at_s: float | None = None
        self._probe: Ticket | None = None

    def state(self, now_s: float) -> BreakerState:
        """Tell how it is now."""
        if self._opened_at_s is None:
            return "closed"
        return "open" if now_s < self._opened_at_s + self._rules.open_s else "half_open"

    def admit(self, now_s: float) -> Ticket | Rejected:
        """Let a call pass, or keep it back."""
        match self.state(now_s):
            case "closed":
                return self._issue()
            case "half_open" if self._probe is None:
                self._probe = self._issue()
                return self._probe
            case _:
                assert self._opened_at_s is not None  # noqa: S101 - it is not closed
                return Rejected(max(0.0, self._rules.open_s - (now_s - self._opened_at_s)))

    def settle(self, ticket: Ticket, outcome: Outcome, now_s: float) -> None:
        """Say what became of a call that passed.

        Args:
            ticket: The one that let it pass.
            outcome: ``neutral`` when it says nothing about the database, as a cancellation.
            now_s: The time, never less than before.
        """
        if ticket.epoch != self._epoch:
            return
        if ticket == self._probe:
            self._settle_probe(outcome, now_s)
        elif self._opened_at_s is None and outcome != "neutral":
            self._count(outcome == "failure", now_s)

    def _issue(self) -> Ticket:
        self._issued += 1
        return Ticket(self._epoch, self._issued)

    def _settle_probe(self, outcome: Outcome, now_s: float) -> None:
        self._probe = None
        if outcome == "success":
            self._change(opened_at_s=None)
        elif outcome == "failure":
            self._change(opened_at_s=now_s)

    def _count(self, failed: bool, now_s: float) -> None:  # noqa: FBT001 - an element of the window
        self._outcomes.append((now_s, failed))
        self._failures += failed
        while self._outcomes[0][0] <= now_s - self._rules.window_s:
            self._failures -= self._outcomes.popleft()[1]
        count = len(self._outcomes)
        if count >= self._rules.least_calls and self._failures >= count * self._rules.failure_share:
            self._change(opened_at_s=now_s)

    def _change(self, *, opened_at_s: float | None) -> None:
        self._opened_at_s = opened_at_s
        self._epoch += 1
        self._outcomes.clear()
        self._failures = 0
