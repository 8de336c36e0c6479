"""``/help``: how to report and look up, as far as the person may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.declarations import CommandDeclaration
from scooty.commands.command import Command
from scooty.domain.roles import Role
from scooty.i18n import ENGLISH, localizations
from scooty.rendering.help import guide

if TYPE_CHECKING:
    from scooty.commands.ports import Ports
    from scooty.commands.requests import CommandRequest, Outcome

__all__ = ["COMMAND", "DECLARATION", "explain"]


async def explain(request: CommandRequest, _ports: Ports) -> Outcome:
    """Explain the commands that the person may use."""
    return guide(request.role, request.t)


DECLARATION = CommandDeclaration(
    name="help",
    description=ENGLISH("command.help"),
    description_localizations=localizations("command.help"),
)
COMMAND = Command(path="help", handler=explain, role=Role.READER, shows_no_team=True)
