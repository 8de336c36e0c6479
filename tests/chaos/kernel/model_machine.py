"""A state machine that does the same to the real house and to its model, and compares them.

One example is a life, or a few: actors with relations, restart types and one strategy are started,
hurt, asked and told in any order, until the house gives up, is stopped, or drains. After each step
everything visible must be as the model says. After the end, which the model does not follow, what
the kit promises about ends must hold.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from typing_extensions import override

from actors.testing import VirtualTimeLoop
from tests.chaos.kernel.model_actor import CLEARANCE_S, TIMER_LATENESS_S, Letter
from tests.chaos.kernel.model_draws import (
    AMPLE_S,
    chances,
    indexes,
    pauses,
    plans,
    plots,
    timeouts,
    wishes,
)
from tests.chaos.kernel.model_ends import End, check_end
from tests.chaos.kernel.model_house import SETTLE_S, RealHouse
from tests.chaos.kernel.model_supervisor import ModelSupervisor

if TYPE_CHECKING:
    from actors.kernel import ActorStatistics
    from tests.chaos.kernel.model_actor import StartPlan
    from tests.chaos.kernel.model_draws import LastDeed, Plot, Wish
    from tests.chaos.kernel.model_ends import EndedBy
    from tests.chaos.kernel.model_supervisor import Place

tally: Counter[str] = Counter()
"""What all examples of this process did, for the report."""

is_alive = precondition(lambda machine: machine.is_alive)
is_over = precondition(lambda machine: not machine.is_alive)


class SupervisorMachine(RuleBasedStateMachine):
    """Real house and model, side by side."""

    real: RealHouse
    model: ModelSupervisor
    plot: Plot

    def __init__(self) -> None:
        super().__init__()
        self.loop = VirtualTimeLoop()
        self.is_alive = False
        self.letters: dict[int, Letter] = {}
        """The asks of this life."""
        self.owners: list[str] = []
        """To whom each message went, by its number."""
        self.posted: Counter[str] = Counter()
        self.hangs: Counter[str] = Counter()
        self.has_quitters = False
        tally["examples"] += 1

    # --- Lives ------------------------------------------------------------------------------

    @initialize(plot=plots())
    def begin(self, plot: Plot) -> None:
        """Start the first house."""
        tally["lives"] += 1
        self.plot, self.is_alive, self.has_quitters = plot, True, False
        for kept in (self.letters, self.posted, self.hangs):
            kept.clear()
        first: dict[str, deque[StartPlan]] = {each.name: deque() for each in plot.habits}
        for each, plan in zip(plot.habits, plot.first_starts, strict=False):
            first[each.name].append(plan)
        self.real = RealHouse(
            plot.habits,
            plans={name: deque(queue) for name, queue in first.items()},
            strategy=plot.strategy,
            intensity=plot.intensity,
            drain_budget_s=plot.drain_budget_s,
            loop=self.loop,
        )
        self.model = ModelSupervisor(
            plot.habits,
            strategy=plot.strategy,
            intensity=plot.intensity,
            plans=first,
            now=self._now(),
        )
        self._pass(SETTLE_S)

    @is_over
    @rule(plot=plots())
    def begin_again(self, plot: Plot) -> None:
        """Start another house on the same loop."""
        self.begin(plot)

    @is_alive
    @rule(draw=st.integers(0, 11), how=st.sampled_from(("drain", "stop")))
    def end(self, draw: int, how: LastDeed) -> None:
        """Now and then, stop the house, at once or by a drain."""
        if not draw:
            self._end(how)

    # --- Deeds ------------------------------------------------------------------------------

    @is_alive
    @rule(index=indexes, pause_s=pauses)
    def crash(self, index: int, pause_s: float) -> None:
        """Kill an incarnation, whatever it is doing."""
        tally["crashes"] += 1
        name = self._name(index)
        self.model[name].actor.kill("InjectedCrash", self._now())
        self.real.crash(name)
        self._pass(pause_s)

    @is_alive
    @rule(index=indexes, pause_s=pauses)
    def hang(self, index: int, pause_s: float) -> None:
        """Let an incarnation hang, this one or the next."""
        tally["hangs"] += 1
        name = self._name(index)
        self.hangs[name] += 1
        self.model[name].actor.post_hang(self._now())
        self.real.hang(name)
        self._pass(pause_s)

    @is_alive
    @rule(index=indexes, coming=st.lists(plans, min_size=1, max_size=3))
    def plan_starts(self, index: int, coming: list[StartPlan]) -> None:
        """Decide what the next starts of an actor are to do."""
        name = self._name(index)
        self.model[name].actor.plans.extend(coming)
        self.real.plans[name].extend(coming)

    @is_alive
    @rule(index=indexes, told=st.lists(wishes, min_size=1, max_size=4), pause_s=pauses)
    def tell(self, index: int, told: list[Wish], pause_s: float) -> None:
        """Tell an actor to do something."""
        name = self._name(index)
        for wish in told:
            letter = self._letter(name, wish)
            expected = self.model[name].actor.post(letter, self._now())
            assert self.real.tell(name, letter) == expected
        self._pass(pause_s)

    @is_alive
    @rule(index=indexes, wish=wishes, timeout_s=timeouts, pause_s=pauses, leaves=chances)
    def ask(
        self, index: int, wish: Wish, timeout_s: float, pause_s: float, *, leaves: bool
    ) -> None:
        """Ask an actor to do something, and perhaps not wait for it."""
        name = self._name(index)
        letter = self._letter(name, wish)
        letter.deadline = self._now() + timeout_s
        is_exact = timeout_s < 0.5  # longer ones are noticed together, 50 times a second
        letter.noticed_at = letter.deadline if is_exact else (int(letter.deadline * 50) + 1) / 50
        self.letters[letter.number] = letter
        self.model[name].actor.post(letter, self._now())
        self.real.ask(name, letter, timeout_s)
        self._pass(pause_s)
        if leaves:
            self._leave(letter)

    @is_alive
    @rule(index=indexes)
    def cancel(self, index: int) -> None:
        """Let the caller of any ask go away."""
        if self.letters:
            numbers = list(self.letters)
            self._leave(self.letters[numbers[index % len(numbers)]])

    def _leave(self, letter: Letter) -> None:
        if self.model.exit_code is not None or self.model.is_ambiguous:
            return
        letter.expire(self._now())
        if not letter.outcomes:
            tally["cancelled asks"] += 1
            self.model[self.owners[letter.number]].actor.cancel(letter, self._now())
            self.real.cancel(letter.number)
            self._pass(0.0)

    @is_alive
    @rule(seconds=pauses)
    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._pass(seconds)

    # --- Comparing --------------------------------------------------------------------------

    @invariant()
    def everything_is_as_the_model_says(self) -> None:
        """Compare all that can be seen."""
        if not self.is_alive:
            return
        tally["steps"] += 1
        if self.model.is_ambiguous:
            self._end("ambiguous")
        elif self.model.exit_code is not None:
            self._end("gave up")
        else:
            self._compare()

    def _compare(self) -> None:
        assert self.real.exit_code is None, "it ended, and the model goes on"
        assert self.real.life == self.model.life
        statistics = self.real.statistics()
        for place in self.model.places:
            name = place.habits.name
            assert seen_of(statistics[name]) == expected_of(place), name
            assert self.real.done[name] == place.actor.done
        for number, letter in self.letters.items():
            self._compare_ask(number, letter)

    def _compare_ask(self, number: int, letter: Letter) -> None:
        now, seen = self._now(), self.real.outcome(number)
        letter.expire(now)
        if seen is None and letter.outcomes == {"timeout"}:
            assert letter.deadline is not None
            assert now < letter.deadline + TIMER_LATENESS_S
            return
        is_open = seen is None and not letter.outcomes
        assert is_open or seen in letter.outcomes, (number, seen, letter.outcomes)

    # --- Time and ends ----------------------------------------------------------------------

    def _name(self, index: int) -> str:
        return self.plot.habits[index % len(self.plot.habits)].name

    def _now(self) -> float:
        return self.loop.time()

    def _pass(self, seconds: float) -> None:
        """Let both sides go on, to a moment at which nothing happens, nor has just happened."""
        self.real.wait(seconds + SETTLE_S)
        self.model.advance_to(self._now())
        while self._is_busy() and self.model.exit_code is None:
            self.real.wait(3 * CLEARANCE_S)
            self.model.advance_to(self._now())

    def _is_busy(self) -> bool:
        now = self._now()
        return self.model.next_at() - now < CLEARANCE_S or now - self.model.last_at < SETTLE_S

    def _letter(self, name: str, wish: Wish) -> Letter:
        tally["messages"] += 1
        self.posted[name] += 1
        self.has_quitters = self.has_quitters or wish.kind == "quit"
        self.owners.append(name)
        number = len(self.owners) - 1
        return Letter(number=number, kind=wish.kind, seconds=wish.seconds, is_sure=wish.is_sure)

    def _end(self, how: EndedBy) -> None:
        self.is_alive = False
        tally[how] += 1
        tally["restarts"] += sum(place.restarts for place in self.model.places)
        end = End(
            how=how,
            expected_code=self.model.exit_code if how == "gave up" else None,
            life_before=len(self.real.life),
            orderly_before=len(self.real.orderly),
            has_time=self.plot.drain_budget_s >= AMPLE_S,
            stops_in_order=self._stops_in_order(how),
        )
        if how == "drain":
            self.real.system.stop()
        elif how != "gave up":
            self.real.system._stop("now")
        self.real.run_to_its_end()
        check_end(self.real, self.model, end, posted=self.posted, hangs=self.hangs)
        for number, letter in self.letters.items():
            seen = self.real.outcome(number)
            assert seen is not None, f"ask {number} never completed"
            assert not letter.outcomes or seen in letter.outcomes or how == "ambiguous"

    def _stops_in_order(self, how: EndedBy) -> bool:
        is_calm = all(place.phase != "stopping" for place in self.model.places)
        may_group = how == "drain" and self.plot.strategy != "one_for_one"
        return how in ("stop", "drain") and is_calm and not may_group and not self.has_quitters

    @override
    def teardown(self) -> None:
        """End what still runs, by the same checks."""
        try:
            if self.is_alive:
                self._end(self.plot.last_deed)
        finally:
            self.loop.close()


def seen_of(statistics: ActorStatistics) -> tuple[object, ...]:
    """Return the numbers that the model predicts, as the kernel has them."""
    return (
        statistics.state,
        statistics.incarnation,
        statistics.restarts,
        statistics.mailbox_depth,
        statistics.handled,
        statistics.failed,
        statistics.dropped,
        statistics.last_failure_kind,
        statistics.mended,
    )


def expected_of(place: Place) -> tuple[object, ...]:
    """Return the same numbers as the model has them."""
    actor = place.actor
    return (
        actor.state,
        actor.number,
        place.restarts,
        len(actor.queue) + actor.lane,
        actor.handled,
        actor.failed,
        actor.dropped,
        actor.last_failure_kind,
        0,
    )
