"""``/report edit``, and the buttons **Edit** and **Details**: change what a report says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.command import Command, Component
from scooty.core.requests import Refused
from scooty.core.text.problems import Effect
from scooty.domain.ids import ReportId
from scooty.domain.roles import Role
from scooty.features.reports.calls.recording import NotYourReport
from scooty.features.reports.calls.report_outcomes import (
    ArchetypeNotFound,
    ReportDeletedBefore,
    ReportEdited,
    ReportRead,
    ReportStale,
    ReportUnchanged,
    ReportUnknown,
)
from scooty.features.reports.commands.report_choice import (
    REPORT,
    meant,
    revision_of,
    suggest_report,
)
from scooty.features.reports.commands.report_fields import FormProblemError, read_form
from scooty.features.reports.replies import report_changes
from scooty.features.reports.replies.report_forms import details_form, edit_form
from scooty.features.reports.replies.report_ids import (
    OPEN_DETAILS,
    OPEN_EDIT,
    SAVE_DETAILS,
    SAVE_EDIT,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from actors.discord_gateway.replies import Reply, ShowModal
    from scooty.core.i18n import Translator
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request
    from scooty.features.reports.calls.report_outcomes import EditRefused, StoredReport
    from scooty.features.reports.calls.reports import ReportChanges


async def edit(request: CommandRequest, ports: Ports) -> Outcome:
    """Open the form of the report that was named."""
    typed, report_id = meant(request)
    if report_id is None:
        return Refused(response=report_changes.report_unknown(typed, request.t))
    return await _open(request, ports, report_id, edit_form)


async def open_edit(request: ComponentRequest, ports: Ports) -> Outcome:
    """Open the form of the report under which the button is."""
    return await _open(request, ports, ReportId(request.argument(0)), edit_form)


async def open_details(request: ComponentRequest, ports: Ports) -> Outcome:
    """Open the form of what else was seen."""
    return await _open(request, ports, ReportId(request.argument(0)), details_form)


async def _open(
    request: Request,
    ports: Ports,
    report_id: ReportId,
    form: Callable[[StoredReport, Translator], ShowModal],
) -> Outcome:
    outcome = await ports.books.reports.read(request.caller, report_id)
    match outcome:
        case ReportRead(report=report) if report.said.deleted:
            return Refused(response=report_changes.deleted_before(report, request.t))
        case ReportRead(report=report):
            return form(report, request.t)
        case ReportUnknown():
            return Refused(response=report_changes.report_unknown(f"#{report_id}", request.t))
        case NotYourReport():
            return Refused(response=report_changes.not_yours(request.t))
        case _:
            assert_never(outcome)


async def save(request: ComponentRequest, ports: Ports) -> Outcome:
    """Change the report as the form says, unless it was changed since the form was opened."""
    report_id, revision = ReportId(request.argument(0)), revision_of(request)
    typed = {each.custom_id: each.value for each in request.fields}
    try:
        changes = read_form(typed, request.t)
    except FormProblemError as problem:
        refusal = report_changes.not_saved(report_id, problem.sentences, typed, request.t)
        return Refused(response=refusal)
    outcome = await ports.books.reports.edit(
        request.caller, report_id, revision=revision, changes=changes
    )
    if isinstance(outcome, ReportEdited):
        return report_changes.report_edited(outcome, request.t)
    return Refused(response=_not_saved(outcome, report_id, changes, typed, request.t))


def _not_saved(
    outcome: EditRefused,
    report_id: ReportId,
    changes: ReportChanges,
    typed: Mapping[str, str],
    t: Translator,
) -> Reply:
    match outcome:
        case ReportUnchanged(report=report):
            reply = report_changes.unchanged(report, t)
        case ReportStale(report=report):
            reply = report_changes.stale_edit(report, typed, t)
        case ReportDeletedBefore(report=report):
            reply = report_changes.deleted_before(report, t)
        case ArchetypeNotFound(nearest=nearest):
            near = report_changes.nearest_named(changes.archetype or "", nearest, t)
            reply = report_changes.not_saved(report_id, (near,), typed, t)
        case ReportUnknown():
            reply = report_changes.report_unknown(f"#{report_id}", t)
        case NotYourReport():
            reply = report_changes.not_yours(t)
        case _:
            assert_never(outcome)
    return reply


COMMAND: Final = Command(
    path="report edit",
    handler=edit,
    role=Role.SCOUT,
    autocompleters={REPORT.name: suggest_report},
    deferral="never",
)
COMPONENTS: Final = (
    Component(verb=OPEN_EDIT, handler=open_edit, role=Role.SCOUT, deferral="never"),
    Component(verb=OPEN_DETAILS, handler=open_details, role=Role.SCOUT, deferral="never"),
    Component(
        verb=SAVE_EDIT,
        handler=save,
        role=Role.SCOUT,
        effect=Effect.REPORT_EDIT,
        deferral="reply",
    ),
    Component(
        verb=SAVE_DETAILS,
        handler=save,
        role=Role.SCOUT,
        effect=Effect.REPORT_EDIT,
        deferral="reply",
    ),
)
