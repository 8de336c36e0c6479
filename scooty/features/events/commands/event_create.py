"""``/event create name [format] [decklists]``: open a tournament, closing the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.choice_option import ChoiceOption
from scooty.core.command import Command, Feature
from scooty.core.inputs import EVENT_NAME
from scooty.core.requests import Refused
from scooty.core.text.event_changes import event_name_taken
from scooty.core.text.problems import Effect
from scooty.domain.roles import Role
from scooty.features.events.calls import CreateEvent, EventCreated, EventNameTaken, EventQueued
from scooty.features.events.replies.event_list import DECKLISTS, FORMATS
from scooty.features.events.replies.events import event_created, event_queued

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome

_FORMAT: Final = ChoiceOption(
    name="format",
    name_key="option.format.name",
    description_key="option.format",
    labels=FORMATS,
)
_DECKLISTS: Final = ChoiceOption(
    name="decklists",
    name_key="option.decklists.name",
    description_key="option.decklists",
    labels=DECKLISTS,
)


async def create_event(request: CommandRequest, ports: Ports) -> Outcome:
    """Create an event and make it the active one."""
    outcome = await ports.calls.write(
        request.caller,
        CreateEvent(
            name=EVENT_NAME.read(request),
            member_id=request.member_id,
            format=_FORMAT.read(request),
            decklists=_DECKLISTS.read(request),
        ),
    )
    match outcome:
        case EventCreated():
            return event_created(outcome, request.t)
        case EventQueued():
            return event_queued(outcome, request.t)
        case EventNameTaken():
            return Refused(response=event_name_taken(outcome.event, request.t))
        case _:
            assert_never(outcome)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="event create",
            handler=create_event,
            options=(EVENT_NAME, _FORMAT, _DECKLISTS),
            described_as="command.create_event",
            role=Role.CAPTAIN,
            effect=Effect.EVENT,
        ),
    ),
    waiting=(CreateEvent,),
)
