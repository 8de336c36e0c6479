"""Which report is meant: the option, what is offered for it, and who may have which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import OfferChoices
from scooty.core.inputs import TextOption
from scooty.core.requests import StaleComponentError
from scooty.domain.report_forms import read_report_id
from scooty.features.reports.replies.report_lists import report_choices

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, TypingRequest
    from scooty.domain.ids import ReportId

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


async def suggest_report(request: TypingRequest, ports: Ports) -> OfferChoices:
    """Offer reports that count."""
    return await _suggest(request, ports, with_deleted=False)


async def suggest_any_report(request: TypingRequest, ports: Ports) -> OfferChoices:
    """Offer reports, deleted ones too."""
    return await _suggest(request, ports, with_deleted=True)


async def _suggest(request: TypingRequest, ports: Ports, *, with_deleted: bool) -> OfferChoices:
    if ports.sparing:
        return OfferChoices(choices=())
    found = await ports.books.reports.suggest(
        request.caller, request.text, with_deleted=with_deleted
    )
    return report_choices(found, request.t, now=request.received_at)
