"""``/player alias player alias [platform] [remove]``: more names of a player."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from scooty.core.command import Command, Feature
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.inputs import TextOption
from scooty.core.requests import Refused
from scooty.core.text.problems import Effect
from scooty.domain.names import name_key
from scooty.domain.roles import Role
from scooty.features.players.calls.players import (
    AddPlayerAlias,
    AliasAdded,
    AliasGone,
    AliasKnown,
    AliasRemoved,
    AliasTaken,
    PlayerGone,
    RemovePlayerAlias,
)
from scooty.features.players.commands.player_options import (
    KNOWN_PLAYER,
    find_player,
    suggest_players,
)
from scooty.features.players.replies.player_names import (
    alias_added,
    alias_gone,
    alias_is_the_name,
    alias_known,
    alias_removed,
    alias_taken,
    player_is_gone,
)

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome
    from scooty.features.players.calls.players import FoundPlayer

ALIAS: Final = TextOption(
    name="alias",
    name_key="option.alias.name",
    description_key="option.player_alias",
    limit=100,
)
PLATFORM: Final = TextOption(
    name="platform",
    name_key="option.platform.name",
    description_key="option.platform",
    limit=30,
    required=False,
)
REMOVE: Final = DeclaredOption(
    name="remove",
    description=ENGLISH("option.remove_alias"),
    kind=OptionKind.BOOLEAN,
    name_localizations=localizations("option.remove.name"),
    description_localizations=localizations("option.remove_alias"),
)


async def name_player(request: CommandRequest, ports: Ports) -> Outcome:
    """Let a player be found by one more spelling, or by one less."""
    alias, platform = ALIAS.read(request), PLATFORM.read(request) or None
    player = await find_player(request, ports, KNOWN_PLAYER)
    if isinstance(player, Refused):
        return player
    if request.is_set(REMOVE.name):
        return await _remove(request, ports, player, alias)
    outcome = await ports.calls.write(
        request.caller,
        AddPlayerAlias(player_id=player.player_id, alias=alias, platform=platform),
    )
    match outcome:
        case AliasAdded():
            return alias_added(player, alias, request.t)
        case AliasKnown():
            return alias_known(player, alias, request.t)
        case AliasTaken():
            return Refused(response=alias_taken(outcome, player, alias, request.t))
        case PlayerGone():
            return Refused(response=player_is_gone(request.t))
        case _:
            assert_never(outcome)


async def _remove(
    request: CommandRequest, ports: Ports, player: FoundPlayer, alias: str
) -> Outcome:
    if name_key(alias) == name_key(player.name):
        return Refused(response=alias_is_the_name(player, request.t))
    outcome = await ports.calls.write(
        request.caller, RemovePlayerAlias(player_id=player.player_id, alias=alias)
    )
    match outcome:
        case AliasRemoved():
            return alias_removed(player, alias, request.t)
        case AliasGone():
            return Refused(response=alias_gone(player, alias, request.t))
        case _:
            assert_never(outcome)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="player alias",
            handler=name_player,
            options=(KNOWN_PLAYER, ALIAS, PLATFORM, REMOVE),
            role=Role.SCOUT,
            effect=Effect.PLAYERS,
            autocompleters={KNOWN_PLAYER.name: suggest_players},
        ),
    )
)
