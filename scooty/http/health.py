"""Whether the process is alive and whether it is ready: the two questions of a platform.

Alive is what a restart would not mend; a platform restarts what is not. Ready is whether people can
be answered; a stand-by is alive and not ready.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scooty.http.metrics import Snapshot

__all__ = ["unready_parts"]

_AT_WORK: Final = frozenset({"running", "degraded"})


def unready_parts(snapshot: Snapshot) -> tuple[str, ...]:
    """Name each part that keeps people from being answered, with what is wrong with it."""
    return (*_connections(snapshot), *_actors(snapshot))


def _connections(snapshot: Snapshot) -> list[str]:
    # Heartbeats need no look of their own: discord.py drops a gateway that acknowledges none.
    reasons = []
    gateway, database = snapshot.gateway, snapshot.database
    if gateway is None:
        reasons.append("gateway: does not answer")
    elif gateway.state != "connected":
        reasons.append(f"gateway: {gateway.state}")
    if database is None:
        reasons.append("database: does not answer")
    elif database.state != "connected":
        reasons.append(f"database: {database.state}")
    return reasons


def _actors(snapshot: Snapshot) -> list[str]:
    if snapshot.actors is None:
        return ["supervisor: does not answer"]
    return [
        f"{actor.name}: {actor.state.replace('_', ' ')}"
        for actor in snapshot.actors
        if actor.state not in _AT_WORK
    ]
