"""Spans of interactions, and their way to the collector. Imports the extra ``otel``.

The SDK's own thread exports; who adds a span only puts it into a queue, which loses the oldest when
it is full. What a collector has not taken within five seconds is lost too. One that stays out of
reach is one warning, until it takes spans again.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from threading import Thread
from typing import TYPE_CHECKING, Final

import requests
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace import SpanKind, StatusCode
from structlog import get_logger
from typing_extensions import override

from scooty import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from opentelemetry.sdk.trace import ReadableSpan
    from pydantic import SecretStr

    from scooty.core.observer.messages import InteractionHandled

_PATH: Final = "/v1/traces"
"""Source: OpenTelemetry Protocol Exporter, "Endpoint URLs for OTLP/HTTP"."""
_EXPORT_S: Final = 5.0
_LAST_WORDS_S: Final = 2.0
_GIVING_UP_S: Final = 0.5
_EVERY_S: Final = 5.0
_MOST_WAITING: Final = 2_048
_MOST_AT_ONCE: Final = 512
_ANSWERED: Final = frozenset({"ok", "refused"})
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Spans:
    """Takes interactions that were handled, and sends a span for each.

    Args:
        endpoint: The collector's base address; an account in it is a secret, so it is never shown.
        instance: Which process the spans are of.
        environment: Where the bot runs, such as ``production``.
    """

    def __init__(self, endpoint: SecretStr, *, instance: str, environment: str) -> None:
        self._exporter = _Exporter(endpoint.get_secret_value().rstrip("/") + _PATH)
        self._processor = BatchSpanProcessor(
            self._exporter,
            max_queue_size=_MOST_WAITING,
            schedule_delay_millis=_EVERY_S * 1000,
            max_export_batch_size=_MOST_AT_ONCE,
        )
        resource = Resource(
            {
                "service.name": "scooty",
                "service.version": __version__,
                "service.instance.id": instance,
                "deployment.environment.name": environment,
            }
        )
        # A provider of our own: nothing global is set, nothing else in the process is traced.
        provider = TracerProvider(resource=resource, sampler=ALWAYS_ON, shutdown_on_exit=False)
        provider.add_span_processor(self._processor)
        self._tracer = provider.get_tracer("scooty", __version__)

    def add(self, handled: InteractionHandled, correlation_id: str) -> None:
        """Queue the span of one interaction; never waits."""
        began_ns = (handled.began_at - _EPOCH) // timedelta(microseconds=1) * 1000
        span = self._tracer.start_span(
            handled.command,
            context=Context(),  # nothing that we know of came before it
            kind=SpanKind.SERVER,
            attributes={
                "scooty.kind": handled.kind,
                "scooty.outcome": handled.outcome,
                "scooty.correlation_id": correlation_id,
            },
            start_time=began_ns,
        )
        if handled.outcome not in _ANSWERED:
            span.set_status(StatusCode.ERROR)
        span.end(end_time=began_ns + round(handled.duration_s * 1e9))

    def close(self) -> None:
        """Send what waits, within two seconds; the library itself would take up to thirty."""
        sending = Thread(target=self._processor.shutdown, name="last spans", daemon=True)
        sending.start()
        sending.join(_LAST_WORDS_S - _GIVING_UP_S)
        if sending.is_alive():
            self._exporter.shutdown()
            sending.join(_GIVING_UP_S)  # it ends its pauses between tries, and says that it failed


class _Exporter(SpanExporter):
    """Sends spans, and says once that it cannot, without the address."""

    def __init__(self, url: str) -> None:
        # The library would say each failure twice, with the address in it.
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)
        logging.getLogger("urllib3").setLevel(logging.WARNING)
        session = requests.Session()
        session.hooks["response"].append(self._note)
        self._sender = OTLPSpanExporter(endpoint=url, timeout=_EXPORT_S, session=session)
        self._status: int | None = None
        self._is_failing = False

    @override
    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self._status = None
        result = self._sender.export(spans)
        reason = self._failure()
        if reason is not None and not self._is_failing:
            get_logger("scooty.tracing").warning("traces.not_exported", reason=reason)
        self._is_failing = reason is not None
        return result

    @override
    def shutdown(self) -> None:
        self._sender.shutdown()  # type: ignore[no-untyped-call] # its own omission

    def _failure(self) -> str | None:
        if self._status is None:
            return "out of reach"
        # The library follows no redirection, but calls it a success.
        return None if self._status < HTTPStatus.MULTIPLE_CHOICES else f"HTTP {self._status}"

    def _note(self, response: requests.Response, **_options: object) -> None:
        self._status = response.status_code
