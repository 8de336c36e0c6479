"""Checks, as the last thing of a run, every request that the bot sent to a sandbox in it.

`tests/conftest.py` takes the hooks over. Every sandbox finds the run's log in the environment;
those that are there to see Discord's rules broken are started without it. Where pytest-xdist
spreads the tests over processes, all write one log, and the process that started them checks it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from sandbox.config import REQUEST_LOG_VARIABLE
from tests.sandbox.openapi_check import check_log, find_description

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Literal

__all__ = [
    "ALWAYS_ASKED_FOR",
    "judge",
    "pytest_configure",
    "pytest_runtestloop",
    "pytest_terminal_summary",
]

ALWAYS_ASKED_FOR: Final = frozenset({
    "GET /applications/{application_id}/commands",
    "GET /applications/{application_id}/guilds/{guild_id}/commands",
    "GET /gateway",
    "GET /users/@me",
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
    "POST /interactions/{interaction_id}/{interaction_token}/callback",
    "POST /webhooks/{webhook_id}/{webhook_token}",
    "PUT /applications/{application_id}/commands",
    "PUT /applications/{application_id}/guilds/{guild_id}/commands",
})  # fmt: skip
"""Without these in it, the log of a whole run is not what it should be."""

_LOG: Final = pytest.StashKey[Path]()
_VERDICT: Final = pytest.StashKey["Verdict"]()
_NAME: Final = "tests/sandbox/openapi_of_the_run.py::requests_of_the_run"
_NO_DESCRIPTION: Final = "SCOOTY_SHARED does not name a folder with discord/openapi.json"
_NARROWING: Final = ("keyword", "deselect", "ignore", "ignore_glob", "lf", "stepwise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found in the log of one run."""

    routes: Counter[str]
    """How many requests each route got."""
    is_whole_run: bool
    findings: tuple[str, ...]
    why_unchecked: str | None

    @property
    def outcome(self) -> Literal["passed", "failed", "skipped"]:
        if self.findings:
            return "failed"
        return "passed" if self.why_unchecked is None else "skipped"

    @property
    def sentence(self) -> str:
        """How much was checked."""
        count = f"{self.routes.total()} requests of {len(self.routes)} routes"
        part = "the whole run" if self.is_whole_run else "a part of the tests"
        what = f"{len(self.findings)} findings" if self.why_unchecked is None else "not checked"
        return f"{count}, sent in {part}: {what}"


def judge(log: Path, description: Path | None, *, is_whole_run: bool) -> Verdict:
    """Check a log, which is not there when no sandbox had anything to write."""
    entries = map(json.loads, log.read_text().splitlines()) if log.is_file() else ()
    routes = Counter(f"{entry['method']} {entry['path']}" for entry in entries)
    missing = sorted(ALWAYS_ASKED_FOR - routes.keys()) if is_whole_run else []
    found = check_log(log, description) if routes and description is not None else []
    return Verdict(
        routes=routes,
        is_whole_run=is_whole_run,
        findings=(
            *(f"{route}: never asked for in the whole run" for route in missing),
            *(f"{each.request}: {each.place}: {each.message}" for each in found),
        ),
        why_unchecked=_NO_DESCRIPTION if description is None else None,
    )


def pytest_configure(config: pytest.Config) -> None:
    """Name the log, for every sandbox of this process and of all that it starts."""
    if hasattr(config, "workerinput"):  # the process that started this one has named it
        return
    named = os.environ.get(REQUEST_LOG_VARIABLE)
    if named is None:
        folder = tempfile.mkdtemp(prefix="scooty-requests-")
        config.add_cleanup(lambda: shutil.rmtree(folder))
        named = os.environ[REQUEST_LOG_VARIABLE] = f"{folder}/requests.jsonl"
    config.stash[_LOG] = Path(named)


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Judge the log when all tests are over, as one more test of the run."""
    result = yield
    log = session.config.stash.get(_LOG, None)
    if log is not None and not session.config.option.collectonly:
        _report(session, log)
    return result


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was checked."""
    verdict = terminalreporter.config.stash.get(_VERDICT, None)
    if verdict is not None:
        terminalreporter.write_line(f"The bot and Discord's own description: {verdict.sentence}")


def _report(session: pytest.Session, log: Path) -> None:
    config = session.config
    begun_at = time.time()
    verdict = judge(log, find_description(), is_whole_run=_is_whole_run(config))
    if not verdict.routes and not verdict.is_whole_run:
        return
    config.stash[_VERDICT] = verdict
    ended_at = time.time()
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if isinstance(terminal, pytest.TerminalReporter):
        terminal.write("\nrequests of the run ")
    report = pytest.TestReport(
        nodeid=_NAME,
        location=(_NAME.partition("::")[0], 0, "requests_of_the_run"),
        keywords={},
        outcome=verdict.outcome,
        longrepr=_explain(verdict),
        when="call",
        duration=ended_at - begun_at,
        start=begun_at,
        stop=ended_at,
    )
    session.testscollected += 1  # so that no more than 100 % of them are reported
    config.hook.pytest_runtest_logreport(report=report)


def _explain(verdict: Verdict) -> str | tuple[str, int, str] | None:
    if verdict.findings:
        return "\n".join(verdict.findings)
    return None if verdict.why_unchecked is None else (__file__, 0, verdict.why_unchecked)


def _is_whole_run(config: pytest.Config) -> bool:
    return (
        config.args_source is pytest.Config.ArgsSource.TESTPATHS
        and config.option.markexpr.startswith("not ")
        and not any(config.getoption(name, None) for name in _NARROWING)
    )
