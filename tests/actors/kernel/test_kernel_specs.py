from __future__ import annotations

import asyncio
import re
from typing import Any

import pykka
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.kernel import (
    ActorKitError,
    ActorSystem,
    AsyncioActor,
    Backoff,
    ChildSpec,
    RestartIntensity,
    SpecError,
    SupervisorSpec,
)
from actors.kernel.children import RestartWindow
from actors.kernel.latency import LatencyHistogram
from actors.kernel.start_order import start_order


def spec(name: str, *after: str, **settings: Any) -> ChildSpec:
    return ChildSpec(name=name, start=AsyncioActor[Any], after=after, **settings)


def test_an_empty_mailbox_is_refused_when_the_spec_is_built() -> None:
    with pytest.raises(SpecError, match="cache: mailbox_size is 0, must be 1 or more"):
        spec("cache", mailbox_size=0)


def test_no_concurrency_is_refused_when_the_spec_is_built() -> None:
    with pytest.raises(SpecError, match="cache: concurrency is 0"):
        spec("cache", concurrency=0)


@pytest.mark.parametrize("label", ["start_timeout_s", "stop_timeout_s", "handle_timeout_s"])
def test_a_time_limit_of_zero_is_refused_when_the_spec_is_built(label: str) -> None:
    with pytest.raises(SpecError, match=f"cache: {label} is 0, must be more than 0"):
        spec("cache", **{label: 0})


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {"restart": "Permanent"},
            "restart is 'Permanent', must be one of permanent, transient, temporary",
        ),
        (
            {"overflow": "explode"},
            "overflow is 'explode', must be one of block, reject, drop_new, drop_old",
        ),
        ({"start": None}, "start is None, must be what builds an AsyncioActor or a ThreadActor"),
        ({"start": 42}, "start is 42, must be what builds an AsyncioActor or a ThreadActor"),
        ({"start": pykka.ThreadingActor}, "must be what builds an AsyncioActor or a ThreadActor"),
        ({"mailbox_size": "many"}, "mailbox_size is 'many', must be 1 or more"),
        ({"handle_timeout_s": None}, "handle_timeout_s is None, must be more than 0"),
    ],
)
def test_a_word_that_means_nothing_is_refused_with_those_that_do(
    settings: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(SpecError, match=f"cache: .*{re.escape(sentence)}"):
        ChildSpec(**{"name": "cache", "start": AsyncioActor[Any], **settings})


def test_a_misspelt_strategy_is_refused_of_a_group_and_of_a_system() -> None:
    word: Any = "two_for_one"
    allowed = "strategy is 'two_for_one', must be one of one_for_one, rest_for_one, one_for_all"

    with pytest.raises(SpecError, match=f"group: {allowed}"):
        SupervisorSpec(name="group", children=(), strategy=word)
    with pytest.raises(SpecError, match=f"an actor system: {allowed}"):
        ActorSystem(strategy=word)


@pytest.mark.parametrize(
    "settings",
    [{"first_s": -0.1}, {"max_s": -1.0}, {"factor": 0.5}, {"jitter": 1.5}, {"reset_after_s": -1}],
)
def test_an_impossible_back_off_is_refused_with_its_word(settings: dict[str, Any]) -> None:
    with pytest.raises(SpecError, match=f"a back-off: {next(iter(settings))} is"):
        Backoff(**settings)


def test_what_a_factory_returns_is_refused_at_start_if_it_is_no_actor() -> None:
    factory: Any = lambda: pykka.ThreadingActor  # noqa: E731 - a child spec's usual form
    specs: list[ChildSpec | SupervisorSpec] = [ChildSpec(name="plain", start=factory)]

    with pytest.raises(ActorKitError) as caught:
        asyncio.run(start(ActorSystem(intensity=RestartIntensity(restarts=0)), specs))

    assert "has to return an AsyncioActor or a ThreadActor" in str(caught.value.__cause__)


def test_a_duplicate_name_is_refused_with_the_name() -> None:
    with pytest.raises(SpecError, match="two children have the name cache"):
        start_order([spec("cache"), spec("desk"), spec("cache")])


def test_a_duplicate_name_in_another_group_is_refused_at_start() -> None:
    group = SupervisorSpec(name="group", children=(spec("cache"),))

    with pytest.raises(SpecError, match="two children have the name cache"):
        asyncio.run(start(ActorSystem(), [spec("cache"), group]))


def test_a_cycle_in_after_is_refused_with_its_members() -> None:
    with pytest.raises(SpecError, match="a cycle in after: a -> c -> b -> a"):
        start_order([spec("x"), spec("a", "c"), spec("b", "a"), spec("c", "b")])


def test_a_cycle_in_a_group_is_refused_when_the_group_is_built() -> None:
    with pytest.raises(SpecError, match="a cycle in after"):
        SupervisorSpec(name="group", children=(spec("a", "b"), spec("b", "a")))


def test_an_unknown_name_in_after_is_refused_with_both_names() -> None:
    with pytest.raises(SpecError, match="desk: it is to start after ghost, which is no sibling"):
        start_order([spec("desk", "ghost")])


def test_starting_after_itself_is_refused_when_the_spec_is_built() -> None:
    with pytest.raises(SpecError, match="desk: it is to start after itself"):
        spec("desk", "desk")


def test_an_address_that_no_spec_has_is_refused_at_start() -> None:
    system = ActorSystem()
    system.address("ghost")

    with pytest.raises(SpecError, match="an address of ghost was taken"):
        asyncio.run(start(system, [spec("desk")]))


async def start(system: ActorSystem, specs: list[ChildSpec | SupervisorSpec]) -> None:
    async with system.running(specs):
        pass


@pytest.mark.parametrize("intensity", [{"restarts": -1}, {"within_s": 0.0}])
def test_an_impossible_intensity_is_refused(intensity: dict[str, Any]) -> None:
    with pytest.raises(SpecError, match="a restart intensity"):
        RestartIntensity(**intensity)


@given(st.data())
def test_start_order_puts_everyone_after_those_it_names(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 8))
    specs = [
        spec(str(number), *(str(n) for n in data.draw(st.sets(st.integers(0, number - 1)))))
        if number
        else spec("0")
        for number in range(count)
    ]
    shuffled = data.draw(st.permutations(specs))

    order = [one.name for one in start_order(shuffled)]

    assert sorted(order) == sorted(one.name for one in specs)
    for one in specs:
        assert all(order.index(name) < order.index(one.name) for name in one.after)


