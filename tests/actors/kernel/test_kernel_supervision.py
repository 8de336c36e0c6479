from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar, assert_never

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from actors.kernel import (
    ActorEnded,
    ActorFailedError,
    ActorGaveUp,
    ActorRestarted,
    ActorStarted,
    ActorStatistics,
    ActorStopped,
    ActorStoppedError,
    ActorSystem,
    AskTimeoutError,
    AsyncioActor,
    Backoff,
    ChildSpec,
    Crashed,
    FatalError,
    FaultInjected,
    Finished,
    GetStatistics,
    InjectFault,
    IntensityExceededError,
    Message,
    NoSuchActor,
    Query,
    Restart,
    RestartIntensity,
    StopSystem,
    Strategy,
    Subscribe,
    SupervisorSpec,
    Watch,
)
from actors.testing import Probe, virtual_time

NO_JITTER = Backoff(first_s=0.1, factor=2.0, max_s=5.0, jitter=0.0)
PATIENT = RestartIntensity(restarts=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping(Query[int]):
    """Answered with the incarnation's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fail(Query[int]):
    error: str = "crash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hang(Query[int]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Message):
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SureNote(Message):
    idempotent: ClassVar[bool] = True
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quit(Message):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Spawn(Message):
    error: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolate(Query[object]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Complain(Message):
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOther(Query[int]):
    other: str


class Diary:
    """What the actors of one test did, over all incarnations."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.notes: list[int] = []
        self.incarnations: Counter[str] = Counter()
        self.start_failures: Counter[str] = Counter()
        self.start_delays: dict[str, float] = {}
        self.poison: set[int] = set()

    def spec(self, name: str, *after: str, **settings: Any) -> ChildSpec:
        settings = {"backoff": NO_JITTER, "stop_timeout_s": 1.0, **settings}
        return ChildSpec(name=name, start=lambda: Patient(self, name), after=after, **settings)


PatientMessage = Ping | Fail | Hang | Note | SureNote | Quit | Spawn | Isolate | Complain | AskOther


class Patient(AsyncioActor[PatientMessage]):
    systems: ClassVar[list[ActorSystem]] = []

    def __init__(self, diary: Diary, name: str) -> None:
        super().__init__()
        diary.incarnations[name] += 1
        self.diary = diary
        self.name = name
        self.number = diary.incarnations[name]

    @override
    async def on_start(self) -> None:
        await asyncio.sleep(self.diary.start_delays.get(self.name, 0))
        if self.diary.start_failures[self.name] > 0:
            self.diary.start_failures[self.name] -= 1
            raise ConnectionError(self.name)
        self.diary.events.append(f"start {self.name}")

    @override
    async def on_stop(self) -> None:
        self.diary.events.append(f"stop {self.name}")

    @override
    async def on_receive(self, message: PatientMessage) -> object:
        match message:
            case Ping():
                return self.number
            case Fail(error=error):
                return self._fail(error)
            case Hang():
                return await asyncio.Event().wait()
            case Note(number=number) | SureNote(number=number):
                await self._note(number)
            case Quit():
                self.stop()
            case Spawn(error=error):
                self.spawn(self._child(error=error), name="child")
            case Isolate():
                return await self.isolate(self._child(error=True)), await self.isolate(
                    self._child(error=False)
                )
            case Complain(reason=reason):
                self.report_degraded(reason) if reason else self.report_recovered()
            case AskOther(other=other):
                return await self.systems[-1].address(other).ask(Ping(), timeout_s=60)
            case _:
                assert_never(message)
        return None

    async def _note(self, number: int) -> None:
        if number in self.diary.poison:
            self.diary.events.append(f"poison {number}")
            raise ValueError(number)
        await asyncio.sleep(0.01)
        self.diary.notes.append(number)

    def _fail(self, error: str) -> int:
        match error:
            case "fatal":
                raise FatalError("The token is wrong; set DISCORD_TOKEN.", exit_code=78)
            case "exit":
                raise SystemExit(3)
            case "cancel":
                raise asyncio.CancelledError
            case "interrupt":
                raise KeyboardInterrupt
            case _:
                raise ZeroDivisionError

    async def _child(self, *, error: bool) -> str:
        try:
            await asyncio.sleep(0.5)
            if error:
                raise LookupError
        except asyncio.CancelledError:
            self.diary.events.append("child cancelled")
            raise
        return "done"


async def statistics_of(system: ActorSystem, name: str) -> ActorStatistics:
    statistics = await system.supervisor.ask(GetStatistics(), timeout_s=1)
    return next(actor for actor in statistics.actors if actor.name == name)


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
async def test_an_exception_reaches_the_asker_and_ends_the_incarnation() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")

    async with system.running([diary.spec("a")]):
        with pytest.raises(ActorFailedError) as caught:
            await address.ask(Fail(), timeout_s=1)
        number = await address.ask(Ping(), timeout_s=1)
        statistics = await statistics_of(system, "a")

    assert caught.value.kind == "ZeroDivisionError"
    assert number == 2
    assert diary.events[:3] == ["start a", "stop a", "start a"]
    assert statistics.restarts == 1
    assert statistics.failed == 1
    assert statistics.last_failure_kind == "ZeroDivisionError"
    assert statistics.last_failure_at is not None


@pytest.mark.parametrize("error", ["exit", "cancel", "interrupt"])
@virtual_time
async def test_no_exception_of_a_handler_ends_more_than_its_incarnation(error: str) -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a"), diary.spec("b")]):
        with pytest.raises(ActorFailedError):
            await system.address("a").ask(Fail(error=error), timeout_s=1)
        numbers = [await system.address(name).ask(Ping(), timeout_s=1) for name in "ab"]

    assert numbers == [2, 1]


@virtual_time
async def test_queued_messages_are_handled_by_the_next_incarnation() -> None:
    diary = Diary()
    diary.poison = {3}
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")

    async with system.running([diary.spec("a")]):
        for number in range(10):
            address.tell(Note(number=number))
        await asyncio.sleep(5)

    assert diary.notes == [0, 1, 2, 4, 5, 6, 7, 8, 9]


@virtual_time
async def test_an_idempotent_message_in_hand_is_redelivered_at_most_twice() -> None:
    diary = Diary()
    diary.poison = {0}
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a")]):
        system.address("a").tell(SureNote(number=0))
        system.address("a").tell(SureNote(number=1))
        await asyncio.sleep(10)

    assert diary.events.count("poison 0") == 3
    assert diary.notes == [1]


@virtual_time
async def test_an_idempotent_message_survives_a_kill_from_outside_exactly_once() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a")]):
        system.address("a").tell(SureNote(number=7))
        await asyncio.sleep(0.005)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        await asyncio.sleep(1)

    assert diary.notes == [7]


@virtual_time
async def test_the_back_off_grows_and_starts_anew_after_a_healthy_while() -> None:
    diary = Diary()
    system = ActorSystem(intensity=RestartIntensity(restarts=100, within_s=1))
    loop = asyncio.get_running_loop()
    address = system.address("a")
    gaps = []

    async with system.running([diary.spec("a", backoff=Backoff(jitter=0.0, reset_after_s=20))]):
        for pause_s in (0, 0, 0, 25):
            await asyncio.sleep(pause_s)
            with pytest.raises(ActorFailedError):
                await address.ask(Fail(), timeout_s=1)
            failed_at = loop.time()
            await address.ask(Ping(), timeout_s=9)
            gaps.append(loop.time() - failed_at)

    assert gaps == pytest.approx([0.1, 0.2, 0.4, 0.1])


@virtual_time
async def test_too_many_restarts_end_the_system_with_exit_code_70() -> None:
    diary = Diary()
    diary.start_failures["b"] = 1000
    system = ActorSystem(intensity=RestartIntensity(restarts=3, within_s=30))

    with pytest.raises(IntensityExceededError, match="supervisor gave up: more than 3 restarts"):
        async with system.running([diary.spec("a"), diary.spec("b", "a")]):
            raise AssertionError("never ready")

    assert system.exit_code == 70
    assert diary.incarnations["b"] == 4
    assert diary.events == ["start a", *["stop b"] * 4, "stop a"]


@virtual_time
async def test_a_fatal_error_ends_the_system_at_once_with_its_own_exit_code() -> None:
    diary = Diary()
    system = ActorSystem()

    with capture_logs() as lines:
        async with system.running([diary.spec("a"), diary.spec("b", "a")]):
            with pytest.raises(ActorFailedError):
                await system.address("b").ask(Fail(error="fatal"), timeout_s=1)
            code = await system.wait_stopped()

    assert code == 78
    assert diary.incarnations == {"a": 1, "b": 1}
    assert diary.events[-1] == "stop a"
    (line,) = [line for line in lines if line["event"] == "system.fatal"]
    assert line["sentence"] == "The token is wrong; set DISCORD_TOKEN."


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


@pytest.mark.parametrize(
    ("strategy", "restarted"),
    [("one_for_one", "b"), ("rest_for_one", "bc"), ("one_for_all", "abc")],
)
@virtual_time
async def test_a_strategy_restarts_whom_it_names_and_nobody_else(
    strategy: Strategy, restarted: str
) -> None:
    diary = Diary()
    system = ActorSystem(strategy=strategy, intensity=PATIENT)

    async with system.running([diary.spec("a"), diary.spec("b", "a"), diary.spec("c", "b")]):
        with pytest.raises(ActorFailedError):
            await system.address("b").ask(Fail(), timeout_s=1)
        await asyncio.sleep(1)
        numbers = {name: await system.address(name).ask(Ping(), timeout_s=1) for name in "abc"}
        events = diary.events[3:]

    assert {name for name, number in numbers.items() if number == 2} == set(restarted)
    stops = [event for event in events if event.startswith("stop")]
    starts = [event for event in events if event.startswith("start")]
    assert starts == [f"start {name}" for name in restarted]
    assert stops[1:] == [f"stop {name}" for name in reversed(restarted) if name != "b"]
    assert events.index(starts[0]) > events.index(stops[-1])


@pytest.mark.parametrize(
    ("restart", "message", "comes_back"),
    [
        ("permanent", Quit(), True),
        ("permanent", Spawn(error=True), True),
        ("transient", Quit(), False),
        ("transient", Spawn(error=True), True),
        ("temporary", Quit(), False),
        ("temporary", Spawn(error=True), False),
    ],
)
@virtual_time
async def test_the_restart_type_decides_who_comes_back(
    restart: Restart,
    message: Message,
    comes_back: bool,  # noqa: FBT001 - a parameter of the test's table
) -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")

    async with system.running([diary.spec("a", restart=restart)]):
        address.tell(message)
        await asyncio.sleep(2)
        state = (await statistics_of(system, "a")).state
        if not comes_back:
            with pytest.raises(ActorStoppedError):
                await address.ask(Ping(), timeout_s=1)

    assert state == ("running" if comes_back else "stopped")


@virtual_time
async def test_what_waits_for_an_actor_that_is_gone_for_good_is_answered() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")

    async with system.running([diary.spec("a", restart="temporary")]):
        hanging = asyncio.create_task(address.ask(Hang(), timeout_s=100))
        waiting = asyncio.create_task(address.ask(Ping(), timeout_s=100))
        await asyncio.sleep(0.1)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        with pytest.raises(ActorFailedError):
            await hanging
        with pytest.raises(ActorStoppedError):
            await waiting
        took_s = asyncio.get_running_loop().time()

    assert took_s < 1


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


@virtual_time
async def test_events_tell_of_starts_restarts_and_giving_up() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    probe = Probe()

    async with system.running(
        [
            diary.spec("a"),
            diary.spec("b", restart="temporary"),
            diary.spec("c", restart="transient"),
        ]
    ):
        await system.supervisor.ask(Subscribe(subscriber=probe.address), timeout_s=1)
        for name in "ab":
            await system.supervisor.ask(InjectFault(name=name, fault="crash"), timeout_s=1)
        gave_up = await probe.expect(ActorGaveUp)
        restarted = await probe.expect(ActorRestarted)
        system.address("c").tell(Quit())
        stopped = await probe.expect(ActorStopped)
        probe.expect_no_message()

    assert gave_up == ActorGaveUp(name="b", kind="InjectedCrash")
    assert restarted == ActorRestarted(name="a", incarnation=2, kind="InjectedCrash")
    assert stopped == ActorStopped(name="c")


@virtual_time
async def test_a_first_start_is_an_event_of_its_own() -> None:
    diary = Diary()
    diary.start_delays["a"] = 5
    system = ActorSystem()
    probe = Probe()

    async def subscribe_early() -> ActorStarted:
        await asyncio.sleep(1)
        await system.supervisor.ask(Subscribe(subscriber=probe.address), timeout_s=1)
        return await probe.expect(ActorStarted, timeout_s=10)

    early = asyncio.create_task(subscribe_early())
    async with system.running([diary.spec("a")]):
        started = await early

    assert started == ActorStarted(name="a", incarnation=1)


@virtual_time
async def test_death_watch_tells_of_every_end_and_whether_it_is_final() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    probe = Probe()

    async with system.running([diary.spec("a", restart="transient")]):
        await system.supervisor.ask(Watch(name="a", watcher=probe.address), timeout_s=1)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        first = await probe.expect(ActorEnded)
        await system.address("a").ask(Ping(), timeout_s=5)
        system.address("a").tell(Quit())
        second = await probe.expect(ActorEnded)
        unknown = await system.supervisor.ask(
            Watch(name="ghost", watcher=probe.address), timeout_s=1
        )

    assert first == ActorEnded(name="a", incarnation=1, kind="InjectedCrash", is_final=False)
    assert second == ActorEnded(name="a", incarnation=2, kind=None, is_final=True)
    assert unknown == NoSuchActor(name="ghost")


@virtual_time
async def test_a_hung_handler_is_ended_at_its_deadline_and_its_asker_told() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")

    async with system.running([diary.spec("a", handle_timeout_s=3)]):
        with pytest.raises(ActorFailedError) as caught:
            await address.ask(Hang(), timeout_s=60)
        ended_at = asyncio.get_running_loop().time()
        number = await address.ask(Ping(), timeout_s=1)

    assert caught.value.kind == "HandleTimeout"
    assert ended_at == pytest.approx(3.0, abs=0.05)
    assert number == 2


@virtual_time
async def test_time_spent_waiting_for_another_actor_does_not_count_as_hanging() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    Patient.systems.append(system)
    slow = diary.spec("slow", handle_timeout_s=100)

    async with system.running([slow, diary.spec("a", handle_timeout_s=1)]):
        hanging = asyncio.create_task(system.address("slow").ask(Hang(), timeout_s=10))
        asking = asyncio.create_task(system.address("a").ask(AskOther(other="slow"), timeout_s=60))
        with pytest.raises(AskTimeoutError):
            await hanging
        await system.supervisor.ask(InjectFault(name="slow", fault="crash"), timeout_s=1)
        reply = await asking
        restarts = (await statistics_of(system, "a")).restarts

    assert reply == 2
    assert restarts == 0


@virtual_time
async def test_an_injected_hang_is_healed_by_the_watch() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a", handle_timeout_s=2)]):
        injected = await system.supervisor.ask(InjectFault(name="a", fault="hang"), timeout_s=1)
        ghost = await system.supervisor.ask(InjectFault(name="ghost", fault="hang"), timeout_s=1)
        await asyncio.sleep(0.1)
        number = await system.address("a").ask(Ping(), timeout_s=10)

    assert injected == FaultInjected(name="a", fault="hang")
    assert ghost == NoSuchActor(name="ghost")
    assert number == 2


@virtual_time
async def test_an_exception_of_a_spawned_task_ends_the_incarnation() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a")]):
        system.address("a").tell(Spawn(error=True))
        await asyncio.sleep(2)
        statistics = await statistics_of(system, "a")

    assert statistics.incarnation == 2
    assert statistics.last_failure_kind == "LookupError"


@virtual_time
async def test_a_spawned_task_ends_with_its_incarnation() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)

    async with system.running([diary.spec("a")]):
        system.address("a").tell(Spawn(error=False))
        await asyncio.sleep(0.1)
        with pytest.raises(ActorFailedError):
            await system.address("a").ask(Fail(), timeout_s=1)
        await system.address("a").ask(Ping(), timeout_s=1)

    assert "child cancelled" in diary.events


