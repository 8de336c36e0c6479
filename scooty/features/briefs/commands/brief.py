"""``/brief [player]``: half pages to print before a round, as a PDF and as a text."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.replies import File
from scooty.core.asking import ask_or
from scooty.core.charts.messages import ChartFailed, PrintSheets, SheetsPrinted
from scooty.core.command import Command, Component, Feature
from scooty.core.inputs import TextOption
from scooty.core.requests import Refused
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.event_changes import event_unknown
from scooty.domain.ids import EventId
from scooty.domain.roles import Role
from scooty.features.briefs.calls import ReadSheets, RoundInDraft, RoundNotApplied, Sheets
from scooty.features.briefs.replies import sheet_replies
from scooty.features.briefs.replies.round_brief import PRINT_BRIEF, no_event_to_brief_of, no_round
from scooty.features.briefs.replies.sheets import printout, printout_as_text
from scooty.features.players.commands.player_options import find_player, suggest_players

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request
    from scooty.features.briefs.calls import Refusal

_PRINT_S: Final = 2.0
_PLAYER: Final = TextOption(
    name="player",
    name_key="option.brief_player.name",
    description_key="option.brief_player",
    limit=100,
    required=False,
    autocomplete=True,
)


async def print_brief(request: CommandRequest, ports: Ports) -> Outcome:
    """Print the newest round: of a player, else of the team for a captain, else one's own."""
    if _PLAYER.read(request):
        found = await find_player(request, ports, _PLAYER)
        if isinstance(found, Refused):
            return found
        call = ReadSheets(player_id=found.player_id)
    else:
        member_id = None if request.role >= Role.CAPTAIN else request.member_id
        call = ReadSheets(member_id=member_id)
    return await _answer(await ports.calls.read(request.guild_id, call), request, ports)


async def print_round(request: ComponentRequest, ports: Ports) -> Outcome:
    """Print the team's half pages of the round of the message with the button."""
    call = ReadSheets(event_id=EventId(request.argument(0)), round=request.argument(1))
    return await _answer(await ports.calls.read(request.guild_id, call), request, ports)


async def _answer(found: Sheets | Refusal, request: Request, ports: Ports) -> Outcome:
    match found:
        case Sheets():
            return await _print(found, request, ports)
        case RoundInDraft():
            return Refused(response=sheet_replies.drafting(request.t))
        case RoundNotApplied():
            return Refused(response=no_round(found, None, request.t))
        case NoActiveEvent():
            return Refused(response=no_event_to_brief_of(request.t))
        case EventUnknown():
            return Refused(response=event_unknown(request.t))
        case _:
            assert_never(found)


async def _print(found: Sheets, request: Request, ports: Ports) -> Outcome:
    if not any(sheet.opponent for sheet in found.sheets):
        is_captain = request.role >= Role.CAPTAIN
        return Refused(
            response=sheet_replies.nothing_to_print(found, request.t, of_team=is_captain)
        )
    # Twenty cards are made into words here, each with its consensus.
    out = await asyncio.to_thread(printout, found, request.t)
    query = PrintSheets(printout=out)
    printed = await ask_or(ports.printer, query, timeout_s=_PRINT_S, otherwise=ChartFailed())
    pdf = printed.pdf if isinstance(printed, SheetsPrinted) else b""
    name, limit = f"round-{found.round}", request.attachment_size_limit
    files = (
        File(name=f"{name}.pdf", content=pdf),
        File(name=f"{name}.txt", content=printout_as_text(out).encode()),
    )
    fitting = tuple(file for file in files if 0 < len(file.content) <= limit)
    if not fitting:
        return Refused(response=sheet_replies.too_big_to_send(request.t))
    has_pdf = files[0] in fitting
    return replace(sheet_replies.sheets_printed(found, request.t, has_pdf=has_pdf), files=fitting)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="brief",
            handler=print_brief,
            options=(_PLAYER,),
            role=Role.SCOUT,
            autocompleters={_PLAYER.name: suggest_players},
        ),
    ),
    components=(
        Component(verb=PRINT_BRIEF, handler=print_round, role=Role.CAPTAIN, deferral="reply"),
    ),
)
