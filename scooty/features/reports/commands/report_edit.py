"""``/report edit``, and the buttons **Edit** and **Details**: change what a report says."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.command import Command, Component, Feature
from scooty.core.requests import Refused
from scooty.core.text.problems import Effect
from scooty.domain.ids import ReportId
from scooty.domain.roles import Role
from scooty.features.reports.calls.editing import (
    ArchetypeNotFound,
    ReportDeletedBefore,
    ReportEdited,
    ReportStale,
    ReportUnchanged,
    ReportUnknown,
)
from scooty.features.reports.calls.recording import NotYourReport
from scooty.features.reports.commands.report_choice import (
    REPORT,
    meant,
    revision_of,
    show_counted,
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
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome
    from scooty.features.reports.calls.editing import EditReport, NotEdited, StoredReport


async def edit(request: CommandRequest, ports: Ports) -> Outcome:
    """Open the form of the report that was named."""
    typed, report_id = meant(request)
    if report_id is None:
        return Refused(response=report_changes.report_unknown(typed, request.t))
    return await show_counted(request, ports, report_id, edit_form, typed=f"#{report_id}")


async def open_form(
    request: ComponentRequest,
    ports: Ports,
    *,
    form: Callable[[StoredReport, Translator], ShowModal],
) -> Outcome:
    """Open a form of the report under which the button is."""
    report_id = ReportId(request.argument(0))
    return await show_counted(request, ports, report_id, form, typed=f"#{report_id}")


async def save(request: ComponentRequest, ports: Ports) -> Outcome:
    """Change the report as the form says, unless it was changed since the form was opened."""
    report_id, revision = ReportId(request.argument(0)), revision_of(request)
    typed = {each.custom_id: each.value for each in request.fields}
    try:
        call = read_form(report_id, revision, typed, request.t)
    except FormProblemError as problem:
        refusal = report_changes.not_saved(report_id, problem.sentences, typed, request.t)
        return Refused(response=refusal)
    outcome = await ports.calls.write(request.caller, call)
    if isinstance(outcome, ReportEdited):
        return report_changes.report_edited(outcome, request.t)
    return Refused(response=_not_saved(outcome, call, typed, request.t))


def _not_saved(
    outcome: NotEdited, call: EditReport, typed: Mapping[str, str], t: Translator
) -> Reply:
    match outcome:
        case ReportUnchanged(report=report):
            reply = report_changes.unchanged(report, t)
        case ReportStale(report=report):
            reply = report_changes.stale_edit(report, typed, t)
        case ReportDeletedBefore(report=report):
            reply = report_changes.deleted_before(report, t)
        case ArchetypeNotFound(nearest=nearest):
            near = report_changes.nearest_named(call.archetype or "", nearest, t)
            reply = report_changes.not_saved(call.report_id, (near,), typed, t)
        case ReportUnknown() | NotYourReport():
            reply = report_changes.out_of_reach(outcome, f"#{call.report_id}", t)
        case _:
            assert_never(outcome)
    return reply


FEATURE: Final = Feature(
    commands=(
        Command(
            path="report edit",
            options=(REPORT,),
            handler=edit,
            role=Role.SCOUT,
            autocompleters={REPORT.name: suggest_report},
            deferral="never",
        ),
    ),
    components=(
        *(
            Component(
                verb=verb,
                handler=partial(open_form, form=form),
                role=Role.SCOUT,
                deferral="never",
            )
            for verb, form in ((OPEN_EDIT, edit_form), (OPEN_DETAILS, details_form))
        ),
        *(
            Component(
                verb=verb,
                handler=save,
                role=Role.SCOUT,
                effect=Effect.REPORT_EDIT,
                deferral="reply",
            )
            for verb in (SAVE_EDIT, SAVE_DETAILS)
        ),
    ),
)
