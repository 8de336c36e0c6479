from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from scooty.core.i18n import ENGLISH, FRENCH
from scooty.core.text.style import Tone
from scooty.domain.health import ActorVitals, PartHealth, QueueHealth, SystemHealth
from scooty.features.health.replies.health import pong

DESK = ActorVitals(name="desk", state="running", restarts=0, mailbox_depth=1)
HEALTHY = SystemHealth(
    gateway=PartHealth(state="connected", latency_ms=41.6),
    database=PartHealth(state="connected", latency_ms=0.4),
    cache=PartHealth(state="in_memory"),
    actors=(DESK,),
)


def test_all_well_is_said_first_then_latencies_then_actors() -> None:
    (embed,) = pong(HEALTHY, ENGLISH).embeds

    assert embed.description == "Everything is well."
    assert [(field.name, field.value) for field in embed.fields] == [
        ("Discord", "🟢 connected · 42 ms"),
        ("Database", "🟢 connected · < 1 ms"),
        ("Cache", "🟢 in this process"),
        ("Actors", "🟢 `desk` running · 0 restarts · mailbox 1"),
    ]


def test_a_degraded_part_is_named_and_colours_the_card() -> None:
    health = replace(HEALTHY, database=PartHealth(state="unreachable"))

    (embed,) = pong(health, FRENCH).embeds

    assert embed.description == "Dégradé\u202f: `database`"
    assert embed.colour == Tone.ATTENTION.colour


def test_an_actor_shows_its_restarts_its_reason_and_its_last_error() -> None:
    weak = ActorVitals(
        name="repository",
        state="degraded",
        restarts=2,
        mailbox_depth=5,
        reason="reconnecting",
        last_failure_kind="OSError",
        last_failure_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    )

    (embed,) = pong(replace(HEALTHY, actors=(weak,)), ENGLISH).embeds

    assert embed.fields[-1].value == (
        "🟠 `repository` degraded · 2 restarts · mailbox 5 · reconnecting"
        " · last error `OSError` <t:1795510800:R>"
    )


def test_a_silent_supervisor_is_shown_as_such() -> None:
    (embed,) = pong(replace(HEALTHY, actors=None), ENGLISH).embeds

    assert embed.fields[-1].value == "🔴 did not answer in time"


def test_more_actors_than_a_field_holds_go_on_in_the_next() -> None:
    crowd = tuple(replace(DESK, name=f"actor-{number}") for number in range(30))

    (embed,) = pong(replace(HEALTHY, actors=crowd), ENGLISH).embeds

    shown = "\n".join(field.value for field in embed.fields[3:])
    assert all(f"`actor-{number}`" in shown for number in range(30))


def test_what_waits_for_the_database_is_shown_with_its_age_and_the_last_error() -> None:
    queue = QueueHealth(
        waiting=3, untold=1, oldest_at=datetime(2026, 1, 1, tzinfo=UTC), last_error="PoolTimeout"
    )

    (embed,) = pong(replace(HEALTHY, queue=queue), ENGLISH).embeds

    assert embed.fields[3].name == "Queue"
    assert embed.fields[3].value == (
        "⏳ 3 writes wait for the database · oldest <t:1767225600:R>"
        " · 1 refusal is still to be told · last error PoolTimeout"
    )


def test_an_empty_queue_is_not_mentioned() -> None:
    queue = QueueHealth(waiting=0, untold=0, oldest_at=None, last_error=None)

    (embed,) = pong(replace(HEALTHY, queue=queue), ENGLISH).embeds

    assert [field.name for field in embed.fields] == ["Discord", "Database", "Cache", "Actors"]
