"""Who tells operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.kernel import ActorSystem, ChildSpec
from scooty.core.calls import Sql
from scooty.core.i18n import translator_for
from scooty.features.alerts.actor import OperatorAlerts
from scooty.features.alerts.alert_state import AlertState
from scooty.features.alerts.last_told import LastTold
from scooty.runtime.wiring.parts import parts_of
from scooty.runtime.wiring.sizes import HUNG_AFTER_S, MAILBOX

if TYPE_CHECKING:
    from scooty.runtime.config import Settings


def alerts_spec(settings: Settings, system: ActorSystem) -> ChildSpec:
    """Say who tells operators; after the gateway, so that a stand-by tells nothing."""
    alert_state, last_told = AlertState(), LastTold()
    calls = Sql(system.address("repository"))
    return ChildSpec(
        name="operator_alerts",
        start=lambda: OperatorAlerts(
            parts=parts_of(system),
            channel_id=settings.admin_channel_id,
            translator=translator_for(settings.language),
            alert_state=alert_state,
            calls=calls,
            last_told=last_told,
        ),
        after=("gateway", "observer"),
        mailbox_size=MAILBOX,
        handle_timeout_s=HUNG_AFTER_S,
    )
