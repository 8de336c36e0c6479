"""``/assign member [player]``: let somebody watch a player, or whoever is worth it most."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from actors.discord_gateway.replies import Reply, UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.inputs import TextOption
from scooty.core.requests import Refused
from scooty.core.text.notices import notice
from scooty.core.text.problems import Effect
from scooty.core.text.style import Tone
from scooty.domain.ids import EventId, MemberId, PlayerId
from scooty.domain.roles import Role
from scooty.errors import UserError
from scooty.features.coverage.calls.assignments import (
    Assigned,
    AssignPlayer,
    Coverage,
    NotAssigned,
    NotWatched,
    NotYourAssignment,
    ReadCoverage,
    Released,
    ReleasePlayer,
    WatchedAlready,
)
from scooty.features.coverage.replies import assignments as told
from scooty.features.coverage.replies.assignments import HAND_OVER, RELEASE
from scooty.features.coverage.rules import Knowledge, watched_first
from scooty.features.players.commands.player_options import find_player, suggest_players

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request

_MEMBER: Final = "member"
_MEMBER_NAME: Final = "option.assign_member.name"
_PLAYER: Final = TextOption(
    name="player",
    name_key="option.known_player.name",
    description_key="option.assign_player",
    limit=100,
    required=False,
    autocomplete=True,
)
_TRIED: Final = 50
"""Of those who are worth watching: so many would have to be claimed in one moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watcher:
    """Who is to watch."""

    member_id: MemberId
    name: str | None = None
    """None when a button names them by their id alone."""


async def assign(request: CommandRequest, ports: Ports) -> Outcome:
    """Let a member watch a player; without one, the first who is free."""
    member_id = request.number(_MEMBER)
    if member_id is None:
        raise UserError("problem.choose_one", option=request.t(_MEMBER_NAME))
    own = member_id == request.member_id
    name = request.member_name if own else request.person_name(_MEMBER)
    watcher = _Watcher(member_id=MemberId(member_id), name=name)
    if _PLAYER.read(request):
        player = await find_player(request, ports, _PLAYER)
        if isinstance(player, Refused):
            return player
        return await _assign(request, ports, watcher, (player.player_id,))
    coverage = await ports.calls.read(request.guild_id, ReadCoverage())
    if not isinstance(coverage, Coverage):
        return Refused(
            response=told.not_assigned(NotAssigned(outcome="no_active_event"), request.t)
        )
    in_order = await asyncio.to_thread(watched_first, coverage.players, coverage.team)
    free = [each.player_id for each in in_order if each.knowledge is Knowledge.UNKNOWN]
    return await _assign(request, ports, watcher, free[:_TRIED])


async def _assign(
    request: Request,
    ports: Ports,
    watcher: _Watcher,
    player_ids: Sequence[PlayerId],
    *,
    instead: bool = False,
) -> Outcome:
    outcome = await ports.calls.write(
        request.caller,
        AssignPlayer(
            event_id=None,
            player_ids=tuple(player_ids),
            watcher_id=watcher.member_id,
            watcher_name=watcher.name,
            instead=instead,
        ),
    )
    match outcome:
        case Assigned():
            return told.assigned(outcome, request.t)
        case WatchedAlready():
            reply = told.watched_already(outcome, watcher.member_id, request.member_id, request.t)
        case NotAssigned():
            reply = told.not_assigned(outcome, request.t)
        case _:
            assert_never(outcome)
    return Refused(response=reply)


async def hand_over(request: ComponentRequest, ports: Ports) -> Outcome:
    """Let another member watch a player in the place of whoever does."""
    player_ids = (PlayerId(request.argument(0)),)
    watcher = _Watcher(member_id=MemberId(request.argument(1)))
    shown = await _assign(request, ports, watcher, player_ids, instead=True)
    return UpdateMessage(reply=shown) if isinstance(shown, Reply) else shown


async def release(request: ComponentRequest, ports: Ports) -> Outcome:
    """Let nobody watch a player any more."""
    outcome = await ports.calls.write(
        request.caller,
        ReleasePlayer(
            event_id=EventId(request.argument(0)), player_id=PlayerId(request.argument(1))
        ),
    )
    match outcome:
        case Released():
            return UpdateMessage(reply=told.released(outcome, request.t))
        case NotWatched():
            return Refused(response=UpdateMessage(reply=told.not_watched(request.t)))
        case NotYourAssignment():
            sentence = told.not_your_assignment(outcome, request.t)
            return Refused(response=notice(Tone.REFUSED, request.t("problem.not_done"), sentence))
        case _:
            assert_never(outcome)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="assign",
            handler=assign,
            options=(
                DeclaredOption(
                    name=_MEMBER,
                    description=ENGLISH("option.assign_member"),
                    kind=OptionKind.USER,
                    required=True,
                    name_localizations=localizations(_MEMBER_NAME),
                    description_localizations=localizations("option.assign_member"),
                ),
                _PLAYER,
            ),
            role=Role.CAPTAIN,
            autocompleters={_PLAYER.name: suggest_players},
            effect=Effect.ASSIGNMENT,
        ),
    ),
    components=(
        Component(verb=HAND_OVER, handler=hand_over, role=Role.CAPTAIN, effect=Effect.ASSIGNMENT),
        Component(verb=RELEASE, handler=release, role=Role.SCOUT, effect=Effect.ASSIGNMENT),
    ),
)
