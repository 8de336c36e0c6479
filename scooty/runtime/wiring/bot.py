"""The whole bot: all its actors, in one system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.event_loop import fastest_loop
from actors.kernel import ActorSystem, ChildSpec, RestartIntensity
from scooty.runtime.wiring.alerts import alerts_spec
from scooty.runtime.wiring.charts import charts_spec
from scooty.runtime.wiring.database import lease_spec, outbox_spec, storage_specs
from scooty.runtime.wiring.operations import job_specs, operation_specs
from scooty.runtime.wiring.people import limit_specs, people_specs
from scooty.runtime.wiring.sandbox import demo_spec, sandbox_spec

if TYPE_CHECKING:
    from scooty.core.observer.actor import Trace
    from scooty.runtime.config import Settings


def run_bot(settings: Settings, *, sandbox: bool, trace: Trace | None = None) -> int:
    """Run the whole bot until it is told to stop.

    Args:
        settings: Which bot.
        sandbox: In a Discord of its own.
        trace: Called for each interaction.

    Returns:
        The process's exit code.
    """
    system = ActorSystem(
        intensity=RestartIntensity(restarts=5, within_s=30.0),
        drain_budget_s=10.0,
        loop_factory=fastest_loop(),
    )
    return system.run(child_specs(settings, system, sandbox=sandbox, trace=trace))


def child_specs(
    settings: Settings,
    system: ActorSystem,
    *,
    sandbox: bool = False,
    trace: Trace | None = None,
) -> tuple[ChildSpec, ...]:
    """Say which actors exist under ``settings``; the gateway's token must be set."""
    return (
        *((sandbox_spec(settings),) if sandbox else ()),
        *storage_specs(settings),
        *limit_specs(settings),
        lease_spec(settings, system),
        outbox_spec(settings, system),
        *((demo_spec(system),) if sandbox else ()),
        charts_spec(),
        *people_specs(settings, system),
        *job_specs(settings, system),
        *operation_specs(settings, system, trace=trace),
        alerts_spec(settings, system),
    )