@virtual_time
async def test_isolated_work_that_crashes_is_a_value_and_is_counted() -> None:
    diary = Diary()
    system = ActorSystem()

    async with system.running([diary.spec("a")]):
        outcome = await system.address("a").ask(Isolate(), timeout_s=5)
        statistics = await statistics_of(system, "a")

    assert outcome == (Crashed(kind="LookupError"), Finished(value="done"))
    assert statistics.incarnation == 1
    assert statistics.failed == 1
    assert statistics.last_failure_kind == "LookupError"


@virtual_time
async def test_an_actors_complaint_shows_as_degraded_until_taken_back() -> None:
    diary = Diary()
    system = ActorSystem()
    states = []

    async with system.running([diary.spec("a")]):
        for reason in ("Redis is away", None):
            system.address("a").tell(Complain(reason=reason))
            await asyncio.sleep(0.1)
            statistics = await statistics_of(system, "a")
            states.append((statistics.state, statistics.reason))

    assert states == [("degraded", "Redis is away"), ("running", None)]


@virtual_time
async def test_statistics_tell_every_state_of_a_life() -> None:
    diary = Diary()
    diary.start_delays["slow"] = 1.0
    system = ActorSystem(intensity=PATIENT)
    states: dict[str, str] = {}

    async def look(moment: str) -> None:
        states[moment] = (await statistics_of(system, "slow")).state

    async def look_early() -> None:
        await asyncio.sleep(0.5)
        await look("early")

    early = asyncio.create_task(look_early())
    async with system.running([diary.spec("slow", restart="transient")]):
        await early
        await look("ready")
        await system.supervisor.ask(InjectFault(name="slow", fault="crash"), timeout_s=1)
        await asyncio.sleep(0.05)
        await look("crashed")
        await asyncio.sleep(5)
        system.address("slow").tell(Quit())
        await asyncio.sleep(0.05)
        await look("quit")

    assert states == {
        "early": "starting",
        "ready": "running",
        "crashed": "backing_off",
        "quit": "stopped",
    }


