"""``/team record [event]``: how the team did, and what it is to expect of the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.command import Command, Feature
from scooty.core.requests import Refused
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.event_changes import event_unknown
from scooty.domain.roles import Role
from scooty.features.events.commands.event_inputs import OTHER_EVENT, chosen_event, suggest_events
from scooty.features.results.calls.results import ReadRecord, TeamRecord
from scooty.features.results.replies.matchup_chart import matchup_chart
from scooty.features.results.replies.team_record import no_event_to_record, team_record

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome


async def show_record(request: CommandRequest, ports: Ports) -> Outcome:
    """Show the team's results in total, by matchup and by teammate, with a picture."""
    event_id = chosen_event(request)
    if event_id is None and OTHER_EVENT.read(request):
        return Refused(response=event_unknown(request.t))
    found = await ports.calls.read(request.guild_id, ReadRecord(event_id=event_id))
    match found:
        case TeamRecord():
            picture = await _draw(found, request, ports)
            return team_record(found, request.t, picture=picture)
        case EventUnknown():
            return Refused(response=event_unknown(request.t))
        case NoActiveEvent():
            return Refused(response=no_event_to_record(request.t))
        case _:
            assert_never(found)


async def _draw(found: TeamRecord, request: CommandRequest, ports: Ports) -> bytes | None:
    """Return the picture; None when there is nothing to draw, or no time or room for it."""
    chart = matchup_chart(found, request.t)
    picture = None if chart is None else await ports.charts.draw(chart)
    fits = picture is not None and len(picture) <= request.attachment_size_limit
    return picture if fits else None


FEATURE: Final = Feature(
    commands=(
        Command(
            path="team record",
            handler=show_record,
            options=(OTHER_EVENT,),
            role=Role.READER,
            autocompleters={OTHER_EVENT.name: suggest_events},
        ),
    )
)
