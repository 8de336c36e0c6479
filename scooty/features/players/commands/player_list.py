"""``/player list [event]``: who plays, what, and who is on the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.requests import Refused
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.custom_ids import parse_id
from scooty.domain.ids import EventId
from scooty.domain.roles import Role
from scooty.features.events.commands.event_inputs import OTHER_EVENT, suggest_events
from scooty.features.players.calls.players import ListPlayers, NoSuchEvent, PlayerPage
from scooty.features.players.replies.player_list import (
    LIST_PAGE,
    PAGE,
    no_event_to_list,
    no_such_event,
    players_listed,
)

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request


async def list_players(request: CommandRequest, ports: Ports) -> Outcome:
    """Show the first page of an event's players."""
    typed = OTHER_EVENT.read(request)
    event_id = parse_id(typed)
    return await _page(
        request, ports, event_id=event_id, event_name=typed or None, number=0, typed=typed
    )


async def turn_page(request: ComponentRequest, ports: Ports) -> Outcome:
    """Show another page in the place of the one before."""
    shown = await _page(
        request, ports, event_id=request.argument(0), event_name=None, number=request.argument(1)
    )
    return shown if isinstance(shown, Refused) else UpdateMessage(reply=shown)


async def _page(  # noqa: PLR0913 - an event by either of its handles, and which page of it
    request: Request,
    ports: Ports,
    *,
    event_id: int | None,
    event_name: str | None,
    number: int,
    typed: str = "",
) -> Reply | Refused:
    number = min(number, _LAST_PAGE)
    outcome = await ports.calls.read(
        request.guild_id,
        ListPlayers(
            event_id=None if event_id is None else EventId(event_id),
            event_name=event_name,
            skip=number * PAGE,
            at_most=PAGE,
        ),
    )
    match outcome:
        case PlayerPage():
            may_undo = request.role >= Role.CAPTAIN
            return players_listed(outcome, number, request.t, with_merges=may_undo)
        case NoActiveEvent():
            return Refused(response=no_event_to_list(request.t))
        case NoSuchEvent():
            return Refused(response=no_such_event(typed, request.t))
        case _:
            assert_never(outcome)


_LAST_PAGE: Final = 9_999
"""A page's number comes back from a button, and must fit the database's integers."""

FEATURE: Final = Feature(
    commands=(
        Command(
            path="player list",
            handler=list_players,
            options=(OTHER_EVENT,),
            role=Role.READER,
            autocompleters={OTHER_EVENT.name: suggest_events},
        ),
    ),
    components=(Component(verb=LIST_PAGE, handler=turn_page, role=Role.READER),),
)
