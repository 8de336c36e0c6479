from __future__ import annotations

from dataclasses import replace

import pytest

from scooty.domain.health import (
    ActorState,
    ActorVitals,
    PartHealth,
    PartState,
    SystemHealth,
    degraded_parts,
)

WELL = PartHealth(state="connected", latency_ms=1.0)


def actor(name: str, state: ActorState) -> ActorVitals:
    return ActorVitals(name=name, state=state, restarts=0, mailbox_depth=0)


HEALTHY = SystemHealth(gateway=WELL, database=WELL, cache=WELL, actors=(actor("desk", "running"),))


def test_nothing_is_degraded_when_all_is_connected_and_running() -> None:
    assert degraded_parts(HEALTHY) == ()


def test_a_cache_in_the_process_is_not_degraded() -> None:
    health = replace(HEALTHY, cache=PartHealth(state="in_memory"))

    assert degraded_parts(health) == ()


@pytest.mark.parametrize("state", ["connecting", "unreachable", "silent"])
def test_a_connection_that_is_not_up_is_named(state: PartState) -> None:
    health = replace(HEALTHY, database=PartHealth(state=state))

    assert degraded_parts(health) == ("database",)


@pytest.mark.parametrize("state", ["starting", "degraded", "backing_off", "stopped"])
def test_an_actor_that_does_not_run_is_named(state: ActorState) -> None:
    health = replace(HEALTHY, actors=(actor("desk", "running"), actor("repository", state)))

    assert degraded_parts(health) == ("repository",)


def test_a_part_that_is_an_actor_too_is_named_once() -> None:
    health = replace(
        HEALTHY, cache=PartHealth(state="silent"), actors=(actor("cache", "backing_off"),)
    )

    assert degraded_parts(health) == ("cache",)


def test_a_silent_supervisor_is_named() -> None:
    assert degraded_parts(replace(HEALTHY, actors=None)) == ("supervisor",)
