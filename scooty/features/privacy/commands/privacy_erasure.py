"""``/privacy delete-me | forget-player``: asked once more, then done everywhere.

What waits for the database is cleared first: should the database be away then, it is asked again
later, and nothing that waited brings the person back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import OfferChoices, UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.inputs import PLAYER
from scooty.core.requests import Refused
from scooty.core.text.choices import name_choices
from scooty.core.text.problems import Effect
from scooty.domain.ids import PlayerId
from scooty.domain.roles import Role
from scooty.features.players.calls.players import PlayerGone
from scooty.features.privacy import replies as privacy
from scooty.features.privacy.calls import (
    EraseMember,
    ForgetPlayer,
    ReadTraces,
    SuggestKnownPlayers,
    TracesFound,
)

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, TypingRequest


async def ask_to_erase(request: CommandRequest, _ports: Ports) -> Outcome:
    """Ask the person whether they mean it."""
    return privacy.ask_to_erase(request.t)


async def erase_member(request: ComponentRequest, ports: Ports) -> Outcome:
    """Put nobody in the place of whoever pressed."""
    cleared = await ports.waiting.erase_member(
        guild_id=request.guild_id, member_id=request.member_id
    )
    if not cleared:
        return Refused(response=privacy.not_erased(request.t))
    erased = await ports.calls.write(request.caller, EraseMember())
    return UpdateMessage(reply=privacy.member_erased(erased, request.t))


async def ask_to_forget(request: CommandRequest, ports: Ports) -> Outcome:
    """Show what there is of a player, and ask whether it is to go."""
    name = PLAYER.read(request)
    found = await ports.calls.read(request.guild_id, ReadTraces(name=name))
    if isinstance(found, PlayerGone):
        return Refused(response=privacy.nobody_to_forget(request.t))
    return privacy.ask_to_forget(found.player, request.t)


async def forget_player(request: ComponentRequest, ports: Ports) -> Outcome:
    """Delete the player and every trace of the name."""
    guild_id, player_id = request.guild_id, PlayerId(request.argument(0))
    found = await ports.calls.read(guild_id, ReadTraces(player_id=player_id))
    if isinstance(found, TracesFound):
        keys = found.player.name_keys
        cleared = await ports.waiting.erase_player(guild_id=guild_id, name_keys=keys)
        if not cleared:
            return Refused(response=privacy.not_erased(request.t))
    # Asked for also when the player is gone: it may have been this request that did it.
    outcome = await ports.calls.write(request.caller, ForgetPlayer(player_id=player_id))
    if isinstance(outcome, PlayerGone):
        return Refused(response=UpdateMessage(reply=privacy.nobody_to_forget(request.t)))
    return UpdateMessage(reply=privacy.player_forgotten(outcome, request.t))


async def suggest_players(request: TypingRequest, ports: Ports) -> OfferChoices:
    """Offer names of players of any event."""
    found = await ports.calls.read(request.guild_id, SuggestKnownPlayers(text=request.text))
    return name_choices(found)


FEATURE: Final = Feature(
    commands=(
        Command(path="privacy delete-me", handler=ask_to_erase, role=Role.READER),
        Command(
            path="privacy forget-player",
            handler=ask_to_forget,
            options=(PLAYER,),
            role=Role.CAPTAIN,
            autocompleters={PLAYER.name: suggest_players},
        ),
    ),
    components=(
        Component(
            verb=privacy.ERASE_ME, handler=erase_member, role=Role.READER, effect=Effect.ERASURE
        ),
        Component(
            verb=privacy.FORGET_PLAYER,
            handler=forget_player,
            role=Role.CAPTAIN,
            effect=Effect.ERASURE,
        ),
    ),
)
