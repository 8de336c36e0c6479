"""``/round brief [round]``: what a captain has to know of a round, as a message."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.command import Command, Component, Feature
from scooty.core.inputs import RoundOption
from scooty.core.requests import Refused
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.event_changes import event_unknown
from scooty.domain.ids import EventId
from scooty.domain.roles import Role
from scooty.domain.watch_order import order_watches
from scooty.features.briefs.calls import ReadBrief, RoundBrief, RoundInDraft, RoundNotApplied
from scooty.features.briefs.replies.round_brief import (
    OPEN_BRIEF,
    no_event_to_brief_of,
    no_round,
    round_brief,
)
from scooty.features.briefs.replies.sheet_replies import drafting

if TYPE_CHECKING:
    from scooty.core.i18n import Translator
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome
    from scooty.domain.watch_order import Watch
    from scooty.features.briefs.calls import Refusal

_ROUND: Final = RoundOption(description_key="option.brief_round")
_WATCHES: Final = 10


async def brief_captain(request: CommandRequest, ports: Ports) -> Outcome:
    """Show the newest round of the active event, or an earlier one."""
    number = _ROUND.read(request)
    found = await ports.calls.read(request.guild_id, ReadBrief(round=number))
    return await _answer(found, number, request.t)


async def open_brief(request: ComponentRequest, ports: Ports) -> Outcome:
    """Show the round of the message with the button."""
    number = request.argument(1)
    call = ReadBrief(event_id=EventId(request.argument(0)), round=number)
    found = await ports.calls.read(request.guild_id, call)
    return await _answer(found, number, request.t)


async def _answer(found: RoundBrief | Refusal, asked: int | None, t: Translator) -> Outcome:
    match found:
        case RoundBrief():
            # At a large event there are 2,000 players to put in order.
            watches = await asyncio.to_thread(_watches, found)
            return round_brief(found, watches, t)
        case RoundInDraft():
            return Refused(response=drafting(t))
        case RoundNotApplied():
            return Refused(response=no_round(found, asked, t))
        case NoActiveEvent():
            return Refused(response=no_event_to_brief_of(t))
        case EventUnknown():
            return Refused(response=event_unknown(t))
        case _:
            assert_never(found)


def _watches(found: RoundBrief) -> tuple[Watch, ...]:
    team = [mate for mate in found.mates if mate.is_paired]
    return order_watches(found.unknowns, team, at_most=_WATCHES)


FEATURE: Final = Feature(
    commands=(
        Command(path="round brief", handler=brief_captain, options=(_ROUND,), role=Role.CAPTAIN),
    ),
    components=(
        Component(verb=OPEN_BRIEF, handler=open_brief, role=Role.CAPTAIN, deferral="reply"),
    ),
)
