"""``/stats [by]``: the field of the active event, counted by players."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.declarations import (
    CommandDeclaration,
    DeclaredChoice,
    DeclaredOption,
)
from scooty.commands.command import Command
from scooty.commands.requests import Refused
from scooty.domain.roles import Role
from scooty.i18n import ENGLISH, localizations
from scooty.rendering.stats import no_event_to_count, stats
from scooty.storage.port import NoActiveEvent
from scooty.storage.stats import EventStats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.commands.ports import Ports
    from scooty.commands.requests import CommandRequest, Outcome
    from scooty.rendering.stats import Grouping

__all__ = ["COMMAND", "DECLARATION", "count_field"]

_GROUPINGS: Final[Mapping[str, Grouping]] = {
    "archetype": "archetype",
    "colour": "colour",
    "scout": "scout",
}
_LABELS: Final[Mapping[Grouping, str]] = {
    "archetype": "option.by.archetype",
    "colour": "option.by.colour",
    "scout": "option.by.scout",
}


async def count_field(request: CommandRequest, ports: Ports) -> Outcome:
    """Show who plays what, or who reported most; by archetype unless something else is chosen."""
    by = _GROUPINGS.get(request.text("by"), "archetype")
    outcome = await ports.storage.read_stats(guild_id=request.guild_id)
    match outcome:
        case EventStats():
            return stats(outcome, by, request.t)
        case NoActiveEvent():
            return Refused(response=no_event_to_count(request.t))
        case _:
            assert_never(outcome)


DECLARATION = CommandDeclaration(
    name="stats",
    description=ENGLISH("command.stats"),
    description_localizations=localizations("command.stats"),
    options=(
        DeclaredOption(
            name="by",
            description=ENGLISH("option.by"),
            name_localizations=localizations("option.by.name"),
            description_localizations=localizations("option.by"),
            choices=tuple(
                DeclaredChoice(
                    name=ENGLISH(label), value=value, name_localizations=localizations(label)
                )
                for value, label in _LABELS.items()
            ),
        ),
    ),
)
COMMAND = Command(path="stats", handler=count_field, role=Role.READER)
