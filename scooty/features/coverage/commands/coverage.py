"""``/coverage [round]``: how much of a round is known, whom to watch first, and who does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.inputs import RoundOption
from scooty.core.requests import Refused
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.event_changes import event_unknown
from scooty.core.text.notices import notice
from scooty.core.text.problems import Effect
from scooty.core.text.style import Tone
from scooty.domain.ids import EventId, PlayerId
from scooty.domain.roles import Role
from scooty.errors import StorageUnavailable
from scooty.features.coverage.calls.assignments import (
    Assigned,
    AssignPlayer,
    Coverage,
    NotAssigned,
    NotWatched,
    NotYourAssignment,
    ReadCoverage,
    Released,
    ReleasePlayer,
    RoundUnknown,
    WatchedAlready,
)
from scooty.features.coverage.replies import assignments as told
from scooty.features.coverage.replies.coverage import (
    CLAIM,
    RELEASE_OWN,
    TURN_COVERAGE,
    CoveragePage,
    coverage_page,
    no_event_to_cover,
    read_place,
    round_unknown,
)
from scooty.features.coverage.replies.field_map import field_map
from scooty.features.coverage.rules import watched_first

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request
    from scooty.features.coverage.calls.assignments import AssignOutcome, ReleaseOutcome

_ROUND: Final = RoundOption(description_key="option.coverage_round")


async def show_coverage(request: CommandRequest, ports: Ports) -> Outcome:
    """Show the newest round, or the one that was asked for."""
    return await _page(request, ports, event_id=None, round_number=_ROUND.read(request))


async def turn_page(request: ComponentRequest, ports: Ports) -> Outcome:
    """Show another page in the place of the one before."""
    round_number, number = read_place(request.argument(1))
    shown = await _page(
        request,
        ports,
        event_id=EventId(request.argument(0)),
        round_number=round_number,
        number=number,
    )
    return shown if isinstance(shown, Refused) else UpdateMessage(reply=shown)


async def claim(request: ComponentRequest, ports: Ports) -> Outcome:
    """Let whoever chose a player watch them, and show the page as it is then."""
    outcome = await ports.calls.write(
        request.caller,
        AssignPlayer(
            event_id=EventId(request.argument(0)),
            player_ids=(PlayerId(request.chosen_id()),),
            watcher_id=request.member_id,
            watcher_name=request.member_name,
        ),
    )
    tone, line = _claim_told(outcome, request, request.t)
    return await _page_after(request, ports, tone, line)


async def release_own(request: ComponentRequest, ports: Ports) -> Outcome:
    """Let whoever chose a player of theirs watch them no more, and show the page as it is then."""
    outcome = await ports.calls.write(
        replace(request.caller, as_captain=False),  # what is listed is one's own
        ReleasePlayer(
            event_id=EventId(request.argument(0)), player_id=PlayerId(request.chosen_id())
        ),
    )
    tone, line = _release_told(outcome, request.t)
    return await _page_after(request, ports, tone, line)


def _claim_told(outcome: AssignOutcome, request: Request, t: Translator) -> tuple[Tone, str]:
    match outcome:
        case Assigned():
            return Tone.SAVED, told.claimed(outcome, t)
        case WatchedAlready():
            sentence = told.watched_by(outcome, request.member_id, t)
        case NotAssigned():
            sentence = told.hindered(outcome, t)
        case _:
            assert_never(outcome)
    return Tone.ATTENTION, f"{Tone.ATTENTION.icon} {sentence}"


def _release_told(outcome: ReleaseOutcome, t: Translator) -> tuple[Tone, str]:
    match outcome:
        case Released():
            return Tone.UNDONE, told.released_own(outcome, t)
        case NotWatched():
            sentence = t("assign.not_watched.text")
        case NotYourAssignment():
            sentence = told.not_your_assignment(outcome, t)
        case _:
            assert_never(outcome)
    return Tone.ATTENTION, f"{Tone.ATTENTION.icon} {sentence}"


async def _page_after(request: ComponentRequest, ports: Ports, tone: Tone, line: str) -> Outcome:
    """Show the page with what was done; what is done is told even if no page can be read now."""
    round_number, number = read_place(request.argument(1))
    try:
        shown = await _page(
            request,
            ports,
            event_id=EventId(request.argument(0)),
            round_number=round_number,
            number=number,
            happened=line,
            tone=tone,
        )
    except StorageUnavailable:
        shown = notice(tone, request.t("coverage.unread"), line)
    if isinstance(shown, Refused):
        return shown
    update = UpdateMessage(reply=shown)
    return Refused(response=update) if tone is Tone.ATTENTION else update


async def _page(  # noqa: PLR0913 - which page, and what was done before it
    request: Request,
    ports: Ports,
    *,
    event_id: EventId | None,
    round_number: int | None,
    number: int = 0,
    happened: str | None = None,
    tone: Tone = Tone.COUNTED,
) -> Reply | Refused:
    outcome = await ports.calls.read(
        request.guild_id, ReadCoverage(event_id=event_id, round_number=round_number)
    )
    match outcome:
        case Coverage():
            page = CoveragePage(
                found=outcome,
                # Thousands of players against a team: a moment of the processor.
                in_order=await asyncio.to_thread(watched_first, outcome.players, outcome.team),
                number=number,
                reader_id=request.member_id,
                may_claim=request.role >= Role.SCOUT,
                picture=await _draw(outcome, request, ports),
                happened=happened,
                tone=tone,
            )
            return coverage_page(page, request.t)
        case RoundUnknown():
            return Refused(response=round_unknown(round_number or 0, outcome, request.t))
        case EventUnknown():
            return Refused(response=event_unknown(request.t))
        case NoActiveEvent():
            return Refused(response=no_event_to_cover(request.t))
        case _:
            assert_never(outcome)


async def _draw(found: Coverage, request: Request, ports: Ports) -> bytes | None:
    """Return the map; None when nobody plays, or there is no time or room for it."""
    shown = await asyncio.to_thread(field_map, found, request.t)
    picture = None if shown is None else await ports.charts.draw(shown)
    fits = picture is not None and len(picture) <= request.attachment_size_limit
    return picture if fits else None


FEATURE: Final = Feature(
    commands=(
        Command(path="coverage", handler=show_coverage, options=(_ROUND,), role=Role.READER),
    ),
    components=(
        Component(verb=TURN_COVERAGE, handler=turn_page, role=Role.READER),
        Component(verb=CLAIM, handler=claim, role=Role.SCOUT, effect=Effect.ASSIGNMENT),
        Component(verb=RELEASE_OWN, handler=release_own, role=Role.SCOUT, effect=Effect.ASSIGNMENT),
    ),
)
