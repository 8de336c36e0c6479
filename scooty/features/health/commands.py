"""``/ping``: is everything well, and if not, what is not? ``/ping detail:True``: with numbers.

Detail is an option and no sub-command: Discord lets a command with sub-commands not be used alone.

Source: https://discord.com/developers/docs/interactions/application-commands#subcommands-and-subcommand-groups
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from scooty.core.command import Command, Feature
from scooty.core.i18n import ENGLISH, localizations
from scooty.domain.roles import Role
from scooty.features.health.replies.health import pong
from scooty.features.health.replies.health_detail import detailed_pong

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome

_DETAIL: Final = "detail"


async def ping(request: CommandRequest, ports: Ports) -> Outcome:
    """Show how every part of the program is."""
    if request.is_set(_DETAIL) and ports.health_detail is not None:
        return detailed_pong(await ports.health_detail.read_detail(), request.t)
    return pong(await ports.health.read(), request.t)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="ping",
            handler=ping,
            options=(
                DeclaredOption(
                    name=_DETAIL,
                    description=ENGLISH("option.detail"),
                    kind=OptionKind.BOOLEAN,
                    name_localizations=localizations("option.detail.name"),
                    description_localizations=localizations("option.detail"),
                ),
            ),
            role=Role.READER,
            shows_no_team=True,
        ),
    )
)
