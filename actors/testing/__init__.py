"""The test kit: shipped, for anybody's tests of actors."""

from actors.testing.chaos import CHAOS_FAULTS, ChaosDriver, ChaosEntry, ChaosFault, chaos_plan
from actors.testing.clock import ManualClock
from actors.testing.faults import (
    Cancel,
    CancelInFactory,
    CancelLate,
    Crash,
    CrashInStart,
    Delay,
    HandlerFault,
    Hang,
    InjectedCrashError,
    InjectedFault,
    Stall,
)
from actors.testing.harness import run_actor
from actors.testing.injector import FaultInjector
from actors.testing.probe import Probe
from actors.testing.virtual_time import (
    EverybodyWaitsError,
    VirtualClock,
    VirtualTimeLoop,
    run_virtual,
    virtual_time,
)

__all__ = [
    "CHAOS_FAULTS",
    "Cancel",
    "CancelInFactory",
    "CancelLate",
    "ChaosDriver",
    "ChaosEntry",
    "ChaosFault",
    "Crash",
    "CrashInStart",
    "Delay",
    "EverybodyWaitsError",
    "FaultInjector",
    "HandlerFault",
    "Hang",
    "InjectedCrashError",
    "InjectedFault",
    "ManualClock",
    "Probe",
    "Stall",
    "VirtualClock",
    "VirtualTimeLoop",
    "chaos_plan",
    "run_actor",
    "run_virtual",
    "virtual_time",
]
