"""Whether interactions are traced: only where operators ask for it, and with the extra."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from scooty.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import SecretStr

    from scooty.core.observer.actor import Trace


@contextmanager
def traced_interactions(
    endpoint: SecretStr | None, *, instance: str, environment: str
) -> Iterator[Trace | None]:
    """Send a span for each interaction while the block runs.

    Args:
        endpoint: The collector's base address; None sends nothing and imports nothing.
        instance: Which process the spans are of.
        environment: Where the bot runs, such as ``production``.

    Yields:
        What the observer calls for each interaction; None without a collector.

    Raises:
        ConfigError: The extra is not installed.
    """
    if endpoint is None:
        yield None
        return
    try:
        from scooty.runtime.tracing.spans import Spans  # noqa: PLC0415 - needs the optional extra
    except ImportError:
        raise ConfigError(
            "OTEL_EXPORTER_OTLP_ENDPOINT is set, but the OpenTelemetry packages are not installed. "
            "Install them with pip install 'scooty[otel]' (for an image: add opentelemetry-sdk and "
            "opentelemetry-exporter-otlp-proto-http to requirements/runtime.in and run make lock), "
            "or leave OTEL_EXPORTER_OTLP_ENDPOINT out."
        ) from None
    spans = Spans(endpoint, instance=instance, environment=environment)
    try:
        yield spans.add
    finally:
        spans.close()
