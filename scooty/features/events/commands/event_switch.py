"""``/event switch event``: make another tournament the active one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.command import Command, Feature
from scooty.core.requests import Refused
from scooty.core.storage.event_values import EventUnknown
from scooty.core.text.event_changes import event_unknown
from scooty.core.text.problems import Effect
from scooty.domain.roles import Role
from scooty.features.events.calls import EventActiveAlready, EventSwitched, SwitchEvent
from scooty.features.events.commands.event_inputs import EVENT, chosen_event, suggest_events
from scooty.features.events.replies.event_changes import event_active_already, event_switched

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome


async def switch_event(request: CommandRequest, ports: Ports) -> Outcome:
    """Let reports go to the event that was chosen, and close the one before."""
    event_id = chosen_event(request)
    if event_id is None:
        return Refused(response=event_unknown(request.t))
    outcome = await ports.calls.write(request.caller, SwitchEvent(event_id=event_id))
    match outcome:
        case EventSwitched():
            return event_switched(outcome, request.t)
        case EventActiveAlready():
            return Refused(response=event_active_already(outcome, request.t))
        case EventUnknown():
            return Refused(response=event_unknown(request.t))
        case _:
            assert_never(outcome)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="event switch",
            handler=switch_event,
            options=(EVENT,),
            role=Role.CAPTAIN,
            effect=Effect.EVENT_CHANGE,
            autocompleters={EVENT.name: suggest_events},
        ),
    )
)
