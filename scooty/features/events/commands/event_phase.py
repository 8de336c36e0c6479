"""``/event phase phase``: which part of the active tournament is being played."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.choice_option import ChoiceOption
from scooty.core.command import Command, Feature
from scooty.core.requests import Refused
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.problems import Effect
from scooty.domain.roles import Role
from scooty.errors import UserError
from scooty.features.events.calls import PhaseSet, PhaseSetAlready, SetEventPhase
from scooty.features.events.replies.event_changes import (
    PHASES,
    no_event_to_advance,
    phase_set,
    phase_set_already,
)

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome

_PHASE: Final = ChoiceOption(
    name="phase",
    name_key="option.phase.name",
    description_key="option.phase",
    labels=PHASES,
    required=True,
)


async def set_phase(request: CommandRequest, ports: Ports) -> Outcome:
    """Say which part of the active event is being played."""
    phase = _PHASE.read(request)
    if phase is None:
        raise UserError("problem.choose_one", option=request.t(_PHASE.name_key))
    outcome = await ports.calls.write(request.caller, SetEventPhase(phase=phase))
    match outcome:
        case PhaseSet():
            return phase_set(outcome, request.t)
        case PhaseSetAlready():
            return Refused(response=phase_set_already(outcome, request.t))
        case NoActiveEvent():
            return Refused(response=no_event_to_advance(request.t))
        case _:
            assert_never(outcome)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="event phase",
            handler=set_phase,
            options=(_PHASE,),
            role=Role.CAPTAIN,
            effect=Effect.EVENT_CHANGE,
        ),
    )
)
