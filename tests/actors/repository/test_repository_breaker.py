"""The breaker against a model of it, and its promises one by one."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from actors.repository.breaker import Breaker, BreakerRules, Outcome, Rejected, Ticket

RULES = BreakerRules(window_s=10.0, least_calls=4, failure_share=0.5, open_s=1.0)
OUTCOMES = st.sampled_from(["success", "failure", "neutral"])


def settled(breaker: Breaker, now_s: float, *outcomes: Outcome) -> None:
    for outcome in outcomes:
        ticket = breaker.admit(now_s)
        assert isinstance(ticket, Ticket)
        breaker.settle(ticket, outcome, now_s)


def opened(now_s: float = 0.0) -> Breaker:
    breaker = Breaker(RULES)
    settled(breaker, now_s, "failure", "failure", "failure", "failure")
    return breaker


def test_it_opens_at_its_share_of_failures_and_not_before() -> None:
    breaker = Breaker(RULES)

    settled(breaker, 0.0, "success", "success", "failure")
    before = breaker.state(0.0)
    settled(breaker, 0.0, "failure")

    assert (before, breaker.state(0.0)) == ("closed", "open")


def test_failures_that_are_older_than_the_window_do_not_count() -> None:
    breaker = Breaker(RULES)

    settled(breaker, 0.0, "failure", "failure", "failure")
    settled(breaker, 10.0, "success", "success", "success", "failure")

    assert breaker.state(10.0) == "closed"


def test_an_open_one_says_when_to_come_again() -> None:
    assert opened().admit(0.25) == Rejected(0.75)


def test_nobody_is_told_to_wait_longer_than_it_stays_open_whatever_the_clock_says() -> None:
    now_s = 1.2  # 1.2 + 1.0 - 1.2 is more than 1.0

    assert opened(now_s).admit(now_s) == Rejected(1.0)


@pytest.mark.parametrize("callers", [2, 50])
def test_a_half_open_one_lets_one_call_through_however_many_come(callers: int) -> None:
    breaker = opened()

    answers = [breaker.admit(1.0) for _ in range(callers)]

    assert [type(answer) for answer in answers] == [Ticket, *[Rejected] * (callers - 1)]


@pytest.mark.parametrize(("outcome", "state"), [("success", "closed"), ("failure", "open")])
def test_the_probe_decides(outcome: Outcome, state: str) -> None:
    breaker = opened()

    settled(breaker, 1.0, outcome)

    assert breaker.state(1.5) == state


def test_a_cancelled_probe_decides_nothing_and_the_next_call_is_the_probe() -> None:
    breaker = opened()

    settled(breaker, 1.0, "neutral")

    assert breaker.state(1.0) == "half_open"
    assert isinstance(breaker.admit(1.0), Ticket)


@pytest.mark.parametrize("outcome", ["success", "failure"])
def test_a_call_from_before_it_opened_is_not_taken_for_the_probe(outcome: Outcome) -> None:
    breaker = Breaker(RULES)
    early = breaker.admit(0.0)
    assert isinstance(early, Ticket)
    settled(breaker, 0.0, "failure", "failure", "failure", "failure")
    probe = breaker.admit(1.0)
    assert isinstance(probe, Ticket)

    breaker.settle(early, outcome, 1.0)

    assert breaker.state(1.0) == "half_open"
    assert isinstance(breaker.admit(1.0), Rejected)


class BreakerAgainstModel(RuleBasedStateMachine):
    """Calls come, overlap, and end in any order; the model keeps lists and counts them anew."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0
        self.open_since_s: float | None = None
        self.outcomes: list[tuple[float, bool]] = []
        self.period = 0
        self.under_way: list[tuple[Ticket, int]] = []
        self.probe: Ticket | None = None

    @initialize(least=st.integers(1, 6), share=st.sampled_from([0.2, 0.5, 1.0]))
    def begin(self, least: int, share: float) -> None:
        self.chosen = BreakerRules(
            window_s=10.0, least_calls=least, failure_share=share, open_s=1.0
        )
        self.breaker = Breaker(self.chosen)

    def expected_state(self) -> str:
        if self.open_since_s is None:
            return "closed"
        return "open" if self.now_s < self.open_since_s + 1.0 else "half_open"

    @rule(seconds=st.sampled_from([0.0, 0.3, 1.0, 4.0, 11.0]))
    def time_passes(self, seconds: float) -> None:
        self.now_s += seconds

    @rule()
    def a_call_comes(self) -> None:
        answer = self.breaker.admit(self.now_s)
        match self.expected_state():
            case "closed":
                assert isinstance(answer, Ticket)
            case "half_open" if self.probe is None:
                assert isinstance(answer, Ticket)
                self.probe = answer
            case _:
                assert isinstance(answer, Rejected)
                assert 0 <= answer.retry_in_s <= 1.0
        if isinstance(answer, Ticket):
            self.under_way.append((answer, self.period))

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), outcome=OUTCOMES)
    def a_call_ends(self, data: st.DataObject, outcome: Outcome) -> None:
        place = data.draw(st.integers(0, len(self.under_way) - 1))
        ticket, period = self.under_way.pop(place)
        self.breaker.settle(ticket, outcome, self.now_s)
        if period != self.period:
            return
        if ticket == self.probe:
            self.probe = None
            if outcome != "neutral":
                self.turn(None if outcome == "success" else self.now_s)
        elif self.open_since_s is None and outcome != "neutral":
            self.outcomes.append((self.now_s, outcome == "failure"))
            recent = [failed for at_s, failed in self.outcomes if at_s > self.now_s - 10.0]
            if len(recent) >= self.chosen.least_calls and sum(recent) >= (
                self.chosen.failure_share * len(recent)
            ):
                self.turn(self.now_s)

    def turn(self, open_since_s: float | None) -> None:
        self.open_since_s = open_since_s
        self.outcomes.clear()
        self.period += 1

    @invariant()
    def the_states_agree(self) -> None:
        if hasattr(self, "breaker"):
            assert self.breaker.state(self.now_s) == self.expected_state()


TestBreakerAgainstModel = BreakerAgainstModel.TestCase
TestBreakerAgainstModel.settings = settings(stateful_step_count=40)
