"""The observer counts, looks whether people can be answered, and logs an alarm once."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from actors.discord_gateway.messages import GatewayHealth, GetGatewayHealth
from actors.kernel import ActorStoppedError
from actors.testing import ManualClock, Probe, run_actor
from scooty.core.observer import (
    GetAlarms,
    GetMeasurements,
    InteractionHandled,
    Measurements,
    Observer,
)
from scooty.domain.objectives import AVAILABILITY, SPEED, SUCCESS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Literal

    from actors.kernel import Address
    from scooty.core.observer.messages import Outcome
    from scooty.domain.objectives import ObjectiveState


@asynccontextmanager
async def observing(clock: ManualClock, gateway: Probe) -> AsyncIterator[Address]:
    async with run_actor(Observer(gateway=gateway.address), clock=clock) as observer:
        yield observer


def gateway_in(state: Literal["connected", "connecting"]) -> Probe:
    gateway = Probe("gateway")
    set_state(gateway, state)
    return gateway


def set_state(gateway: Probe, state: Literal["connected", "connecting"]) -> None:
    health = GatewayHealth(
        state=state, latency_ms=None, ready_at=None, guild_count=0, resumes=0, rest_failures=0
    )
    gateway.answer(GetGatewayHealth, health)


BEGAN_AT = datetime(2026, 1, 1, tzinfo=UTC)


def handled(outcome: Outcome = "ok", duration_s: float = 0.01) -> InteractionHandled:
    return InteractionHandled(
        command="check",
        kind="command",
        outcome=outcome,
        began_at=BEGAN_AT,
        duration_s=duration_s,
    )


def state_of(measurements: Measurements, name: str) -> ObjectiveState:
    return next(s for s in measurements.objectives if s.objective.name == name)


async def test_refusals_are_answers_and_the_rest_are_failures() -> None:
    outcomes: tuple[Outcome, ...] = ("ok", "refused", "failed", "unavailable", "not_delivered")

    async with observing(ManualClock(), gateway_in("connected")) as observer:
        for outcome in outcomes:
            observer.tell(handled(outcome))
        measurements = await observer.ask(GetMeasurements(), timeout_s=1)

    assert {each.outcome: each.count for each in measurements.commands} == dict.fromkeys(
        outcomes, 1
    )
    assert state_of(measurements, SUCCESS.name).windows[-1].good == 2
    assert state_of(measurements, SUCCESS.name).windows[-1].bad == 3


async def test_a_command_over_a_second_and_a_half_is_slow() -> None:
    async with observing(ManualClock(), gateway_in("connected")) as observer:
        for duration_s in (0.01, 1.5, 1.51):
            observer.tell(handled(duration_s=duration_s))
        measurements = await observer.ask(GetMeasurements(), timeout_s=1)

    longest = state_of(measurements, SPEED.name).windows[-1]
    assert (longest.good, longest.bad) == (2, 1)
    [durations] = measurements.durations
    assert sum(durations.counts) == 3


async def test_moments_without_a_connection_to_discord_count_against_availability() -> None:
    clock, gateway = ManualClock(), gateway_in("connected")

    async with observing(clock, gateway) as observer:
        await clock.advance(60)
        set_state(gateway, "connecting")
        await clock.advance(30)
        gateway.answer(GetGatewayHealth, ActorStoppedError(name="gateway"))
        await clock.advance(10)
        measurements = await observer.ask(GetMeasurements(), timeout_s=1)

    longest = state_of(measurements, AVAILABILITY.name).windows[-1]
    assert (longest.good, longest.bad) == (6, 4)


async def test_an_alarm_is_logged_when_it_begins_and_when_it_is_over_and_not_between() -> None:
    clock = ManualClock()

    with capture_logs() as lines:
        async with observing(clock, gateway_in("connected")) as observer:
            stretches: tuple[tuple[Outcome, int], ...] = (("failed", 1), ("ok", 150))
            for outcome, batches in stretches:
                for _ in range(batches):
                    for _ in range(20):
                        observer.tell(handled(outcome))
                    await observer.ask(GetMeasurements(), timeout_s=1)
                await clock.advance(120)

    events = [line["event"] for line in lines if line["event"].startswith("objective.")]
    assert events == ["objective.burning", "objective.recovered"]
    burning = next(line for line in lines if line["event"] == "objective.burning")
    assert (burning["objective"], burning["severity"]) == ("success", "urgent")


async def test_the_alarms_can_be_asked_for_while_they_last() -> None:
    clock = ManualClock()

    async with observing(clock, gateway_in("connected")) as observer:
        before = await observer.ask(GetAlarms(), timeout_s=1)
        for _ in range(20):
            observer.tell(handled("failed"))
        await observer.ask(GetMeasurements(), timeout_s=1)
        await clock.advance(20)
        alarms = await observer.ask(GetAlarms(), timeout_s=1)

    assert before.burns == ()
    assert [(burn.objective, burn.rule.severity) for burn in alarms.burns] == [(SUCCESS, "urgent")]
