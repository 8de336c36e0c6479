"""``/event``: the tournaments of a server."""

from __future__ import annotations

from typing import Final

from actors.discord_gateway.declarations import CommandDeclaration
from scooty.core.i18n import ENGLISH, localizations
from scooty.features.events.commands import (
    event_close,
    event_create,
    event_list,
    event_phase,
    event_show,
    event_switch,
)

DECLARATION: Final = CommandDeclaration(
    name="event",
    description=ENGLISH("command.event"),
    description_localizations=localizations("command.event"),
    children=(
        event_create.DECLARATION,
        event_list.DECLARATION,
        event_show.DECLARATION,
        event_switch.DECLARATION,
        event_close.DECLARATION,
        event_phase.DECLARATION,
    ),
)
COMMANDS: Final = (
    event_create.COMMAND,
    event_list.COMMAND,
    event_show.COMMAND,
    event_switch.COMMAND,
    event_close.COMMAND,
    event_phase.COMMAND,
)
COMPONENTS: Final = event_list.COMPONENTS
