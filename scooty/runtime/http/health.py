"""Whether the process is alive and whether it is ready: the two questions of a platform.

Alive is what a restart would not mend; a platform restarts what is not. Ready is whether people can
be answered; a stand-by is alive and not ready.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scooty.runtime.http.metrics import Snapshot

UnreadyState: TypeAlias = Literal[
    "silent", "connecting", "disconnected", "unreachable", "starting", "backing_off", "stopped"
]
"""``silent``: it did not answer in half a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unready:
    """One part that keeps people from being answered."""

    part: str
    """Its name in the program."""
    state: UnreadyState

    @override
    def __str__(self) -> str:
        return f"{self.part}: {self.state.replace('_', ' ')}"


def unready_parts(snapshot: Snapshot) -> tuple[Unready, ...]:
    """Name each part that keeps people from being answered, with what is wrong with it."""
    return (*_connections(snapshot), *_actors(snapshot))


def _connections(snapshot: Snapshot) -> Iterator[Unready]:
    # Heartbeats need no look of their own: discord.py drops a gateway that acknowledges none.
    for part, health in (("gateway", snapshot.gateway), ("database", snapshot.database)):
        if health is None:
            yield Unready(part=part, state="silent")
        elif health.state != "connected":
            yield Unready(part=part, state=health.state)


def _actors(snapshot: Snapshot) -> Iterator[Unready]:
    if snapshot.actors is None:
        yield Unready(part="supervisor", state="silent")
    for actor in snapshot.actors or ():
        match actor.state:
            case "starting" | "backing_off" | "stopped" as state:
                yield Unready(part=actor.name, state=state)
            case "running" | "degraded":
                pass
