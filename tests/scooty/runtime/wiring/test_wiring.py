"""Who exists under which settings, and what is refused before anybody starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from actors.kernel import ActorSystem
from scooty.errors import ConfigError
from scooty.runtime.config import Settings, load_settings
from scooty.runtime.wiring import child_specs

if TYPE_CHECKING:
    from typing import Any

EVERYWHERE = {
    "repository",
    "cache",
    "rate_limiter",
    "lease",
    "outbox",
    "desk",
    "gateway",
    "jobs",
    "live_board",
    "announcer",
    "scheduler",
    "observer",
    "operator_alerts",
    "charts",
    "web",
    "http_server",
}


def settings(**variables: Any) -> Settings:
    return load_settings(env_file=None, overrides={"DISCORD_TOKEN": "token", **variables})


@pytest.mark.parametrize(
    ("variables", "sandbox", "more"),
    [
        ({}, False, {"postgres"}),
        ({"DATABASE_URL": "postgresql://scooty@127.0.0.1/scooty"}, False, set()),
        ({}, True, {"postgres", "sandbox", "demo"}),
    ],
)
def test_who_exists_is_decided_by_the_settings(
    variables: dict[str, Any], more: set[str], *, sandbox: bool
) -> None:
    specs = child_specs(settings(**variables), ActorSystem(), sandbox=sandbox)

    assert {spec.name for spec in specs} == EVERYWHERE | more


@pytest.mark.parametrize(
    ("jobs", "sentence"),
    [
        ("heartbeet=* * * * *", "no job heartbeet; there are heartbeat"),
        ("heartbeat=every minute", "no cron expression of five fields"),
        ("heartbeat=0 0 30 2 *", "is never due"),
    ],
)
def test_times_of_jobs_that_cannot_be_used_are_refused_before_anybody_starts(
    jobs: str, sentence: str
) -> None:
    with pytest.raises(ConfigError, match=sentence) as refused:
        child_specs(settings(SCOOTY_JOBS=jobs), ActorSystem())

    assert str(refused.value).startswith("SCOOTY_JOBS cannot be used: ")
