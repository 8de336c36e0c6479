"""Who tells operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.kernel import ActorSystem, ChildSpec
from scooty.i18n import translator_for
from scooty.notices import Bulletin, Herald, HeraldParts
from scooty.wiring.sizes import HUNG_AFTER_S

if TYPE_CHECKING:
    from scooty.config import Settings

__all__ = ["herald_spec"]


def herald_spec(settings: Settings, system: ActorSystem) -> ChildSpec:
    """Say who tells operators; after the gateway, so that a stand-by tells nothing."""
    bulletin = Bulletin()
    parts = HeraldParts(
        supervisor=system.supervisor,
        gateway=system.address("gateway"),
        repository=system.address("repository"),
        cache=system.address("cache"),
        observer=system.address("observer"),
    )
    return ChildSpec(
        name="herald",
        start=lambda: Herald(
            parts=parts,
            channel_id=settings.admin_channel_id,
            translator=translator_for(settings.language),
            bulletin=bulletin,
        ),
        after=("gateway", "observer"),
        handle_timeout_s=HUNG_AFTER_S,
    )
