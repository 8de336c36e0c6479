"""``/ping``: is everything well, and if not, what is not?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.declarations import CommandDeclaration
from scooty.commands.command import Command
from scooty.domain.roles import Role
from scooty.i18n import ENGLISH, localizations
from scooty.rendering.health import pong

if TYPE_CHECKING:
    from scooty.commands.ports import Ports
    from scooty.commands.requests import CommandRequest, Outcome

__all__ = ["COMMAND", "DECLARATION", "ping"]


async def ping(request: CommandRequest, ports: Ports) -> Outcome:
    """Show how every part of the program is."""
    return pong(await ports.health.read(), request.t)


DECLARATION = CommandDeclaration(
    name="ping",
    description=ENGLISH("command.ping"),
    description_localizations=localizations("command.ping"),
)
COMMAND = Command(path="ping", handler=ping, role=Role.READER)
