"""What only ``scooty run --sandbox`` has: the Discord on this machine, and its demo event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.kernel import ActorSystem, ChildSpec
from sandbox.process import SandboxProcess
from scooty.runtime.wiring.database import telling_writer
from scooty.runtime.wiring.demo_event import DemoEvent
from scooty.runtime.wiring.sizes import HUNG_AFTER_S

if TYPE_CHECKING:
    from scooty.runtime.config import Settings


def sandbox_spec(settings: Settings) -> ChildSpec:
    """Say who runs the sandbox's process."""
    return ChildSpec(
        name="sandbox",
        start=lambda: SandboxProcess(
            port=settings.sandbox_port,
            drills_port=settings.port,
            state_dir=settings.state_dir / "sandbox",
        ),
        start_timeout_s=20.0,
        handle_timeout_s=HUNG_AFTER_S,
    )


def demo_spec(system: ActorSystem) -> ChildSpec:
    """Say who writes the demo event."""
    return ChildSpec(
        name="demo",
        start=lambda: DemoEvent(calls=telling_writer(system)),
        after=("repository", "cache"),
        handle_timeout_s=HUNG_AFTER_S,
    )
