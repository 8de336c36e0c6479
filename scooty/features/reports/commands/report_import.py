"""``/import file``: put an earlier export's reports, or any table's, into the event after a look.

What was read is kept in the database until it is applied; the file itself is dropped at once.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.attachment_message import AttachmentFetched
from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from actors.discord_gateway.interactions import AttachmentOption
from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.desk.attachments import fetch
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.requests import Refused
from scooty.core.storage.imports import DropImport, EventOver, ImportGone
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.previews import nothing_changed
from scooty.core.text.problems import Effect
from scooty.domain.files import FileTooLarge, parse_reports
from scooty.domain.ids import RequestId
from scooty.domain.names import fold
from scooty.domain.roles import Role
from scooty.features.reports.calls.importing import (
    ApplyReportImport,
    KeepReportImport,
    ReportsImported,
    import_content,
)
from scooty.features.reports.replies.report_import import (
    APPLY_REPORTS,
    CANCEL_REPORTS,
    event_over,
    file_not_fetched,
    file_too_large,
    import_gone,
    no_event,
    no_report_in_it,
    reports_imported,
    reports_preview,
    too_many,
)

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome
    from scooty.domain.files import ReportsFile

LARGEST_FILE: Final = 2 * 1024 * 1024
"""Bytes: as many reports as are taken, at 500 bytes each as JSON."""
MOST_REPORTS: Final = 3_000
"""In one transaction within the time that a call has."""
MOST_ARCHETYPES: Final = 200
"""Different names: each is looked for. A field of thousands plays 60."""
_MOST_LINES: Final = 20_000


async def import_reports(request: CommandRequest, ports: Ports) -> Outcome:
    """Read a file and show what it would do."""
    given = {option.name: option.value for option in request.options}
    file = given.get(FILE.name)
    if not isinstance(file, AttachmentOption):
        return Refused(response=file_not_fetched(request.t))
    if file.size > LARGEST_FILE:
        return Refused(response=file_too_large(LARGEST_FILE, request.t))
    fetched = await fetch(ports.gateway, file.url, limit_bytes=LARGEST_FILE)
    if isinstance(fetched, AttachmentFetched):
        return await _preview(request, ports, fetched.content)
    if fetched.reason == "too_large":
        return Refused(response=file_too_large(LARGEST_FILE, request.t))
    return Refused(response=file_not_fetched(request.t))


async def _preview(request: CommandRequest, ports: Ports, file: bytes) -> Outcome:
    # On threads, so that others are served meanwhile.
    found = await asyncio.to_thread(_read, file)
    if found is None:
        return Refused(response=too_many(MOST_REPORTS, MOST_ARCHETYPES, request.t))
    if not found.entries:
        return Refused(response=no_report_in_it(found, request.t))
    content = await asyncio.to_thread(
        import_content,
        found.entries,
        member_id=request.member_id,
        member_name=request.member_name,
    )
    kept = await ports.calls.write(request.caller, KeepReportImport(content=content))
    if isinstance(kept, NoActiveEvent):
        return Refused(response=no_event(request.t))
    return reports_preview(kept, found, request.t)


def _read(content: bytes) -> ReportsFile | None:
    """Parse a file; None when it holds more than an import takes."""
    if content.count(b"\n") + content.count(b"\r") > _MOST_LINES:
        return None
    parsed = parse_reports(content)
    if isinstance(parsed, FileTooLarge) or len(parsed.entries) > MOST_REPORTS:
        return None
    archetypes = {fold(each.archetype) for each in parsed.entries}
    return parsed if len(archetypes) <= MOST_ARCHETYPES else None


async def apply(request: ComponentRequest, ports: Ports) -> Outcome:
    """Store what the preview showed."""
    call = ApplyReportImport(import_id=RequestId(request.argument(0)))
    outcome = await ports.calls.write(request.caller, call)
    match outcome:
        case ReportsImported():
            return UpdateMessage(reply=reports_imported(outcome, request.t))
        case EventOver():
            return Refused(response=UpdateMessage(reply=event_over(outcome, request.t)))
        case ImportGone():
            return Refused(response=UpdateMessage(reply=import_gone(request.t)))
        case _:
            assert_never(outcome)


async def cancel(request: ComponentRequest, ports: Ports) -> Outcome:
    """Forget the preview's reports."""
    drop = DropImport(import_id=RequestId(request.argument(0)))
    await ports.calls.write(request.caller, drop)
    return UpdateMessage(reply=nothing_changed(request.t))


FILE: Final = DeclaredOption(
    name="file",
    description=ENGLISH("option.reports_file"),
    kind=OptionKind.ATTACHMENT,
    required=True,
    name_localizations=localizations("option.file.name"),
    description_localizations=localizations("option.reports_file"),
)
FEATURE: Final = Feature(
    commands=(
        Command(
            path="import",
            handler=import_reports,
            options=(FILE,),
            role=Role.CAPTAIN,
            effect=Effect.PREVIEW,
        ),
    ),
    components=(
        Component(verb=APPLY_REPORTS, handler=apply, role=Role.CAPTAIN, effect=Effect.IMPORT),
        Component(verb=CANCEL_REPORTS, handler=cancel, role=Role.CAPTAIN, effect=Effect.PREVIEW),
    ),
)
