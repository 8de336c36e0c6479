"""The buttons under a report that differs from what was known: replace mine, and keep both.

The third, cancel, is the undo of `scooty.features.reports.commands.scout`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Component, Feature
from scooty.core.requests import Refused
from scooty.core.text.custom_ids import KEEP_BOTH, REPLACE_MINE
from scooty.core.text.problems import Effect
from scooty.domain.ids import ReportId
from scooty.domain.roles import Role
from scooty.features.reports.calls.looking_up import CardOfReport, PlayerFound
from scooty.features.reports.calls.recording import NotYourReport, ReportGone
from scooty.features.reports.calls.replacing import Replaced, ReplaceOwnReports
from scooty.features.reports.replies import reports

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import ComponentRequest, Outcome


async def replace_mine(request: ComponentRequest, ports: Ports) -> Outcome:
    """Withdraw the caller's earlier reports of the player that name another archetype."""
    outcome = await ports.calls.write(
        request.caller, ReplaceOwnReports(report_id=ReportId(request.argument(0)))
    )
    match outcome:
        case Replaced():
            return UpdateMessage(reply=reports.report_replaced(outcome, request.t))
        case ReportGone():
            return Refused(response=UpdateMessage(reply=reports.report_gone(request.t)))
        case NotYourReport():
            return Refused(response=reports.not_your_report(request.t))
        case _:
            assert_never(outcome)


async def keep_both(request: ComponentRequest, ports: Ports) -> Outcome:
    """Leave all as it is, and show the card as it is with all of them."""
    report_id = ReportId(request.argument(0))
    found = await ports.calls.read(request.guild_id, CardOfReport(report_id=report_id))
    if isinstance(found, PlayerFound):
        return UpdateMessage(reply=reports.report_kept(report_id, found.card, request.t))
    return Refused(response=UpdateMessage(reply=reports.report_gone(request.t)))


FEATURE: Final = Feature(
    components=(
        Component(verb=REPLACE_MINE, handler=replace_mine, role=Role.SCOUT, effect=Effect.UNDO),
        Component(verb=KEEP_BOTH, handler=keep_both, role=Role.SCOUT),
    )
)
