"""``/pairings import [round] [file]``: put a round's pairings into the event, after a look."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from actors.discord_gateway.replies import UpdateMessage
from scooty.core.asking import NO_ANSWER, ask_or
from scooty.core.command import Command, Component, Feature
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.inputs import RoundOption
from scooty.core.requests import Refused
from scooty.core.round_applied import RoundApplied
from scooty.core.storage.imports import EventOver, ImportGone
from scooty.core.text.custom_ids import parse_id
from scooty.core.text.problems import Effect
from scooty.domain.ids import RequestId
from scooty.domain.observations import LAST_ROUND
from scooty.domain.roles import Role
from scooty.errors import UserError
from scooty.features.announcements.replies import announced_line
from scooty.features.pairings.calls.round_files import (
    ApplyPairings,
    NumberRoundFile,
    PairingsApplied,
    RoundFileKept,
    RoundMode,
)
from scooty.features.pairings.commands.round_file_reading import read_pairings
from scooty.features.pairings.commands.round_files import (
    RoundFileSort,
    components_of,
    import_file,
    previewed,
)
from scooty.features.pairings.replies import round_files as say
from scooty.features.pairings.replies.pairings_import import (
    APPLY_ROUND,
    MERGE_ROUND,
    NUMBER_FORM,
    NUMBER_ROUND,
    PAIRINGS,
    REPLACE_ROUND,
    ROUND_FIELD,
    pairings_applied,
    pairings_preview,
    round_form,
)

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome

_ROUND: Final = RoundOption(description_key="option.pairings_round")
_SORT: Final = RoundFileSort(
    kind="pairings", verbs=PAIRINGS, read=read_pairings, preview=pairings_preview
)
_ANNOUNCE_S: Final = 1.9
"""After a write of 2.5 s at most, within the 6 s that a command may take."""


async def import_pairings(request: CommandRequest, ports: Ports) -> Outcome:
    """Read a file and show what it would do; without one, open a form."""
    return await import_file(_SORT, request, ports, asked=_ROUND.read(request))


async def open_round_form(request: ComponentRequest, _ports: Ports) -> Outcome:
    """Ask which round the pairings are of."""
    return round_form(RequestId(request.argument(0)), request.t)


async def number_round(request: ComponentRequest, ports: Ports) -> Outcome:
    """Note which round the pairings are of, and show the preview anew."""
    typed = next((each.value for each in request.fields if each.custom_id == ROUND_FIELD), "")
    number = parse_id(typed.strip())
    if number is None or not 1 <= number <= LAST_ROUND:
        option = request.t("option.round.name")
        raise UserError("problem.round", option=option, last=LAST_ROUND)
    call = NumberRoundFile(import_id=RequestId(request.argument(0)), number=number)
    kept = await ports.calls.write(request.caller, call)
    return previewed(_SORT, kept, request.t, in_place=True)


async def _apply(mode: RoundMode, request: ComponentRequest, ports: Ports) -> Outcome:
    """Pair everybody; where the round is there and nobody said so, ask what becomes of it."""
    call = ApplyPairings(import_id=RequestId(request.argument(0)), mode=mode)
    outcome = await ports.calls.write(request.caller, call)
    match outcome:
        case PairingsApplied():
            return await _round_is_up(outcome, request, ports)
        case RoundFileKept():
            return previewed(_SORT, outcome, request.t, in_place=True)
        case EventOver():
            return Refused(response=UpdateMessage(reply=say.event_over(outcome, request.t)))
        case ImportGone():
            return previewed(_SORT, outcome, request.t, in_place=True)
        case _:
            assert_never(outcome)


async def _round_is_up(
    applied: PairingsApplied, request: ComponentRequest, ports: Ports
) -> Outcome:
    """Have the team told, and say what was applied and what became of that."""
    query = RoundApplied(
        guild_id=request.guild_id, event_id=applied.event_id, round_number=applied.number
    )
    told = await ask_or(ports.announcer, query, timeout_s=_ANNOUNCE_S, otherwise=NO_ANSWER)
    announced = announced_line(told, request.t)
    return UpdateMessage(reply=pairings_applied(applied, request.t, announced=announced))


FILE: Final = DeclaredOption(
    name="file",
    description=ENGLISH("option.pairings_file"),
    kind=OptionKind.ATTACHMENT,
    name_localizations=localizations("option.file.name"),
    description_localizations=localizations("option.pairings_file"),
)
FEATURE: Final = Feature(
    commands=(
        Command(
            path="pairings import",
            handler=import_pairings,
            options=(_ROUND, FILE),
            role=Role.CAPTAIN,
            effect=Effect.PREVIEW,
            deferral="reply_with_file",
        ),
    ),
    components=(
        *components_of(_SORT),
        Component(
            verb=NUMBER_ROUND,
            handler=open_round_form,
            role=Role.CAPTAIN,
            effect=Effect.PREVIEW,
            deferral="never",
        ),
        Component(verb=NUMBER_FORM, handler=number_round, role=Role.CAPTAIN, effect=Effect.PREVIEW),
        *(
            Component(
                verb=verb, handler=partial(_apply, mode), role=Role.CAPTAIN, effect=Effect.ROUND
            )
            for verb, mode in (
                (APPLY_ROUND, RoundMode.NEW),
                (REPLACE_ROUND, RoundMode.REPLACE),
                (MERGE_ROUND, RoundMode.MERGE),
            )
        ),
    ),
)