@given(
    gaps=st.lists(st.floats(0, 20), max_size=40),
    restarts=st.integers(0, 6),
    within_s=st.floats(0.5, 30),
)
def test_the_restart_window_gives_up_exactly_at_the_first_restart_too_many(
    gaps: list[float], restarts: int, within_s: float
) -> None:
    window = RestartWindow(RestartIntensity(restarts=restarts, within_s=within_s))
    moments: list[float] = []
    now = 0.0

    for gap in gaps:
        now += gap
        moments.append(now)
        within = [moment for moment in moments if moment > now - within_s]
        assert window.record(now) is (len(within) <= restarts)


@given(failures=st.integers(1, 10_000), draw=st.floats(0, 1))
def test_the_back_off_stays_within_its_jitter_of_the_cap(failures: int, draw: float) -> None:
    backoff = Backoff(first_s=0.1, factor=2.0, max_s=5.0, jitter=0.2)

    delay_s = backoff.delay_s(failures, draw=lambda: draw)

    assert 0.08 <= delay_s <= 6.0


@given(st.lists(st.floats(1e-6, 60.0), min_size=1))
def test_the_histograms_median_is_within_a_bucket_of_the_true_one(durations: list[float]) -> None:
    histogram = LatencyHistogram()
    for duration in durations:
        histogram.record(duration)
    true_ms = sorted(durations)[(len(durations) - 1) // 2] * 1000

    (median_ms,) = histogram.percentiles_ms(0.5)

    assert median_ms is not None
    assert true_ms / 1.1 <= median_ms <= true_ms * 1.1


def test_an_empty_histogram_has_no_percentiles() -> None:
    assert LatencyHistogram().percentiles_ms(0.5, 0.99) == (None, None)
