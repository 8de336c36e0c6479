"""The scheduler: jobs at cron times, fired once among all processes."""

from actors.scheduler.actor import Scheduler
from actors.scheduler.in_memory import InMemoryLedger
from actors.scheduler.jobs import CatchUp, Fire, Job, SkippedHour
from actors.scheduler.ledger import (
    Claim,
    Claimed,
    FireLedger,
    Held,
    JobRecord,
    LedgerUnavailableError,
    Outcome,
    Paused,
    Run,
    Settled,
)

__all__ = [
    "CatchUp",
    "Claim",
    "Claimed",
    "Fire",
    "FireLedger",
    "Held",
    "InMemoryLedger",
    "Job",
    "JobRecord",
    "LedgerUnavailableError",
    "Outcome",
    "Paused",
    "Run",
    "Scheduler",
    "Settled",
    "SkippedHour",
]