@virtual_time
async def test_statistics_count_and_time_what_was_handled() -> None:
    diary = Diary()
    system = ActorSystem()

    async with system.running([diary.spec("a")]):
        for number in range(20):
            system.address("a").tell(Note(number=number))
        await asyncio.sleep(1)
        statistics = await statistics_of(system, "a")

    assert statistics.handled == 20
    assert statistics.mailbox_peak == 20
    assert statistics.mailbox_depth == 0
    assert statistics.p50_ms == pytest.approx(10, rel=0.1)
    assert statistics.p99_ms == pytest.approx(10, rel=0.1)


@virtual_time
async def test_a_group_that_gives_up_is_restarted_by_the_supervisor_above() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    group = SupervisorSpec(
        name="group",
        children=(diary.spec("a"), diary.spec("b", "a")),
        intensity=RestartIntensity(restarts=1, within_s=60),
        backoff=NO_JITTER,
    )

    async with system.running([diary.spec("outside"), group]):
        system.address("a").tell(Complain(reason="kept"))
        for _ in range(2):
            await system.address("b").ask(Ping(), timeout_s=5)
            await system.supervisor.ask(InjectFault(name="b", fault="crash"), timeout_s=1)
        await asyncio.sleep(1)
        numbers = [
            await system.address(name).ask(Ping(), timeout_s=5) for name in ("a", "b", "outside")
        ]
        group_statistics = await statistics_of(system, "group")

    assert numbers == [2, 3, 1]  # b once alone and once with its group
    assert group_statistics.restarts == 1
    assert group_statistics.last_failure_kind == "IntensityExceededError"


