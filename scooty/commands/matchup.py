"""``/matchup ours theirs``: how the team does with one archetype against another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.declarations import CommandDeclaration
from scooty.commands.command import Command
from scooty.commands.inputs import ARCHETYPE
from scooty.commands.requests import Refused
from scooty.commands.scout import suggest_archetypes
from scooty.domain.roles import Role
from scooty.i18n import ENGLISH, localizations
from scooty.rendering.matchups import archetype_not_known, matchup_found
from scooty.storage.books.results import ArchetypeNotKnown, MatchupFound, ReadMatchup

if TYPE_CHECKING:
    from scooty.commands.ports import Ports
    from scooty.commands.requests import CommandRequest, Outcome

__all__ = ["COMMAND", "DECLARATION", "look_up"]

_OURS: Final = replace(
    ARCHETYPE, name="ours", name_key="option.ours.name", description_key="option.ours"
)
_THEIRS: Final = replace(
    ARCHETYPE, name="theirs", name_key="option.theirs.name", description_key="option.theirs"
)


async def look_up(request: CommandRequest, ports: Ports) -> Outcome:
    """Show wins, losses and draws, in this event and in all of the team's."""
    ours, theirs = _OURS.read(request), _THEIRS.read(request)
    found = await ports.calls.read(request.guild_id, ReadMatchup(ours=ours, theirs=theirs))
    match found:
        case MatchupFound():
            return matchup_found(found, request.t)
        case ArchetypeNotKnown():
            typed = ours if found.is_ours else theirs
            return Refused(response=archetype_not_known(found, typed, request.t))
        case _:
            assert_never(found)


DECLARATION: Final = CommandDeclaration(
    name="matchup",
    description=ENGLISH("command.matchup"),
    description_localizations=localizations("command.matchup"),
    options=(_OURS.declared(), _THEIRS.declared()),
)
COMMAND: Final = Command(
    path="matchup",
    handler=look_up,
    role=Role.READER,
    autocompleters={_OURS.name: suggest_archetypes, _THEIRS.name: suggest_archetypes},
)
