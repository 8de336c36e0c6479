"""``/report delete`` and its older name ``/admin delete-scout``: ask, delete, restore."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.requests import Refused
from scooty.core.text.problems import Effect
from scooty.domain.ids import ReportId
from scooty.domain.roles import Role
from scooty.features.reports.calls.editing import (
    DeleteReport,
    ReportDeleted,
    ReportDeletedBefore,
    ReportRestored,
    ReportStale,
    ReportUnchanged,
    ReportUnknown,
    RestoreReport,
)
from scooty.features.reports.calls.recording import NotYourReport
from scooty.features.reports.commands.report_choice import (
    REPORT,
    meant,
    revision_of,
    show_counted,
    suggest_report,
)
from scooty.features.reports.replies import report_changes
from scooty.features.reports.replies.report_ids import DELETE, RESTORE

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome


async def ask(request: CommandRequest, ports: Ports) -> Outcome:
    """Show what would be deleted, with the button that does it."""
    typed, report_id = meant(request)
    if report_id is None:
        return Refused(response=report_changes.report_unknown(typed, request.t))
    return await show_counted(request, ports, report_id, report_changes.ask_to_delete, typed=typed)


async def delete(request: ComponentRequest, ports: Ports) -> Outcome:
    """Delete the report that was shown, as long as it still says that."""
    report_id = ReportId(request.argument(0))
    call = DeleteReport(report_id=report_id, revision=revision_of(request))
    outcome = await ports.calls.write(request.caller, call)
    t = request.t
    match outcome:
        case ReportDeleted():
            return UpdateMessage(reply=report_changes.report_deleted(outcome, t))
        case ReportStale(report=report):
            stale = report_changes.stale_deletion(report, t)
            return Refused(response=UpdateMessage(reply=stale))
        case ReportDeletedBefore(report=report):
            before = report_changes.deleted_before(report, t)
            return Refused(response=UpdateMessage(reply=before))
        case ReportUnknown() | NotYourReport():
            beyond = report_changes.out_of_reach(outcome, f"#{report_id}", t)
            return Refused(response=beyond)
        case _:
            assert_never(outcome)


async def restore(request: ComponentRequest, ports: Ports) -> Outcome:
    """Let the report count again."""
    report_id = ReportId(request.argument(0))
    outcome = await ports.calls.write(request.caller, RestoreReport(report_id=report_id))
    match outcome:
        case ReportRestored():
            return UpdateMessage(reply=report_changes.report_restored(outcome, request.t))
        case ReportUnchanged(report=report):
            same = report_changes.unchanged(report, request.t)
            return Refused(response=UpdateMessage(reply=same))
        case ReportUnknown() | NotYourReport():
            beyond = report_changes.out_of_reach(outcome, f"#{report_id}", request.t)
            return Refused(response=beyond)
        case _:
            assert_never(outcome)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="report delete",
            options=(REPORT,),
            handler=ask,
            role=Role.SCOUT,
            autocompleters={REPORT.name: suggest_report},
        ),
        Command(
            path="admin delete-scout",
            handler=ask,
            options=(REPORT,),
            described_as="command.report.delete",
            role=Role.CAPTAIN,
            autocompleters={REPORT.name: suggest_report},
        ),
    ),
    components=(
        Component(verb=DELETE, handler=delete, role=Role.SCOUT, effect=Effect.REPORT_DELETION),
        Component(verb=RESTORE, handler=restore, role=Role.SCOUT, effect=Effect.REPORT_EDIT),
    ),
)
