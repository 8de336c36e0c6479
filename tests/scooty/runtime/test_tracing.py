"""Interactions are traced to a collector: what and how long, never what people typed."""

from __future__ import annotations

import os
import sys
import threading
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Status
from pydantic import SecretStr
from structlog.testing import capture_logs
from typing_extensions import override

from actors.discord_gateway.messages import GetGatewayHealth
from actors.kernel import ActorStoppedError, correlation
from actors.testing import ManualClock, Probe, run_actor
from scooty.core.observer import GetMeasurements, InteractionHandled, Observer
from scooty.runtime.cli import main
from scooty.runtime.config import Settings
from scooty.runtime.tracing import traced_interactions
from tests.free_ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scooty.core.observer.actor import Trace
    from scooty.core.observer.messages import Outcome

PASSWORD = "a-planted-password"  # noqa: S105 - of a server of the test's own
BEGAN_AT = datetime(2026, 11, 24, 12, 0, 0, 250_001, tzinfo=UTC)
BEGAN_NS = int(BEGAN_AT.timestamp()) * 1_000_000_000 + 250_001_000


def handled(outcome: Outcome = "ok") -> InteractionHandled:
    return InteractionHandled(
        command="check", kind="command", outcome=outcome, began_at=BEGAN_AT, duration_s=0.125
    )


@dataclass
class Collector:
    """An OTLP collector that answers with a status, or not until the test is over."""

    status: int = 200
    hangs: bool = False
    got: list[tuple[str, str | None, bytes]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @contextmanager
    def running(self) -> Iterator[Collector]:
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                collector.got.append((self.path, self.headers["Authorization"], body))
                if collector.hangs:
                    collector.over.wait(30)
                self.send_response(collector.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            @override
            def log_message(self, *_arguments: Any) -> None:
                """Print nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.port = server.server_port
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        try:
            yield self
        finally:
            self.over.set()
            server.shutdown()
            serving.join()
            server.server_close()

    def requests(self) -> list[ExportTraceServiceRequest]:
        return [ExportTraceServiceRequest.FromString(body) for _, _, body in self.got]


@contextmanager
def tracing_to(port: int) -> Iterator[Trace]:
    url = SecretStr(f"http://scooty:{PASSWORD}@127.0.0.1:{port}/below/")
    with traced_interactions(url, instance="machine-1", environment="test") as trace:
        assert trace is not None
        yield trace


def attributes_of(thing: Any) -> dict[str, str]:
    return {each.key: each.value.string_value for each in thing.attributes}


def test_each_interaction_is_one_span_with_its_times_and_its_correlation_id() -> None:
    with Collector().running() as collector, tracing_to(collector.port) as trace:
        trace(handled(), "c0ffee-1")

    [request] = collector.requests()
    [resource] = request.resource_spans
    [span] = resource.scope_spans[0].spans
    assert span.name == "check"
    assert (span.start_time_unix_nano, span.end_time_unix_nano) == (
        BEGAN_NS,
        BEGAN_NS + 125_000_000,
    )
    assert attributes_of(span) == {
        "scooty.kind": "command",
        "scooty.outcome": "ok",
        "scooty.correlation_id": "c0ffee-1",
    }
    assert attributes_of(resource.resource).items() >= {
        ("service.name", "scooty"),
        ("service.instance.id", "machine-1"),
        ("deployment.environment.name", "test"),
    }
    assert not span.parent_span_id


def test_spans_go_to_the_path_of_traces_with_the_account_of_the_address() -> None:
    with Collector().running() as collector, tracing_to(collector.port) as trace:
        trace(handled(), "c")

    [(path, account, _)] = collector.got
    assert path == "/below/v1/traces"
    assert account == "Basic " + b64encode(f"scooty:{PASSWORD}".encode()).decode()


def test_what_was_not_answered_is_an_error_and_a_refusal_is_none() -> None:
    outcomes: tuple[Outcome, ...] = ("ok", "refused", "failed", "unavailable", "not_delivered")

    with Collector().running() as collector, tracing_to(collector.port) as trace:
        for outcome in outcomes:
            trace(handled(outcome), "c")

    [request] = collector.requests()
    states = [
        (attributes_of(span)["scooty.outcome"], span.status.code == Status.STATUS_CODE_ERROR)
        for span in request.resource_spans[0].scope_spans[0].spans
    ]
    assert states == list(zip(outcomes, (False, False, True, True, True), strict=True))


async def test_the_observer_hands_in_what_it_counts_under_its_correlation_id() -> None:
    seen: list[tuple[InteractionHandled, str]] = []
    gateway = Probe("gateway")
    gateway.answer(GetGatewayHealth, ActorStoppedError(name="gateway"))
    observer = Observer(gateway=gateway.address, trace=lambda *each: seen.append(each))

    async with run_actor(observer, clock=ManualClock()) as address:
        with correlation("c0ffee-7"):
            address.tell(handled())
        await address.ask(GetMeasurements(), timeout_s=1)

    assert seen == [(handled(), "c0ffee-7")]


@pytest.mark.parametrize("status", [400, 401, 307])
def test_a_collector_that_refuses_is_one_warning_without_its_address(status: int) -> None:
    with (
        capture_logs() as lines,
        Collector(status=status).running() as collector,
        tracing_to(collector.port) as trace,
    ):
        for _ in range(1_100):  # more than two batches
            trace(handled(), "c")

    assert len(collector.got) >= 2
    assert [(line["event"], line["reason"]) for line in lines] == [
        ("traces.not_exported", f"HTTP {status}")
    ]
    assert PASSWORD not in str(lines)


def test_a_collector_out_of_reach_is_one_warning_and_no_line_of_the_library(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with capture_logs() as lines, tracing_to(free_port()) as trace:
        trace(handled(), "c")

    assert [(line["event"], line["reason"]) for line in lines] == [
        ("traces.not_exported", "out of reach")
    ]
    assert caplog.records == []


def test_a_collector_that_never_answers_does_not_keep_the_bot_from_stopping() -> None:
    with Collector(hangs=True).running() as collector:
        with tracing_to(collector.port) as trace:
            trace(handled(), "c")

        assert len(collector.got) == 1
        assert not collector.over.is_set()  # the bot has stopped, and there is still no answer


def test_nothing_is_traced_when_there_is_no_collector() -> None:
    with traced_interactions(None, instance="machine-1", environment="test") as trace:
        assert trace is None


def test_the_bot_does_not_start_without_the_packages_and_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for field_ in Settings.model_fields.values():
        monkeypatch.delenv(str(field_.alias), raising=False)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    monkeypatch.delitem(sys.modules, "scooty.runtime.tracing.spans", raising=False)

    code = main(["run", "--sandbox"])

    assert code == os.EX_CONFIG
    assert "pip install 'scooty[otel]'" in capsys.readouterr().err
