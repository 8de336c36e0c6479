"""Traces of interactions to an OpenTelemetry collector, where operators want them; extra ``otel``.

A trace is one span: which command, how it ended, how long it took, and the correlation id by which
the log has the rest. Nothing that people typed, nobody's name and no guild is in it.
"""

from scooty.runtime.tracing.opening import traced_interactions

__all__ = ["traced_interactions"]
