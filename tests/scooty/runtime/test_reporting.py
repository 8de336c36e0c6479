"""Failures of actors are reported to Sentry: what and where, never what people typed."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from pydantic import SecretStr
from sentry_sdk.transport import Transport
from typing_extensions import override

from actors.kernel import ActorFailedError, AsyncioActor, ChildSpec, Query
from actors.testing import run_actor
from scooty.errors import ConfigError
from scooty.runtime.cli import main
from scooty.runtime.config import Settings
from scooty.runtime.logs import configure_logs
from scooty.runtime.reporting import reported_faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sentry_sdk.envelope import Envelope

TOKEN = "a-planted-token-of-the-bot"  # noqa: S105 - of nobody
OPPONENT = "Planted Opponent"
COMMENT = "planted comment"
DSN = SecretStr("https://key@127.0.0.1:1/1")
"""Nothing is sent there: the tests' transport keeps everything."""


class Kept(Transport):
    """Keeps what would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[dict[str, Any]] = []

    @override
    def capture_envelope(self, envelope: Envelope) -> None:
        self.events.append(json.loads(envelope.items[0].get_bytes()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fail(Query[None]):
    """Fail, alone or with the whole incarnation."""

    isolated: bool


def _mistake(text: str) -> KeyError:
    return KeyError(text)


class Clumsy(AsyncioActor[Fail]):
    """An actor that fails with what people typed in its error, its variables and its cause."""

    @override
    async def on_receive(self, message: Fail) -> None:
        work = self._work(OPPONENT)
        if message.isolated:
            await self.isolate(work)
        else:
            await work

    async def _work(self, opponent: str) -> None:
        comment = COMMENT
        self.log.info("work.begun", opponent=opponent, comment=comment)
        try:
            raise _mistake(comment)
        except KeyError as cause:
            cause.add_note(f"about {opponent}")
            raise ValueError(opponent, comment, TOKEN) from cause


@pytest.fixture
def kept() -> Iterator[Kept]:
    transport = Kept()
    with reported_faults(DSN, secrets=[TOKEN], environment="test", transport=transport) as watching:
        configure_logs("INFO", stream=io.StringIO(), watching=watching)
        yield transport
    structlog.reset_defaults()


@pytest.mark.parametrize(
    ("isolated", "event"), [(True, "actor.isolated_work_crashed"), (False, "actor.failed")]
)
async def test_a_failure_is_one_report_with_kind_and_place_and_no_word_of_peoples(
    kept: Kept, event: str, *, isolated: bool
) -> None:
    async with run_actor(ChildSpec(name="clumsy", start=Clumsy)) as clumsy:
        with nullcontext() if isolated else pytest.raises(ActorFailedError):
            await clumsy.ask(Fail(isolated=isolated), timeout_s=5)

    [report] = kept.events
    errors = report["exception"]["values"]
    assert report["logger"] == event
    assert report["tags"]["kind"] == "ValueError"
    assert [error["type"] for error in errors] == ["KeyError", "ValueError"]
    assert errors[-1]["stacktrace"]["frames"][-1]["function"] == "_work"
    assert report["environment"] == "test"
    assert not {"breadcrumbs", "user", "request", "extra", "modules"} & report.keys()
    text = json.dumps(report)
    assert not [word for word in (OPPONENT, COMMENT, TOKEN, "vars", "context_line") if word in text]


def test_a_secret_in_a_name_is_masked(kept: Kept) -> None:
    structlog.get_logger().error("actor.failed", actor=TOKEN, kind="hung")

    [report] = kept.events
    assert report["message"] == "actor.failed: [secret], hung"
    assert TOKEN not in json.dumps(report)


def test_other_lines_are_not_reported_and_every_line_is_written(kept: Kept) -> None:
    stream = io.StringIO()
    with reported_faults(DSN, secrets=[], environment="test", transport=kept) as watching:
        configure_logs("INFO", stream=stream, watching=watching)

        structlog.get_logger().error("outbox.late")
        structlog.get_logger().error("actor.failed", actor="desk", kind="hung")

    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == [
        "outbox.late",
        "actor.failed",
    ]
    assert len(kept.events) == 1


def test_nothing_watches_the_log_when_there_is_no_project() -> None:
    with reported_faults(None, secrets=[], environment="test") as watching:
        assert watching == ()


def test_an_address_that_is_not_sentrys_is_refused_without_being_shown() -> None:
    with (
        pytest.raises(ConfigError, match="SENTRY_DSN") as caught,
        reported_faults(SecretStr("https://planted.example"), secrets=[], environment="test"),
    ):
        pass

    assert "planted" not in str(caught.value)


def test_the_bot_does_not_start_without_the_package_and_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)
    monkeypatch.setenv("SENTRY_DSN", DSN.get_secret_value())
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)

    code = main(["run", "--sandbox"])

    assert code == os.EX_CONFIG
    assert "pip install 'scooty[sentry]'" in capsys.readouterr().err
