"""How hypothesis runs the supervisor's state machine."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

QUICK = settings(
    deadline=None,
    stateful_step_count=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
