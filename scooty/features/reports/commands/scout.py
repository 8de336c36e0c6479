"""``/scout opponent archetype [comment] [round] [source] [confidence]``: store a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.inputs import ARCHETYPE, COMMENT, OPPONENT
from scooty.core.requests import Refused
from scooty.core.storage.port import NoActiveEvent
from scooty.core.suggestions import SuggestArchetypes, SuggestOpponents
from scooty.core.text import choices
from scooty.core.text.custom_ids import PICK_ARCHETYPE, UNDO_REPORT
from scooty.core.text.problems import Effect
from scooty.domain.ids import ArchetypeId, ReportId, RequestId
from scooty.domain.roles import Role
from scooty.features.reports.calls.recording import (
    ArchetypeUnknown,
    DraftGone,
    NotYourReport,
    RecordDraft,
    RecordReport,
    ReportGone,
    ReportQueued,
    ReportRecorded,
    ReportUndone,
    UndoQueued,
    UndoReport,
)
from scooty.features.reports.commands import sightings
from scooty.features.reports.replies import queued, reports

if TYPE_CHECKING:
    from actors.discord_gateway.replies import OfferChoices
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, TypingRequest


async def scout(request: CommandRequest, ports: Ports) -> Outcome:
    """Store a report, and show the player's card; or offer what an unknown archetype may mean."""
    opponent = OPPONENT.read(request)
    archetype = ARCHETYPE.read(request)
    comment = COMMENT.read(request) or None
    sighting = sightings.read_sighting(request)
    outcome = await ports.calls.write(
        request.caller,
        RecordReport(
            reporter_id=request.member_id,
            reporter_name=request.member_name,
            opponent=opponent,
            archetype=archetype,
            comment=comment,
            sighting=sighting,
        ),
    )
    match outcome:
        case ReportRecorded():
            return reports.report_recorded(outcome, request.t, reader_id=request.member_id)
        case ReportQueued():
            return queued.report_queued(outcome, request.t)
        case ArchetypeUnknown():
            offer = reports.archetype_unknown(
                outcome, archetype, request.t, asked_at=request.received_at
            )
            return Refused(response=offer)
        case NoActiveEvent():
            return Refused(response=reports.no_event_to_report_to(request.t))
        case _:
            assert_never(outcome)


async def suggest_opponents(request: TypingRequest, ports: Ports) -> OfferChoices:
    """Offer the players already reported, with the warning that they were."""
    found = await ports.suggest(request.guild_id, SuggestOpponents(text=request.text))
    return choices.opponent_choices(found, request.t)


async def suggest_archetypes(request: TypingRequest, ports: Ports) -> OfferChoices:
    """Offer archetypes that fit what is typed."""
    found = await ports.suggest(request.guild_id, SuggestArchetypes(text=request.text))
    return choices.archetype_choices(found, request.t)


async def pick_archetype(request: ComponentRequest, ports: Ports) -> Outcome:
    """Store the draft of an unknown archetype with the one that was meant."""
    outcome = await ports.calls.write(
        request.caller,
        RecordDraft(
            draft_id=RequestId(request.argument(0)),
            archetype_id=ArchetypeId(request.argument(1)),
            reporter_id=request.member_id,
        ),
    )
    match outcome:
        case ReportRecorded():
            recorded = reports.report_recorded(outcome, request.t, reader_id=request.member_id)
            return UpdateMessage(reply=recorded)
        case ReportQueued():
            return UpdateMessage(reply=queued.report_queued(outcome, request.t))
        case DraftGone():
            return Refused(response=UpdateMessage(reply=reports.draft_gone(request.t)))
        case NoActiveEvent():
            return Refused(response=reports.no_event_to_report_to(request.t))
        case _:
            assert_never(outcome)


async def undo(request: ComponentRequest, ports: Ports) -> Outcome:
    """Withdraw the report under whose card the button is."""
    outcome = await ports.calls.write(
        request.caller,
        UndoReport(report_id=ReportId(request.argument(0)), member_id=request.member_id),
    )
    match outcome:
        case ReportUndone():
            return UpdateMessage(reply=reports.report_undone(outcome, request.t))
        case UndoQueued():
            return UpdateMessage(reply=queued.undo_queued(request.t))
        case ReportGone():
            return Refused(response=UpdateMessage(reply=reports.report_gone(request.t)))
        case NotYourReport():
            return Refused(response=reports.not_your_report(request.t))
        case _:
            assert_never(outcome)


FEATURE: Final = Feature(
    waiting=(RecordReport, RecordDraft, UndoReport),
    commands=(
        Command(
            path="scout",
            handler=scout,
            options=(
                OPPONENT,
                ARCHETYPE,
                COMMENT,
                *sightings.OPTIONS,
            ),
            role=Role.SCOUT,
            autocompleters={OPPONENT.name: suggest_opponents, ARCHETYPE.name: suggest_archetypes},
            effect=Effect.REPORT,
        ),
    ),
    components=(
        Component(
            verb=PICK_ARCHETYPE, handler=pick_archetype, role=Role.SCOUT, effect=Effect.REPORT
        ),
        Component(verb=UNDO_REPORT, handler=undo, role=Role.SCOUT, effect=Effect.UNDO),
    ),
)
