"""Which report is meant: the option, what is offered for it, and who may have which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.replies import OfferChoices
from scooty.core.inputs import TextOption
from scooty.core.requests import Refused, StaleComponentError
from scooty.domain.report_forms import read_report_id
from scooty.features.reports.calls.editing import (
    ReadReport,
    ReportRead,
    ReportUnknown,
    SuggestReports,
)
from scooty.features.reports.calls.recording import NotYourReport
from scooty.features.reports.replies.report_changes import deleted_before, out_of_reach
from scooty.features.reports.replies.report_lists import report_choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from scooty.core.i18n import Translator
    from scooty.core.ports import Ports
    from scooty.core.requests import (
        CommandRequest,
        ComponentRequest,
        Outcome,
        Request,
        TypingRequest,
    )
    from scooty.domain.ids import ReportId
    from scooty.features.reports.calls.editing import StoredReport

REPORT = TextOption(
    name="report",
    name_key="option.report.name",
    description_key="option.report",
    limit=100,
    autocomplete=True,
)

_LAST_REVISION: Final = 2**31 - 1
"""What the database's column holds."""


def meant(request: CommandRequest) -> tuple[str, ReportId | None]:
    """Return what was typed, and the report's number if there is one in it."""
    typed = REPORT.read(request)
    return typed, read_report_id(typed)


def revision_of(request: ComponentRequest) -> int:
    """Return the revision that a form or a button was made for.

    Raises:
        StaleComponentError: No report has come that far.
    """
    revision = request.argument(1)
    if revision > _LAST_REVISION:
        raise StaleComponentError
    return revision


async def show_counted(
    request: Request,
    ports: Ports,
    report_id: ReportId,
    show: Callable[[StoredReport, Translator], Outcome],
    *,
    typed: str,
) -> Outcome:
    """Answer with what shows a report, if it counts and the caller may change it.

    Args:
        request: Who asks.
        ports: The way to the database.
        report_id: Which one.
        show: What shows it.
        typed: How it was named.
    """
    caller = request.caller
    read = ReadReport(report_id=report_id, member_id=caller.member_id, as_captain=caller.as_captain)
    outcome = await ports.calls.read(request.guild_id, read)
    match outcome:
        case ReportRead(report=report) if report.said.deleted:
            return Refused(response=deleted_before(report, request.t))
        case ReportRead(report=report):
            return show(report, request.t)
        case ReportUnknown() | NotYourReport():
            return Refused(response=out_of_reach(outcome, typed, request.t))
        case _:
            assert_never(outcome)


async def suggest_report(request: TypingRequest, ports: Ports) -> OfferChoices:
    """Offer reports that count."""
    return await _suggest(request, ports, with_deleted=False)


async def suggest_any_report(request: TypingRequest, ports: Ports) -> OfferChoices:
    """Offer reports, deleted ones too."""
    return await _suggest(request, ports, with_deleted=True)


async def _suggest(request: TypingRequest, ports: Ports, *, with_deleted: bool) -> OfferChoices:
    if ports.sparing:
        return OfferChoices(choices=())
    caller = request.caller
    suggest = SuggestReports(
        member_id=caller.member_id,
        as_captain=caller.as_captain,
        text=request.text,
        with_deleted=with_deleted,
    )
    found = await ports.calls.read(request.guild_id, suggest)
    return report_choices(found, request.t, now=request.received_at)
