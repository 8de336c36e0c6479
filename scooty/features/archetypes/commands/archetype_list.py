"""``/archetype list [format]``: what may be reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Choice, OfferChoices, UpdateMessage
from scooty.domain.names import fold
from scooty.features.archetypes.calls import ListArchetypes
from scooty.features.archetypes.commands.archetype_options import read_format
from scooty.features.archetypes.replies.archetype_list import archetypes_listed, format_of
from scooty.features.archetypes.replies.archetypes import format_name
from scooty.features.archetypes.rules import FORMATS

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, TypingRequest


async def list_archetypes(request: CommandRequest, ports: Ports) -> Outcome:
    """Show the first page, of one format or of all."""
    played_in = read_format(request)
    listed = await ports.calls.read(request.guild_id, ListArchetypes(format=played_in))
    return archetypes_listed(listed, request.t, page=0, played_in=played_in)


async def turn_page(request: ComponentRequest, ports: Ports) -> Outcome:
    """Show another page in the same message."""
    played_in = format_of(request.argument(1))
    listed = await ports.calls.read(request.guild_id, ListArchetypes(format=played_in))
    page = archetypes_listed(listed, request.t, page=request.argument(0), played_in=played_in)
    return UpdateMessage(reply=page)


async def suggest_formats(request: TypingRequest, ports: Ports) -> OfferChoices:  # noqa: ARG001 - a completer's
    """Offer formats that begin as the last one that is typed, behind those before it."""
    *before, last = request.text.replace(",", " ").split(" ")
    typed = [name for name in map(fold, before) if name in FORMATS]
    fitting = [
        ", ".join(map(format_name, (*typed, name)))
        for name in FORMATS
        if name.startswith(fold(last)) and name not in typed
    ]
    return OfferChoices(choices=tuple(Choice(name=each, value=each) for each in fitting))
