"""What one actor does, by a model without tasks, loops or threads: its mailbox and its incarnation.

Times are seconds of the virtual loop. Nothing happens by itself: the supervisor's model asks for
the next moment at which something will, and lets it happen.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from typing_extensions import override

if TYPE_CHECKING:
    from actors.kernel import ActorState, Restart

LetterKind: TypeAlias = Literal["work", "fail", "quit", "hang", "fatal"]
Stage: TypeAlias = Literal["none", "starting", "open", "closing"]
StartPlan: TypeAlias = Literal["ready", "fails", "hangs"]

CLEARANCE_S = 1e-4
"""Two events that are closer than this, and concern one another, may come in either order."""
TIMER_LATENESS_S = 0.021
"""How late the kit may be to notice a deadline of half a second or more."""
_REDELIVERIES = 2


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Habits:
    """The constants of one actor: its spec, and how long its hooks take."""

    name: str
    after: tuple[str, ...]
    restart: Restart
    start_s: float
    stop_s: float
    start_timeout_s: float
    stop_timeout_s: float
    handle_timeout_s: float
    first_backoff_s: float
    max_backoff_s: float
    reset_after_s: float
    mailbox_size: int

    @override
    def __repr__(self) -> str:
        after = f" after {', '.join(self.after)}" if self.after else ""
        return f"<{self.restart} {self.name}{after}, mailbox of {self.mailbox_size}>"

    def _repr_pretty_(self, printer: Any, _cycle: Any) -> None:
        printer.text(repr(self))  # hypothesis asks for this, as IPython does


@dataclass(eq=False, slots=True, kw_only=True)
class Letter:
    """A message, and what its caller may see come of it."""

    number: int
    kind: LetterKind
    seconds: float = 0.0
    is_sure: bool = False
    deadline: float | None = None
    """None for a tell."""
    noticed_at: float = math.inf
    """When the kit notices that it has passed, and ends the handler."""
    outcomes: set[str] = field(default_factory=set)
    """Empty while it is open; two, when a reply and the deadline come at nearly the same time."""
    is_cancelled: bool = False
    redeliveries: int = 0

    def complete(self, outcome: str, now: float) -> None:
        """Note an outcome; the first one stands, but the deadline's may be noticed late."""
        if self.deadline is None:
            return
        self.expire(now)
        is_late = self.outcomes == {"timeout"} and now < self.deadline + TIMER_LATENESS_S
        if not self.outcomes or is_late:
            self.outcomes.add(outcome)

    def expire(self, now: float) -> None:
        """Note that the deadline has passed, if it has."""
        if self.deadline is not None and now >= self.deadline and not self.outcomes:
            self.outcomes.add("timeout")


