"""The lease: of several processes, the one that holds it is at work and the others stand by."""

from actors.lease.actor import GetLease, LeaseHolder, LeaseState
from actors.lease.store import InMemoryLeases, LeaseStore, LeaseUnavailableError, Taken

__all__ = [
    "GetLease",
    "InMemoryLeases",
    "LeaseHolder",
    "LeaseState",
    "LeaseStore",
    "LeaseUnavailableError",
    "Taken",
]