@virtual_time
async def test_giving_up_goes_up_the_tree_to_the_exit_code() -> None:
    diary = Diary()
    diary.start_failures["a"] = 1000
    inner = SupervisorSpec(
        name="inner",
        children=(diary.spec("a"),),
        intensity=RestartIntensity(restarts=1),
        backoff=NO_JITTER,
    )
    outer = SupervisorSpec(
        name="outer",
        children=(inner,),
        intensity=RestartIntensity(restarts=1),
        backoff=NO_JITTER,
    )
    system = ActorSystem(intensity=RestartIntensity(restarts=1))

    with pytest.raises(IntensityExceededError):
        async with system.running([outer]):
            raise AssertionError("never ready")

    assert system.exit_code == 70
    assert diary.incarnations["a"] == 2 * 2 * 2


@virtual_time
async def test_messages_to_a_group_survive_the_groups_restart() -> None:
    diary = Diary()
    system = ActorSystem(intensity=PATIENT)
    group = SupervisorSpec(
        name="group",
        children=(diary.spec("a"),),
        intensity=RestartIntensity(restarts=0),
        backoff=NO_JITTER,
    )

    async with system.running([group]):
        for number in range(5):
            system.address("a").tell(Note(number=number))
        await asyncio.sleep(0.025)
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        await asyncio.sleep(2)

    assert diary.notes == [0, 1, 3, 4]  # 2 was in hand


