"""Who tells operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.kernel import ActorSystem, ChildSpec
from scooty.i18n import translator_for
from scooty.notices import Beliefs, Bulletin, Herald
from scooty.storage.books import Books
from scooty.storage.calls import SqlCalls
from scooty.wiring.parts import parts_of
from scooty.wiring.sizes import HUNG_AFTER_S, MAILBOX

if TYPE_CHECKING:
    from scooty.config import Settings

__all__ = ["herald_spec"]


def herald_spec(settings: Settings, system: ActorSystem) -> ChildSpec:
    """Say who tells operators; after the gateway, so that a stand-by tells nothing."""
    bulletin, beliefs = Bulletin(), Beliefs()
    boards = Books(SqlCalls(system.address("repository"))).boards
    return ChildSpec(
        name="herald",
        start=lambda: Herald(
            parts=parts_of(system),
            channel_id=settings.admin_channel_id,
            translator=translator_for(settings.language),
            bulletin=bulletin,
            boards=boards,
            beliefs=beliefs,
        ),
        after=("gateway", "observer"),
        mailbox_size=MAILBOX,
        handle_timeout_s=HUNG_AFTER_S,
    )
