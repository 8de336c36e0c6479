"""``/opponent [round]`` and the button **My opponent**: whom do I play, and what do we know?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.command import Command, Component, Feature
from scooty.core.inputs import RoundOption
from scooty.core.requests import Refused
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.roles import Role
from scooty.features.announcements.replies import MY_OPPONENT
from scooty.features.team.calls import (
    AgainstTeammate,
    MyOpponent,
    NoOpponent,
    NoRound,
    NotLinked,
    OpponentFound,
    OpponentInDraft,
)
from scooty.features.team.replies import opponents as say
from scooty.features.team.replies.team import not_linked

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request
    from scooty.features.team.calls import OpponentOutcome, SeatInRound

_ROUND: Final = RoundOption(description_key="option.opponent_round")


async def opponent(request: CommandRequest, ports: Ports) -> Outcome:
    """Show whom the caller plays in the newest round, or in an earlier one."""
    found = await ports.calls.read(
        request.guild_id,
        MyOpponent(member_id=request.member_id, round_number=_ROUND.read(request)),
    )
    return _answer(found, request, pressed=None)


async def tap(request: ComponentRequest, ports: Ports) -> Outcome:
    """Show whom whoever taps plays now, whichever round's message the button is of.

    In the minutes before a match an old card would be taken for the new one.
    """
    pressed = (request.argument(0), request.argument(1))
    found = await ports.calls.read(request.guild_id, MyOpponent(member_id=request.member_id))
    return _answer(found, request, pressed=pressed)


def _answer(
    found: OpponentOutcome, request: Request, *, pressed: tuple[int, int] | None
) -> Outcome:
    t = request.t
    match found:
        case OpponentFound():
            above = _above(found.place, pressed, request)
            return say.opponent_card(found, request.member_id, t, above=above)
        case AgainstTeammate():
            return say.against_teammate(found, t, above=_above(found.place, pressed, request))
        case NoOpponent():
            reply = say.no_opponent(found, t, above=_above(found.place, pressed, request))
            return reply if found.outcome == "bye" else Refused(response=reply)
        case OpponentInDraft():
            reply = say.drafting(found, t, above=_above(found.place, pressed, request))
        case NoRound():
            reply = say.no_round(found, t)
        case NotLinked():
            reply = not_linked(t)
        case NoActiveEvent():
            reply = say.no_event(t)
        case _:
            assert_never(found)
    return Refused(response=reply)


def _above(
    place: SeatInRound, pressed: tuple[int, int] | None, request: Request
) -> tuple[str, ...]:
    is_of_event = pressed is not None and pressed[0] == place.event.id
    asked_in = pressed[1] if pressed is not None and is_of_event else None
    return say.other_round_lines(place, asked_in, request.t)


FEATURE: Final = Feature(
    commands=(Command(path="opponent", handler=opponent, options=(_ROUND,), role=Role.READER),),
    components=(Component(verb=MY_OPPONENT, handler=tap, role=Role.READER, deferral="reply"),),
)