@virtual_time
async def test_an_old_incarnation_that_will_not_die_cannot_answer_or_spawn() -> None:
    replies: list[object] = []

    class Stubborn(AsyncioActor[Ping]):
        count = 0

        @override
        async def on_receive(self, message: Ping) -> object:
            del message
            Stubborn.count += 1
            number = Stubborn.count
            if number > 1:
                return number
            while asyncio.get_running_loop().time() < 10:
                try:
                    await asyncio.sleep(20)
                except asyncio.CancelledError:
                    continue
            try:
                self.spawn(asyncio.sleep(1), name="late")
            except ActorStoppedError as error:
                replies.append(type(error).__name__)
            return "late"

    system = ActorSystem(intensity=PATIENT)
    address = system.address("a")
    spec = ChildSpec(name="a", start=Stubborn, stop_timeout_s=1, handle_timeout_s=2)

    async with system.running([spec]):
        with pytest.raises(ActorFailedError):
            replies.append(await address.ask(Ping(), timeout_s=60))
        replies.append(await address.ask(Ping(), timeout_s=60))
        await asyncio.sleep(40)

    assert replies == [2, "ActorStoppedError"]


@virtual_time
async def test_a_drain_handles_what_is_queued_and_stops_with_code_0() -> None:
    diary = Diary()
    system = ActorSystem(drain_budget_s=10)

    async with system.running([diary.spec("a"), diary.spec("b", "a")]):
        for number in range(50):
            system.address("ab"[number % 2]).tell(Note(number=number))
        await system.supervisor.ask(StopSystem(), timeout_s=1)
        code = await system.wait_stopped()

    assert code == 0
    assert sorted(diary.notes) == list(range(50))
    assert diary.events[-2:] == ["stop b", "stop a"]
    assert system.drain_report.left == {}


