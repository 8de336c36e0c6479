"""``/deck``: players' lists, card by card."""

from __future__ import annotations

from typing import Final

from actors.discord_gateway.declarations import CommandDeclaration
from scooty.core.i18n import ENGLISH, localizations
from scooty.features.decks.commands import deck_add, deck_show

DECLARATION: Final = CommandDeclaration(
    name="deck",
    description=ENGLISH("command.deck"),
    description_localizations=localizations("command.deck"),
    children=(deck_add.DECLARATION, deck_show.DECLARATION),
)
COMMANDS: Final = (deck_add.COMMAND, deck_show.COMMAND)
COMPONENTS: Final = (*deck_add.COMPONENTS, *deck_show.COMPONENTS)
