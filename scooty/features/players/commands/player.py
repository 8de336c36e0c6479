"""``/player merge | alias | list | import``: the guild's players, of whatever event."""

from __future__ import annotations

from typing import Final

from actors.discord_gateway.declarations import CommandDeclaration
from scooty.core.i18n import ENGLISH, localizations
from scooty.features.players.commands import player_alias, player_import, player_list, player_merge

DECLARATION: Final = CommandDeclaration(
    name="player",
    description=ENGLISH("command.player"),
    description_localizations=localizations("command.player"),
    children=(
        player_list.DECLARATION,
        player_alias.DECLARATION,
        player_merge.DECLARATION,
        player_import.DECLARATION,
    ),
)
COMMANDS: Final = (
    player_list.COMMAND,
    player_alias.COMMAND,
    player_merge.COMMAND,
    player_import.COMMAND,
)
COMPONENTS: Final = (*player_list.COMPONENTS, *player_merge.COMPONENTS, *player_import.COMPONENTS)