@virtual_time
async def test_a_drain_stops_at_its_budget_and_reports_exactly_what_it_left() -> None:
    diary = Diary()
    system = ActorSystem(drain_budget_s=2)

    async with system.running([diary.spec("a", mailbox_size=2000)]):
        for number in range(2000):
            assert system.address("a").tell(Note(number=number))
        system.stop()
        code = await system.wait_stopped()

    report = system.drain_report
    assert code == 0
    assert report.duration_s == pytest.approx(2.0, abs=0.1)
    assert len(diary.notes) + report.left["a"] + report.cut_off.get("a", 0) == 2000
    assert 150 < len(diary.notes) < 205


@virtual_time
async def test_a_drain_closes_intake_but_serves_those_that_come_later_in_the_order() -> None:
    diary = Diary()
    system = ActorSystem()
    Patient.systems.append(system)

    async with system.running([diary.spec("a"), diary.spec("b", "a")]):
        for number in range(20):
            system.address("b").tell(Note(number=number))
        asking = asyncio.create_task(system.address("b").ask(AskOther(other="a"), timeout_s=30))
        await asyncio.sleep(0.001)
        system.stop()
        await asyncio.sleep(0.001)
        with pytest.raises(ActorStoppedError):
            await system.address("b").ask(Ping(), timeout_s=5)
        reply = await asking

    assert reply == 1


