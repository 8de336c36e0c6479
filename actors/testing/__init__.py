"""The test kit: shipped, for anybody's tests of actors."""

from actors.testing.clock import ManualClock
from actors.testing.harness import run_actor
from actors.testing.probe import Probe

__all__ = ["ManualClock", "Probe", "run_actor"]
