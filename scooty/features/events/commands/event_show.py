"""``/event show [event]``: what is known of a tournament, and how it is played."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.command import Command, Feature
from scooty.core.requests import Refused
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.event_changes import event_unknown
from scooty.domain.roles import Role
from scooty.features.events.calls import EventShown, ShowEvent
from scooty.features.events.commands.event_inputs import OTHER_EVENT, chosen_event, suggest_events
from scooty.features.events.replies.event_list import event_shown, no_event_to_show

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome


async def show_event(request: CommandRequest, ports: Ports) -> Outcome:
    """Show the facts of the event that was chosen, or of the active one."""
    event_id = chosen_event(request)
    if event_id is None and OTHER_EVENT.read(request):
        return Refused(response=event_unknown(request.t))
    outcome = await ports.calls.read(request.guild_id, ShowEvent(event_id=event_id))
    match outcome:
        case EventShown():
            return event_shown(outcome, request.t)
        case EventUnknown():
            return Refused(response=event_unknown(request.t))
        case NoActiveEvent():
            return Refused(response=no_event_to_show(request.t))
        case _:
            assert_never(outcome)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="event show",
            handler=show_event,
            options=(OTHER_EVENT,),
            role=Role.READER,
            autocompleters={OTHER_EVENT.name: suggest_events},
        ),
    )
)
