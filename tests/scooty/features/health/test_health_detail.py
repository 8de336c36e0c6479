from __future__ import annotations

from dataclasses import replace

import pytest

from actors.discord_gateway.limits import find_breach
from scooty.core.i18n import ENGLISH, FRENCH, Translator
from scooty.core.text.style import Tone
from scooty.domain.health import (
    ActorPace,
    ActorVitals,
    CacheUse,
    DatabaseLoad,
    HealthDetail,
    PartHealth,
    QueueHealth,
    Refusals,
    SystemHealth,
)
from scooty.domain.objectives import OBJECTIVES, RULES, SPEED, Burn, ObjectiveState, WindowShare
from scooty.features.health.replies.health_detail import detailed_pong

WELL = PartHealth(state="connected", latency_ms=2.0)
HEALTH = SystemHealth(
    gateway=WELL,
    database=WELL,
    cache=WELL,
    actors=(ActorVitals(name="desk", state="running", restarts=0, mailbox_depth=0),),
    queue=QueueHealth(waiting=3, untold=0, oldest_at=None, last_error=None),
)
WINDOWS = (
    WindowShare(window_s=300, good=0, bad=0, burn_rate=0.0),
    WindowShare(window_s=259_200, good=9_990, bad=10, burn_rate=0.2),
)
DETAIL = HealthDetail(
    health=HEALTH,
    objectives=tuple(ObjectiveState(objective=o, windows=WINDOWS, burn=None) for o in OBJECTIVES),
    command_p95_s=0.012,
    database=DatabaseLoad(breaker="closed", calls_at_once=8, calls_waiting=0, calls_repeated=1),
    cache=CacheUse(hits=89, misses=11),
    refusals=Refusals(rate_limited=2, invalid=5),
    pace=(ActorPace(name="desk", p50_ms=1.04, p95_ms=12.5, p99_ms=140.0),),
)


def fields(detail: HealthDetail, t: Translator = ENGLISH) -> dict[str, str]:
    (embed,) = detailed_pong(detail, t).embeds
    return {field.name: field.value for field in embed.fields}


def test_each_objective_shows_its_budget_its_windows_and_how_fast_the_budget_goes() -> None:
    shown = fields(DETAIL)

    assert shown["Available ≥ 99.5%"].splitlines() == [
        "🟢 80% of the error budget left",
        "`5\u202fmin` \N{EN DASH}",
        "`3\u202fd` 99.90% · \N{MULTIPLICATION SIGN}0.2",
    ]
    assert shown["Under 1.5 s ≥ 95%"].splitlines()[-1] == "p95 12\u202fms"


def test_what_regulates_database_cache_and_discord_is_shown() -> None:
    shown = fields(DETAIL)

    assert shown["Database"].splitlines() == [
        "🟢 breaker closed",
        "8 calls at once · 0 waiting",
        "1 repetition",
        "queue 3",
    ]
    assert shown["Cache"] == "89% served"
    assert shown["Discord"].splitlines() == ["429: 2", "refusals: 5"]


def test_the_actors_pace_is_a_table() -> None:
    assert fields(DETAIL)["Time for a message, in ms"].splitlines() == [
        "```",
        "                    p50    p95    p99",
        "desk                1.0   12.5  140.0",
        "```",
    ]


def test_french_writes_its_own_numbers() -> None:
    shown = fields(DETAIL, FRENCH)

    assert (
        "`3\u202fj` 99,90\u202f% · \N{MULTIPLICATION SIGN}0,2"
        in (shown["Disponible ≥ 99,5\u202f%"])
    )
    assert "  1,0   12,5  140,0" in shown["Temps par message, en ms"]


def test_a_burning_objective_colours_the_card() -> None:
    burn = Burn(objective=SPEED, rule=RULES[0], rate=20.0)
    burning = ObjectiveState(objective=SPEED, windows=WINDOWS, burn=burn)

    (embed,) = detailed_pong(replace(DETAIL, objectives=(burning,)), ENGLISH).embeds

    assert embed.colour == Tone.ATTENTION.colour
    assert embed.fields[0].value.startswith("🔴 80% of")


def test_a_share_that_is_not_whole_is_never_rounded_up_to_whole() -> None:
    window = WindowShare(window_s=300, good=99_999, bad=1, burn_rate=0.0)
    state = ObjectiveState(objective=SPEED, windows=(window,), burn=None)

    shown = fields(replace(DETAIL, objectives=(state,)))

    assert "99.99%" in shown["Under 1.5 s ≥ 95%"]


@pytest.mark.parametrize("t", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_everything_at_its_longest_is_within_discords_limits(t: Translator) -> None:
    long = tuple(
        ActorPace(
            name=f"an_actor_with_a_long_name_{n}", p50_ms=9999.9, p95_ms=9999.9, p99_ms=9999.9
        )
        for n in range(60)
    )
    windows = tuple(
        WindowShare(window_s=72_000, good=1, bad=999_999, burn_rate=199.99) for _ in range(5)
    )
    crowded = replace(
        DETAIL,
        health=replace(HEALTH, gateway=PartHealth(state="silent")),
        objectives=tuple(
            ObjectiveState(objective=o, windows=windows, burn=None) for o in OBJECTIVES
        ),
        database=DatabaseLoad(
            breaker="half_open", calls_at_once=99, calls_waiting=999, calls_repeated=99_999
        ),
        pace=long,
    )

    assert find_breach(detailed_pong(crowded, t), attachment_size_limit=0) is None


def test_who_did_not_answer_is_said_to_be_silent() -> None:
    silent = replace(DETAIL, objectives=None, database=None, cache=None, refusals=None, pace=None)

    assert set(fields(silent).values()) == {"did not answer in time"}
