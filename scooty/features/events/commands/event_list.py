"""``/event list``: every event of the server, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.domain.roles import Role
from scooty.features.events.calls import ListEvents
from scooty.features.events.replies.event_list import EVENT_PAGE, EVENTS_A_PAGE, events_listed

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request

_FARTHEST: Final = 1_000_000
"""No guild has more events; a button's number is anybody's."""


async def list_events(request: CommandRequest, ports: Ports) -> Outcome:
    """Show the first page."""
    return await _page(request, ports, skipped=0)


async def turn_page(request: ComponentRequest, ports: Ports) -> Outcome:
    """Put another page in the place of the one whose button was pressed."""
    skipped = min(request.argument(0), _FARTHEST)
    return UpdateMessage(reply=await _page(request, ports, skipped=skipped))


async def _page(request: Request, ports: Ports, *, skipped: int) -> Reply:
    page = await ports.calls.read(
        request.guild_id, ListEvents(skipped=skipped, at_most=EVENTS_A_PAGE)
    )
    return events_listed(page, request.t)


FEATURE: Final = Feature(
    commands=(Command(path="event list", handler=list_events, role=Role.READER),),
    components=(Component(verb=EVENT_PAGE, handler=turn_page, role=Role.READER),),
)
