"""``/team link | unlink | list``: which member is which player."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from scooty.core.command import Command, Feature
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.requests import Refused
from scooty.core.text.custom_ids import parse_id
from scooty.core.text.problems import Effect
from scooty.domain.ids import MemberId, PlayerId
from scooty.domain.roles import Role
from scooty.features.players.calls.players import FindPlayer, FoundPlayer, PlayerGone, PlayerMerged
from scooty.features.players.commands.player_options import KNOWN_PLAYER, suggest_players
from scooty.features.players.replies.player_names import (
    merged_already,
    nobody_certain,
    player_is_gone,
)
from scooty.features.team.calls import (
    Linked,
    LinkedBefore,
    LinkMember,
    ListLinks,
    NotLinked,
    PlayerTaken,
    Unlinked,
    UnlinkMember,
)
from scooty.features.team.replies import team as say

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome

_MEMBER: Final = "member"


async def link(request: CommandRequest, ports: Ports) -> Outcome:
    """Say which player the caller is, or, by a captain, anybody."""
    typed = KNOWN_PLAYER.read(request)
    if _is_of_another(request) and request.role < Role.CAPTAIN:
        return Refused(response=say.others_by_captains(request.t))
    chosen = parse_id(typed)
    call = FindPlayer(player_id=None if chosen is None else PlayerId(chosen), name=typed)
    found = await ports.calls.read(request.guild_id, call)
    match found:
        case FoundPlayer():
            return await _link(request, ports, found.player_id, found.name)
        case PlayerMerged():
            return Refused(response=merged_already(found, request.t))
        case _ if found.candidates or chosen is not None:
            return Refused(response=nobody_certain(found, typed, request.t))
        case _:  # before the first pairings nobody is known yet
            return await _link(request, ports, None, typed)


async def _link(
    request: CommandRequest, ports: Ports, player_id: PlayerId | None, name: str
) -> Outcome:
    linked_id = _meant(request)
    is_own = linked_id == request.member_id
    call = LinkMember(
        linked_id=linked_id,
        linked_name=request.member_name if is_own else request.person_name(_MEMBER),
        player_id=player_id,
        name=name,
    )
    outcome = await ports.calls.write(request.caller, call)
    match outcome:
        case Linked():
            return say.linked(outcome, linked_id, request.t, is_new=player_id is None)
        case LinkedBefore():
            return say.linked_before(outcome, linked_id, request.t)
        case PlayerTaken():
            return Refused(response=say.player_taken(outcome, request.t))
        case PlayerGone():
            return Refused(response=player_is_gone(request.t))
        case _:
            assert_never(outcome)


async def unlink(request: CommandRequest, ports: Ports) -> Outcome:
    """Say that the caller is no player any more, or, by a captain, anybody."""
    if _is_of_another(request) and request.role < Role.CAPTAIN:
        return Refused(response=say.others_by_captains(request.t))
    linked_id = _meant(request)
    outcome = await ports.calls.write(request.caller, UnlinkMember(linked_id=linked_id))
    match outcome:
        case Unlinked():
            return say.unlinked(outcome.name, linked_id, request.t)
        case NotLinked():
            other = linked_id if _is_of_another(request) else None
            return Refused(response=say.not_linked(request.t, member_id=other))
        case _:
            assert_never(outcome)


async def list_links(request: CommandRequest, ports: Ports) -> Outcome:
    """Show who is which player."""
    found = await ports.calls.read(request.guild_id, ListLinks())
    return say.links_listed(found, request.t)


def _meant(request: CommandRequest) -> MemberId:
    return MemberId(request.number(_MEMBER) or request.member_id)


def _is_of_another(request: CommandRequest) -> bool:
    return _meant(request) != request.member_id


_MEMBER_OPTION: Final = DeclaredOption(
    name=_MEMBER,
    description=ENGLISH("option.team_member"),
    kind=OptionKind.USER,
    name_localizations=localizations("option.team_member.name"),
    description_localizations=localizations("option.team_member"),
)
FEATURE: Final = Feature(
    commands=(
        Command(
            path="team link",
            options=(KNOWN_PLAYER, _MEMBER_OPTION),
            handler=link,
            role=Role.SCOUT,
            effect=Effect.TEAM,
            autocompleters={KNOWN_PLAYER.name: suggest_players},
        ),
        Command(
            path="team unlink",
            options=(_MEMBER_OPTION,),
            handler=unlink,
            role=Role.SCOUT,
            effect=Effect.TEAM,
        ),
        Command(path="team list", handler=list_links, role=Role.READER),
    )
)
