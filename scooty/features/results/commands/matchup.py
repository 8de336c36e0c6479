"""``/matchup ours theirs``: how the team does with one archetype against another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.command import Command, Feature
from scooty.core.inputs import ARCHETYPE
from scooty.core.requests import Refused
from scooty.domain.roles import Role
from scooty.features.reports.commands.scout import suggest_archetypes
from scooty.features.results.calls.results import ArchetypeNotKnown, MatchupFound, ReadMatchup
from scooty.features.results.replies.matchups import archetype_not_known, matchup_found

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome

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


FEATURE: Final = Feature(
    commands=(
        Command(
            path="matchup",
            handler=look_up,
            options=(_OURS, _THEIRS),
            role=Role.READER,
            autocompleters={_OURS.name: suggest_archetypes, _THEIRS.name: suggest_archetypes},
        ),
    )
)
