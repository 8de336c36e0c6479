"""``/standings import [file]``: put standings in the place of the event's, after a look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.requests import Refused
from scooty.core.storage.imports import EventOver, ImportGone
from scooty.core.text.problems import Effect
from scooty.domain.ids import RequestId
from scooty.domain.roles import Role
from scooty.features.pairings.calls.round_files import ApplyStandings, StandingsApplied
from scooty.features.pairings.commands.round_file_reading import read_standings
from scooty.features.pairings.commands.round_files import (
    RoundFileSort,
    components_of,
    import_file,
    previewed,
)
from scooty.features.pairings.replies import round_files as say
from scooty.features.pairings.replies.standings_import import (
    APPLY_STANDINGS,
    STANDINGS,
    standings_applied,
    standings_preview,
)

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome

_SORT: Final = RoundFileSort(
    kind="standings", verbs=STANDINGS, read=read_standings, preview=standings_preview
)


async def import_standings(request: CommandRequest, ports: Ports) -> Outcome:
    """Read a file and show what it would do; without one, open a form."""
    return await import_file(_SORT, request, ports)


async def apply(request: ComponentRequest, ports: Ports) -> Outcome:
    """Put the standings in the place of the event's."""
    outcome = await ports.calls.write(
        request.caller, ApplyStandings(import_id=RequestId(request.argument(0)))
    )
    match outcome:
        case StandingsApplied():
            return UpdateMessage(reply=standings_applied(outcome, request.t))
        case EventOver():
            return Refused(response=UpdateMessage(reply=say.event_over(outcome, request.t)))
        case ImportGone():
            return previewed(_SORT, outcome, request.t, in_place=True)
        case _:
            assert_never(outcome)


FILE: Final = DeclaredOption(
    name="file",
    description=ENGLISH("option.standings_file"),
    kind=OptionKind.ATTACHMENT,
    name_localizations=localizations("option.file.name"),
    description_localizations=localizations("option.standings_file"),
)
FEATURE: Final = Feature(
    commands=(
        Command(
            path="standings import",
            handler=import_standings,
            options=(FILE,),
            role=Role.CAPTAIN,
            effect=Effect.PREVIEW,
            deferral="reply_with_file",
        ),
    ),
    components=(
        *components_of(_SORT),
        Component(verb=APPLY_STANDINGS, handler=apply, role=Role.CAPTAIN, effect=Effect.ROUND),
    ),
)
