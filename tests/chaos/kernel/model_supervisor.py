"""What the supervisor does, by a model: who is started, stopped and restarted, when, and when not.

It follows OTP's rules for strategies, restart types and intensity, and the kit's own for ``after``,
back-off and the order of a group's stops. Written from the kit's documents; it knows no task.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from tests.chaos.kernel.model_actor import CLEARANCE_S, ModelActor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from actors.kernel import RestartIntensity, Strategy
    from tests.chaos.kernel.model_actor import Habits, StartPlan

Phase: TypeAlias = Literal["waiting", "starting", "running", "stopping", "down"]


@dataclass(eq=False, slots=True)
class Place:
    """A child, as the supervisor sees it."""

    actor: ModelActor
    phase: Phase = "waiting"
    restarts: int = 0
    failures: int = 0
    not_before: float = 0.0
    ready_at: float = math.inf
    timeout_at: float = math.inf
    """When its start, or its stop, is late."""
    comes_back: bool = False
    """After a stop with its group."""
    awaits_turn: bool = False
    group: tuple[Place, ...] = ()

    @property
    def habits(self) -> Habits:
        """Its constants."""
        return self.actor.habits


class ModelSupervisor:
    """The whole house of the model.

    Args:
        habits: of the actors, in start order.
        strategy: who is restarted with a failed one.
        intensity: how many restarts are borne.
        plans: what the next starts of an actor will do.
        now: when the house is started.
    """

    def __init__(
        self,
        habits: Sequence[Habits],
        *,
        strategy: Strategy,
        intensity: RestartIntensity,
        plans: Mapping[str, Iterable[StartPlan]],
        now: float,
    ) -> None:
        self.life: list[str] = []
        self.now = now
        self.exit_code: int | None = None
        """Set when the supervisor has given up; what follows is not modelled."""
        self._is_ambiguous = False
        self.places = [Place(ModelActor(each, self.life)) for each in habits]
        self._by_name = {place.habits.name: place for place in self.places}
        self._strategy = strategy
        self._intensity = intensity
        self._moments: deque[float] = deque()
        self._last: tuple[float, Place | None, bool] = (-math.inf, None, False)
        for place in self.places:
            place.actor.plans.extend(plans.get(place.habits.name, ()))
        self._advance()

    def __getitem__(self, name: str) -> Place:
        return self._by_name[name]

    @property
    def is_ambiguous(self) -> bool:
        """Whether two things happened at nearly the same time, so that their order is open."""
        return self._is_ambiguous or any(place.actor.is_ambiguous for place in self.places)

    # --- Time -------------------------------------------------------------------------------

    @property
    def last_at(self) -> float:
        """When the last thing happened by itself."""
        return self._last[0]

    def next_at(self) -> float:
        """Return when the next thing will happen by itself."""
        return min((at for at, _, _ in self._events()), default=math.inf)

    def advance_to(self, now: float) -> None:
        """Let everything happen until ``now``."""
        while self.exit_code is None:
            at, what, place = min(
                self._events(), key=lambda event: event[0], default=(math.inf, "", None)
            )
            if at > now:
                break
            self.now = max(at, self.now)
            self._note_closeness(what, place)
            self._happen(what, place)
        self.now = max(now, self.now)

    def _events(self) -> list[tuple[float, str, Place | None]]:
        events: list[tuple[float, str, Place | None]] = []
        for place in self.places:
            actor = place.actor
            events += [
                (actor.stage_until, actor.stage, place),
                (actor.hand_until, "finish", place),
                (actor.watch_at, "watch", place),
                (actor.expires_at, "expire", place),
                (place.timeout_at, "timeout", place),
            ]
            if place.phase == "waiting" and self._may_start(place):
                events.append((place.not_before, "advance", None))
        return [event for event in events if event[0] < math.inf]

    def _happen(self, what: str, place: Place | None) -> None:
        if place is None:
            self._advance()
        elif what == "starting":
            self._start_ended(place)
        elif what == "closing":
            self._ended(place)
        elif what == "finish":
            place.actor.finish(self.now)
        elif what == "expire":
            place.actor.expire(self.now)
        elif what == "watch":
            place.actor.kill("HandleTimeout", self.now)
        else:
            kind = "StartTimeout" if place.phase == "starting" else "StopTimeout"
            place.timeout_at = math.inf
            place.actor.kill(kind, self.now)

    def _note_closeness(self, what: str, place: Place | None) -> None:
        at, other, other_is_local = self._last
        is_local = what in ("finish", "expire") and place is not None and _is_plain(place.actor)
        if self.now - at < CLEARANCE_S:
            concerns = other is place or not (is_local or other_is_local)
            self._is_ambiguous = self._is_ambiguous or concerns
        self._last = (self.now, place, is_local)

    # --- Starting ---------------------------------------------------------------------------

    def _advance(self) -> None:
        for place in self.places:
            is_due = place.phase == "waiting" and place.not_before <= self.now + CLEARANCE_S / 10
            if is_due and self._may_start(place):
                self._start(place)

    def _may_start(self, place: Place) -> bool:
        if any(other.phase == "stopping" for other in place.group):
            return False
        before = [self._by_name[name] for name in place.habits.after]
        return all(other.phase in ("running", "down") for other in before)

    def _start(self, place: Place) -> None:
        place.phase = "starting"
        place.restarts += place.actor.number > 0
        place.ready_at = math.inf
        place.timeout_at = self.now + place.habits.start_timeout_s
        place.actor.begin(self.now)

    def _start_ended(self, place: Place) -> None:
        if place.actor.open_or_fail(self.now) and place.phase == "starting":
            place.phase = "running"
            place.ready_at = self.now
            place.timeout_at = math.inf
            self._advance()

    # --- Ends -------------------------------------------------------------------------------

    def _ended(self, place: Place) -> None:
        actor = place.actor
        actor.life.append(f"stopped {actor.title}")
        actor.stage, actor.stage_until = "none", math.inf
        place.timeout_at = math.inf
        was_stopping = place.phase == "stopping"
        comes_back = place.comes_back if was_stopping else _restarts(place)
        place.phase = "waiting" if comes_back else "down"
        actor.state = "backing_off" if comes_back else "stopped"
        if actor.exit_kind == "FatalError":
            self.exit_code = 78
            return
        self._stop_next(place.group)
        if not comes_back:
            actor.close_for_good(self.now)
        elif not was_stopping:
            self._restart(place)
        self._advance()

    def _restart(self, place: Place) -> None:
        if self.now - place.ready_at >= place.habits.reset_after_s:
            place.failures = 0
        place.failures += 1
        self._moments.append(self.now)
        while self._moments[0] <= self.now - self._intensity.within_s:
            self._moments.popleft()
        if len(self._moments) > self._intensity.restarts:
            self.exit_code = 70
            return
        grown = place.habits.first_backoff_s * 2 ** (place.failures - 1)
        not_before = self.now + min(place.habits.max_backoff_s, grown)
        group = self._affected(place)
        for other in group:
            other.group = group
            if other.phase in ("starting", "running"):
                other.phase = "stopping"
                other.timeout_at = math.inf
                other.comes_back = other.habits.restart != "temporary"
                other.awaits_turn = True
            if other.phase != "down":
                other.not_before = max(other.not_before, not_before)
        self._stop_next(group)

    def _affected(self, place: Place) -> tuple[Place, ...]:
        if self._strategy == "one_for_one":
            return (place,)
        first = 0 if self._strategy == "one_for_all" else self.places.index(place)
        return tuple(self.places[first:])

    def _stop_next(self, group: Sequence[Place]) -> None:
        for place in reversed(group):
            if place.phase == "stopping":
                if place.awaits_turn:
                    place.awaits_turn = False
                    place.timeout_at = self.now + place.habits.stop_timeout_s
                    place.actor.request_stop(self.now)
                return


def _restarts(place: Place) -> bool:
    is_failure = place.actor.exit_kind is not None
    restart = place.habits.restart
    return restart == "permanent" or (restart == "transient" and is_failure)


def _is_plain(actor: ModelActor) -> bool:
    return actor.hand is not None and actor.hand.kind == "work" and not actor.is_holding