@virtual_time
async def test_a_drain_restarts_an_actor_that_crashes_on_the_way() -> None:
    diary = Diary()
    diary.poison = {5, 15}
    system = ActorSystem(drain_budget_s=10)

    async with system.running([diary.spec("a")]):
        for number in range(30):
            system.address("a").tell(Note(number=number))
        system.stop()
        code = await system.wait_stopped()

    assert code == 0
    assert diary.notes == [number for number in range(30) if number not in (5, 15)]
    assert system.drain_report.left == {}


@virtual_time
async def test_a_drain_answers_the_asks_it_cannot_handle() -> None:
    diary = Diary()
    system = ActorSystem(drain_budget_s=1)

    async with system.running([diary.spec("a")]):
        hanging = asyncio.create_task(system.address("a").ask(Hang(), timeout_s=100))
        waiting = asyncio.create_task(system.address("a").ask(Ping(), timeout_s=100))
        await asyncio.sleep(0.1)
        system.stop()
        await system.wait_stopped()
        errors = [
            type(error) for error in await asyncio.gather(hanging, waiting, return_exceptions=True)
        ]

    assert errors == [ActorFailedError, ActorStoppedError]
    assert system.drain_report.left == {"a": 1}
    assert system.drain_report.cut_off == {"a": 1}


@virtual_time
async def test_a_drain_goes_through_groups_in_reverse_order() -> None:
    diary = Diary()
    system = ActorSystem(drain_budget_s=10)
    group = SupervisorSpec(
        name="group", after=("a",), children=(diary.spec("b"), diary.spec("c", "b"))
    )

    async with system.running([diary.spec("a"), group, diary.spec("d", "group")]):
        for name in "abcd":
            system.address(name).tell(Note(number=ord(name)))
        system.stop()
        await system.wait_stopped()

    assert sorted(diary.notes) == [ord(name) for name in "abcd"]
    assert diary.events[-4:] == ["stop d", "stop c", "stop b", "stop a"]


@virtual_time
async def test_on_drain_is_called_before_anything_stops() -> None:
    events: list[str] = []

    class Port(AsyncioActor[Ping]):
        @override
        async def on_receive(self, message: Ping) -> object:
            del message
            return 1

        @override
        async def on_drain(self) -> None:
            events.append("drain")

        @override
        async def on_stop(self) -> None:
            events.append("stop")

    system = ActorSystem()

    async with system.running([ChildSpec(name="port", start=Port)]):
        system.stop()
        await system.wait_stopped()

    assert events == ["drain", "stop"]


@virtual_time
async def test_the_same_system_reports_a_fault_of_the_supervisor_itself_with_code_70() -> None:
    diary = Diary()
    system = ActorSystem()

    async with system.running([diary.spec("a")]):
        assert system._root is not None
        system._root._by_name.clear()
        await system.supervisor.ask(InjectFault(name="a", fault="crash"), timeout_s=1)
        code = await system.wait_stopped()

    assert code == 70
