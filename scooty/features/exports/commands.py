"""``/export csv | json | xlsx [scope] [event]``: an event as a file."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.attaching import fitting_file
from scooty.core.choice_option import ChoiceOption
from scooty.core.command import Command, Feature
from scooty.core.requests import Refused
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.event_changes import event_unknown
from scooty.domain.roles import Role
from scooty.features.events.commands.event_inputs import OTHER_EVENT, chosen_event, suggest_events
from scooty.features.exports.calls import EventExport, ExportEvent
from scooty.features.exports.replies import exports
from scooty.features.exports.replies.workbooks import build_file

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome
    from scooty.features.exports.replies.workbooks import Format, Scope

_SCOPE: Final[ChoiceOption[Scope]] = ChoiceOption(
    name="scope",
    name_key="option.scope.name",
    description_key="option.scope",
    labels={
        "reports": "scope.reports",
        "players": "scope.players",
        "stats": "scope.stats",
        "rounds": "scope.rounds",
        "everything": "scope.everything",
    },
)
_USUAL: Final[dict[Format, Scope]] = {"csv": "reports", "json": "everything", "xlsx": "everything"}
"""One table is one CSV file."""


async def export_event(request: CommandRequest, ports: Ports, *, form: Format) -> Outcome:
    """Send an event as a file, built on another thread."""
    event_id = chosen_event(request)
    if event_id is None and OTHER_EVENT.read(request):
        return Refused(response=event_unknown(request.t))
    outcome = await ports.calls.write(request.caller, ExportEvent(event_id=event_id))
    match outcome:
        case EventExport():
            return await _as_file(outcome, request, form)
        case EventUnknown():
            return Refused(response=event_unknown(request.t))
        case NoActiveEvent():
            return Refused(response=exports.nothing_to_export(request.t))
        case _:
            assert_never(outcome)


async def _as_file(export: EventExport, request: CommandRequest, form: Format) -> Outcome:
    scope = _SCOPE.read(request) or _USUAL[form]
    name, content = await asyncio.to_thread(build_file, export, scope, form)
    file = await fitting_file(name, content, request.attachment_size_limit)
    if file is None:
        return Refused(response=exports.too_big(request.t))
    return replace(exports.exported(export, request.t), files=(file,))


FEATURE: Final = Feature(
    commands=tuple(
        Command(
            path=f"export {form}",
            handler=partial(export_event, form=form),
            role=Role.SCOUT,
            options=(_SCOPE, OTHER_EVENT),
            autocompleters={OTHER_EVENT.name: suggest_events},
        )
        for form in _USUAL
    )
)
