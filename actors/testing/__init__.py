"""The test kit: shipped, for anybody's tests of actors."""

from actors.testing.clock import ManualClock
from actors.testing.harness import run_actor
from actors.testing.probe import Probe
from actors.testing.virtual_time import (
    EverybodyWaitsError,
    VirtualClock,
    VirtualTimeLoop,
    run_virtual,
    virtual_time,
)

__all__ = [
    "EverybodyWaitsError",
    "ManualClock",
    "Probe",
    "VirtualClock",
    "VirtualTimeLoop",
    "run_actor",
    "run_virtual",
    "virtual_time",
]
