"""``/report history`` and ``/report mine``: what became of reports, and which are one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.requests import Refused
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import ReportId
from scooty.domain.roles import Role
from scooty.features.reports.calls.editing import (
    HistoryRead,
    ListOwnReports,
    ReadHistory,
    ReportsListed,
    ReportUnknown,
)
from scooty.features.reports.calls.recording import NotYourReport
from scooty.features.reports.commands.report_choice import REPORT, meant, suggest_any_report
from scooty.features.reports.replies import report_changes, report_lists
from scooty.features.reports.replies.report_ids import TURN_HISTORY, TURN_OWN

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request

_LAST_PAGE: Final = 1_000_000
"""Beyond any list; what a number in a custom_id is cut to."""


async def show_history(request: CommandRequest, ports: Ports) -> Outcome:
    """Show a report's changes, the newest first."""
    typed, report_id = meant(request)
    if report_id is None:
        return Refused(response=report_changes.report_unknown(typed, request.t))
    return await _history(request, ports, report_id, page=0)


async def turn_history(request: ComponentRequest, ports: Ports) -> Outcome:
    """Show another page of a report's changes in the place of this one."""
    report_id, page = ReportId(request.argument(0)), min(request.argument(1), _LAST_PAGE)
    shown = await _history(request, ports, report_id, page=page)
    return shown if isinstance(shown, Refused) else UpdateMessage(reply=shown)


async def _history(
    request: Request, ports: Ports, report_id: ReportId, *, page: int
) -> Reply | Refused:
    caller = request.caller
    read = ReadHistory(
        report_id=report_id,
        member_id=caller.member_id,
        as_captain=caller.as_captain,
        page=page,
    )
    outcome = await ports.calls.read(request.guild_id, read)
    match outcome:
        case HistoryRead():
            return report_lists.history(outcome, request.t)
        case ReportUnknown() | NotYourReport():
            beyond = report_changes.out_of_reach(outcome, f"#{report_id}", request.t)
            return Refused(response=beyond)
        case _:
            assert_never(outcome)


async def show_own(request: CommandRequest, ports: Ports) -> Outcome:
    """Show the caller's reports in the active event, the newest first."""
    return await _own(request, ports, page=0)


async def turn_own(request: ComponentRequest, ports: Ports) -> Outcome:
    """Show another page of them in the place of this one."""
    shown = await _own(request, ports, page=min(request.argument(0), _LAST_PAGE))
    return shown if isinstance(shown, Refused) else UpdateMessage(reply=shown)


async def _own(request: Request, ports: Ports, *, page: int) -> Reply | Refused:
    own = ListOwnReports(member_id=request.member_id, page=page)
    outcome = await ports.calls.read(request.guild_id, own)
    match outcome:
        case ReportsListed():
            return report_lists.own_reports(outcome, request.t)
        case NoActiveEvent():
            return Refused(response=report_lists.no_event(request.t))
        case _:
            assert_never(outcome)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="report history",
            options=(REPORT,),
            handler=show_history,
            role=Role.SCOUT,
            autocompleters={REPORT.name: suggest_any_report},
        ),
        Command(path="report mine", handler=show_own, role=Role.SCOUT),
    ),
    components=(
        Component(verb=TURN_HISTORY, handler=turn_history, role=Role.SCOUT),
        Component(verb=TURN_OWN, handler=turn_own, role=Role.SCOUT),
    ),
)
