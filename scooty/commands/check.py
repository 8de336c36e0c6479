"""``/check name``: what does this player play, and how sure is the team?"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from actors.discord_gateway.declarations import CommandDeclaration
from actors.discord_gateway.replies import UpdateMessage
from scooty.commands.command import Command, Component
from scooty.commands.inputs import PLAYER
from scooty.commands.requests import Refused
from scooty.commands.scout import suggest_opponents
from scooty.domain.ids import PlayerId
from scooty.domain.roles import Role
from scooty.i18n import ENGLISH, localizations
from scooty.rendering import players, queued
from scooty.rendering.custom_ids import OPEN_PLAYER
from scooty.storage.port import NoActiveEvent, NobodyFound, PlayerCard, SeveralPlayers
from scooty.storage.queued import OnlyQueued

if TYPE_CHECKING:
    from scooty.commands.ports import Ports
    from scooty.commands.requests import CommandRequest, ComponentRequest, Outcome

__all__ = ["COMMAND", "COMPONENTS", "DECLARATION", "check", "open_player"]


async def check(request: CommandRequest, ports: Ports) -> Outcome:
    """Show the card of the player of that name, or a list of those with a similar one."""
    name = PLAYER.read(request)
    outcome = await ports.storage.check_player(guild_id=request.guild_id, name=name)
    match outcome:
        case PlayerCard():
            return players.player_found(outcome, request.t)
        case OnlyQueued():
            return queued.only_queued(outcome, request.t)
        case SeveralPlayers(matches=()) | NobodyFound():
            nobody = players.nobody_found(name, request.t, as_of=outcome.as_of)
            return Refused(response=nobody)
        case SeveralPlayers():
            return players.several_players(outcome, name, request.t)
        case NoActiveEvent():
            return Refused(response=players.no_event_to_look_in(request.t))
        case _:
            assert_never(outcome)


async def open_player(request: ComponentRequest, ports: Ports) -> Outcome:
    """Put the card of the player chosen in the list in the list's place."""
    outcome = await ports.storage.check_player_by_id(
        guild_id=request.guild_id, player_id=PlayerId(request.chosen_id())
    )
    match outcome:
        case PlayerCard():
            return UpdateMessage(reply=players.player_found(outcome, request.t))
        case NobodyFound():
            return Refused(response=players.player_gone(request.t, as_of=outcome.as_of))
        case NoActiveEvent():
            return Refused(response=players.no_event_to_look_in(request.t))
        case _:
            assert_never(outcome)


DECLARATION = CommandDeclaration(
    name="check",
    description=ENGLISH("command.check"),
    description_localizations=localizations("command.check"),
    options=(PLAYER.declared(),),
)
COMMAND = Command(
    path="check",
    handler=check,
    role=Role.READER,
    autocompleters={PLAYER.name: suggest_opponents},
)
COMPONENTS = (Component(verb=OPEN_PLAYER, handler=open_player, role=Role.READER),)
