"""``/admin create-event name``: the earlier name of ``/event create``."""

from __future__ import annotations

from actors.discord_gateway.declarations import SubcommandDeclaration
from scooty.core.command import Command
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.inputs import EVENT_NAME
from scooty.core.text.problems import Effect
from scooty.domain.roles import Role
from scooty.features.events.commands.event_create import create_event

DECLARATION = SubcommandDeclaration(
    name="create-event",
    description=ENGLISH("command.create_event"),
    description_localizations=localizations("command.create_event"),
    options=(EVENT_NAME.declared(),),
)
COMMAND = Command(
    path="admin create-event", handler=create_event, role=Role.CAPTAIN, effect=Effect.EVENT
)
