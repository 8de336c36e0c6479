"""How children come up, and what a start that fails leads to."""

from __future__ import annotations

import asyncio

import pytest

from actors.kernel import (
    ActorSystem,
    AsyncioActor,
    ChildSpec,
    InjectFault,
    IntensityExceededError,
    RestartIntensity,
)
from actors.testing import virtual_time
from tests.actors.kernel.patients import PATIENT, Diary, Patient, Ping


@virtual_time
async def test_children_start_after_those_they_name_and_stop_in_reverse() -> None:
    diary = Diary()
    diary.start_delays["repository"] = 1.0
    specs = [
        diary.spec("gateway", "desk"),
        diary.spec("desk", "repository"),
        diary.spec("repository"),
    ]

    async with ActorSystem().running(specs):
        pass

    assert diary.events == [
        "start repository",
        "start desk",
        "start gateway",
        "stop gateway",
        "stop desk",
        "stop repository",
    ]


@virtual_time
async def test_children_that_do_not_name_each_other_start_at_the_same_time() -> None:
    diary = Diary()
    diary.start_delays = {"a": 1.0, "b": 1.0, "c": 1.0}

    async with ActorSystem().running([diary.spec(name) for name in "abc"]):
        took_s = asyncio.get_running_loop().time()

    assert took_s == pytest.approx(1.0)


@virtual_time
async def test_a_child_that_is_not_ready_in_time_is_started_again() -> None:
    diary = Diary()
    diary.start_delays["a"] = 1000
    system = ActorSystem(intensity=RestartIntensity(restarts=2))

    with pytest.raises(IntensityExceededError):
        async with system.running([diary.spec("a", start_timeout_s=2)]):
            raise AssertionError("never ready")

    assert diary.incarnations["a"] == 3
    assert asyncio.get_running_loop().time() == pytest.approx(2 + 0.1 + 2 + 0.2 + 2, abs=0.01)


@virtual_time
async def test_a_factory_that_raises_counts_as_a_failed_start() -> None:
    def build() -> Patient:
        raise OSError("no file")

    system = ActorSystem(intensity=RestartIntensity(restarts=1))

    with pytest.raises(IntensityExceededError) as caught:
        async with system.running([ChildSpec(name="a", start=build)]):
            raise AssertionError("never ready")

    assert isinstance(caught.value.__cause__, OSError)


@virtual_time
async def test_an_actor_that_forgets_super_init_is_named_in_the_error() -> None:
    class Forgetful(AsyncioActor[Ping]):
        def __init__(self) -> None:
            pass

    system = ActorSystem(intensity=RestartIntensity(restarts=0))

    with pytest.raises(IntensityExceededError) as caught:
        async with system.running([ChildSpec(name="a", start=Forgetful)]):
            raise AssertionError("never ready")

    assert "Forgetful.__init__ does not call super().__init__()" in str(caught.value.__cause__)


@virtual_time
async def test_a_child_waits_for_the_return_of_those_it_comes_after() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a"), diary.spec("b", "a")]):
        diary.start_delays["a"] = 5
        for name in "ab":
            await system.supervisor.ask(InjectFault(name=name, fault="crash"), timeout_s=1)
        await system.address("b").ask(Ping(), timeout_s=30)

    assert diary.events[-4:-2] == ["start a", "start b"]
