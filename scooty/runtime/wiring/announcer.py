"""Who tells teams that a round is up."""

from __future__ import annotations

from typing import Final

from actors.kernel import ActorSystem, ChildSpec
from scooty.core.calls import Sql
from scooty.features.announcements.actor import Announcer
from scooty.runtime.wiring.sizes import MAILBOX

_HUNG_AFTER_S: Final = 45.0
"""Longer than all that a round is announced by takes together, each part with its own deadline."""


def announcer_spec(system: ActorSystem) -> ChildSpec:
    """Say who announces rounds; after the gateway, so that a stand-by tells nobody."""
    repository, gateway = system.address("repository"), system.address("gateway")
    return ChildSpec(
        name="announcer",
        start=lambda: Announcer(calls=Sql(repository), repository=repository, gateway=gateway),
        after=("gateway",),
        concurrency=16,
        mailbox_size=MAILBOX,
        handle_timeout_s=_HUNG_AFTER_S,
    )