class ModelActor:
    """One actor of the model.

    Args:
        habits: its constants.
        life: the trace of starts and stops that all actors share.
    """

    def __init__(self, habits: Habits, life: list[str]) -> None:
        self.habits = habits
        self.life = life
        self.number = 0
        self.state: ActorState = "starting"
        self.stage: Stage = "none"
        self.stage_until = math.inf
        self.is_holding = False
        """It was told to stop after the message in hand."""
        self.exit_kind: str | None = None
        self.plans: deque[StartPlan] = deque()
        self.queue: deque[Letter] = deque()
        self.lane = 0
        """Hangs on purpose in the system lane."""
        self.hand: Letter | None = None
        self.hand_since = math.inf
        self.hand_until = math.inf
        self.is_closed = False
        self.is_ambiguous = False
        """A message was taken so near its deadline that it may have expired or not."""
        self.handled = self.failed = self.dropped = 0
        self.last_failure_kind: str | None = None
        self.done: list[tuple[int, int]] = []
        """Message numbers that were done, with the incarnation that did them."""

    @property
    def title(self) -> str:
        """Name and incarnation."""
        return f"{self.habits.name}#{self.number}"

    @property
    def watch_at(self) -> float:
        """When the watch ends the message in hand."""
        return self.hand_since + self.habits.handle_timeout_s

    # --- Life -------------------------------------------------------------------------------

    def begin(self, now: float) -> None:
        """Start the next incarnation."""
        self.number += 1
        self.state = "starting"
        self.stage = "starting"
        self.is_holding = False
        plan: StartPlan = self.plans.popleft() if self.plans else "ready"
        self.exit_kind = "ConnectionError" if plan == "fails" else None
        self.stage_until = math.inf if plan == "hangs" else now + self.habits.start_s
        self.life.append(f"starting {self.title}")

    def open_or_fail(self, now: float) -> bool:
        """Let ``on_start`` come to its end; False when it raised."""
        if self.exit_kind is not None:
            self.kill(self.exit_kind, now)
            return False
        self.life.append(f"started {self.title}")
        self.stage, self.stage_until = "open", math.inf
        self.state = "running"
        self.feed(now)
        return True

    def request_stop(self, now: float) -> None:
        """Stop after the message in hand."""
        self.is_holding = True
        if self.stage == "starting" or (self.stage == "open" and self.hand is None):
            self.kill(None, now)

    def kill(self, kind: str | None, now: float) -> None:
        """End the incarnation at once."""
        if self.stage in ("none", "closing"):
            return
        self.stage, self.stage_until, self.exit_kind = "closing", now + self.habits.stop_s, kind
        self.life.append(f"stopping {self.title}")
        if kind is not None:
            self.last_failure_kind = kind
        letter, self.hand = self.hand, None
        self.hand_since = self.hand_until = math.inf
        if letter is None:
            return
        if letter.is_sure and letter.redeliveries < _REDELIVERIES and not letter.is_cancelled:
            letter.redeliveries += 1
            self.queue.appendleft(letter)
        else:
            letter.complete(f"failed {kind or 'stopped'}", now)
            self.failed += 1

    def close_for_good(self, now: float) -> None:
        """Refuse everything from now on, and what waits."""
        self.is_closed = True
        for letter in self.queue:
            self._drop(letter, "stopped", now)
        self.queue.clear()
        self.lane = 0

    # --- Messages ---------------------------------------------------------------------------

    def post(self, letter: Letter, now: float) -> bool:
        """Put a message in the mailbox; False when it was refused."""
        if self.is_closed:
            self._drop(letter, "stopped", now)
        elif len(self.queue) >= self.habits.mailbox_size:
            self._drop(letter, "full", now)
        else:
            self.queue.append(letter)
            self.feed(now)
            return True
        return False

    def post_hang(self, now: float) -> None:
        """Put a hang on purpose in the system lane."""
        if not self.is_closed:
            self.lane += 1
            self.feed(now)

    def cancel(self, letter: Letter, now: float) -> None:
        """Let the caller of an open ask go away."""
        letter.is_cancelled = True
        letter.outcomes.add("cancelled")
        if letter is self.hand:
            self._drop(letter, "cancelled", now)
            self._put_down(now)

    def feed(self, now: float) -> None:
        """Take the next message in hand, and on while they take no time."""
        while self.stage == "open" and self.hand is None and not self.is_holding:
            if self.lane:
                self.lane -= 1
                self._take(Letter(number=-1, kind="hang"), now)
            elif self.queue:
                letter = self.queue.popleft()
                left_s = math.inf if letter.deadline is None else letter.deadline - now
                self.is_ambiguous = self.is_ambiguous or abs(left_s) < CLEARANCE_S
                if letter.is_cancelled or left_s <= 0:
                    self._drop(letter, "timeout", now)
                else:
                    self._take(letter, now)
            else:
                return

    @property
    def expires_at(self) -> float:
        """When the message in hand is given up, because its asker waits no longer."""
        return self.hand.noticed_at if self.hand is not None else math.inf

    def expire(self, now: float) -> None:
        """Give up the message in hand."""
        if self.hand is not None:
            self._drop(self.hand, "timeout", now)
            self._put_down(now)

    def finish(self, now: float) -> None:
        """Let the handler of the message in hand come to its end."""
        letter = self.hand
        if letter is None:
            return
        if letter.kind in ("fail", "fatal"):
            self.kill("ZeroDivisionError" if letter.kind == "fail" else "FatalError", now)
            return
        self.handled += 1
        self.done.append((letter.number, self.number))
        letter.complete(f"value {self.number}", now)
        self.is_holding = self.is_holding or letter.kind == "quit"
        self._put_down(now)

    def _take(self, letter: Letter, now: float) -> None:
        self.hand, self.hand_since = letter, now
        self.hand_until = math.inf if letter.kind == "hang" else now + letter.seconds
        if self.hand_until <= now:
            self.finish(now)

    def _put_down(self, now: float) -> None:
        self.hand = None
        self.hand_since = self.hand_until = math.inf
        if self.is_holding:
            self.kill(None, now)
        else:
            self.feed(now)

    def _drop(self, letter: Letter, outcome: str, now: float) -> None:
        self.dropped += 1
        if not letter.is_cancelled:
            letter.complete(outcome, now)
