"""What is said of the requests of a whole run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.sandbox.openapi_check import find_description
from tests.sandbox.openapi_of_the_run import ALWAYS_ASKED_FOR, judge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MESSAGE = "POST /channels/{channel_id}/messages"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "requests.jsonl"


@pytest.fixture
def description() -> Path:
    found = find_description()
    if found is None:
        pytest.skip("SCOOTY_SHARED does not name a folder with discord/openapi.json")
    return found


def write(log: Path, routes: Iterable[str], *, body: object = None) -> None:
    common = {"query": {}, "content_type": "application/json", "body": body, "files": []}
    for route in routes:
        method, path = route.split()
        line = json.dumps({"method": method, "path": path, "status": 200, **common})
        with log.open("a") as file:
            file.write(f"{line}\n")


def test_a_request_that_discord_does_not_describe_fails_the_run(
    log: Path, description: Path
) -> None:
    write(log, ALWAYS_ASKED_FOR)
    write(log, [_MESSAGE], body={"content": "x" * 5000})

    verdict = judge(log, description, is_whole_run=True)

    assert verdict.outcome == "failed"
    assert [finding.split(": ")[:2] for finding in verdict.findings] == [[_MESSAGE, "content"]]


def test_a_whole_run_without_a_route_that_the_bot_needs_fails(log: Path) -> None:
    write(log, sorted(ALWAYS_ASKED_FOR)[1:])

    verdict = judge(log, None, is_whole_run=True)

    assert verdict.outcome == "failed"
    assert verdict.findings == (f"{min(ALWAYS_ASKED_FOR)}: never asked for in the whole run",)


def test_a_part_of_the_tests_need_not_ask_for_everything_and_says_that_it_is_a_part(
    log: Path, description: Path
) -> None:
    write(log, ["GET /gateway", "GET /gateway", "GET /users/@me"])

    verdict = judge(log, description, is_whole_run=False)

    assert verdict.outcome == "passed"
    assert verdict.sentence == "3 requests of 2 routes, sent in a part of the tests: 0 findings"


def test_a_run_without_the_description_is_skipped_with_the_reason(log: Path) -> None:
    write(log, ALWAYS_ASKED_FOR)

    verdict = judge(log, None, is_whole_run=True)

    assert verdict.outcome == "skipped"
    assert verdict.sentence.endswith("sent in the whole run: not checked")


def test_a_run_that_never_reached_a_sandbox_has_a_log_all_the_same(
    log: Path, description: Path
) -> None:
    verdict = judge(log, description, is_whole_run=False)

    assert verdict.outcome == "passed"
    assert verdict.sentence.startswith("0 requests")
