"""Where the parts are that say how they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.parts import Parts

if TYPE_CHECKING:
    from actors.kernel import ActorSystem


def parts_of(system: ActorSystem) -> Parts:
    """Return whom to ask how the program is."""
    return Parts(
        supervisor=system.supervisor,
        gateway=system.address("gateway"),
        repository=system.address("repository"),
        cache=system.address("cache"),
        outbox=system.address("outbox"),
        observer=system.address("observer"),
    )
