"""What people are told of a write that had been queued and was refused in the end.

They were told that it was safe, so they are told what it was, that it is not saved, and what to do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias, assert_never

from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.event_changes import event_name_taken
from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone, relative_time
from scooty.core.waiting import NotAccepted, QueuedReport
from scooty.domain.text import clean
from scooty.features.events.calls import EventNameTaken, EventQueued
from scooty.features.reports.calls.recording import (
    ArchetypeUnknown,
    DraftGone,
    NotYourReport,
    ReportQueued,
    UndoQueued,
)
from scooty.features.reports.replies import reports

if TYPE_CHECKING:
    from datetime import datetime

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator

Refusal: TypeAlias = (
    NoActiveEvent | ArchetypeUnknown | DraftGone | NotYourReport | EventNameTaken | NotAccepted
)
_Promise: TypeAlias = ReportQueued | UndoQueued | EventQueued


def queued_write_refused(  # noqa: PLR0913 - all that makes one sentence, by name
    promise: _Promise,
    refusal: Refusal,
    t: Translator,
    *,
    promised_at: datetime,
    refused_at: datetime,
    elsewhere: bool = False,
    channel_id: int | None = None,
) -> Reply:
    """Say that what was promised is not done after all, and what to do.

    Args:
        promise: What the person was told.
        refusal: What the database answered when it was back.
        t: The person's language.
        promised_at: When they were told.
        refused_at: When it was refused; an offer of archetypes counts from then.
        elsewhere: It is read outside of the server, where buttons do not work.
        channel_id: Where they asked, to be named elsewhere.
    """
    body = _reason(promise, refusal, t, refused_at=refused_at, buttons=not elsewhere)
    lines = [_about(promise, t, relative_time(promised_at))]
    if elsewhere and channel_id is not None:
        lines.append(t("refused.where", channel=f"<#{channel_id}>"))
    embed = body.embeds[0]
    text = "\n".join((*lines, embed.description or ""))
    return replace(body, embeds=(replace(embed, description=text),))


def refused_in_public(t: Translator) -> Reply:
    """Say where all can read it that something was refused, and nothing of what it was."""
    public = notice(Tone.REFUSED, t("refused.title"), t("refused.public"))
    return replace(public, ephemeral=False)


def _about(promise: _Promise, t: Translator, when: str) -> str:
    match promise:
        case ReportQueued(report=QueuedReport() as report):
            player, archetype = shown(clean(report.opponent)), shown(clean(report.archetype))
            return t("refused.report", archetype=archetype, player=player, when=when)
        case ReportQueued():
            return t("refused.draft", when=when)
        case UndoQueued():
            return t("refused.undo", when=when)
        case EventQueued(name=name):
            return t("refused.event", event=shown(clean(name)), when=when)
        case _:
            assert_never(promise)


def _reason(
    promise: _Promise, refusal: Refusal, t: Translator, *, refused_at: datetime, buttons: bool
) -> Reply:
    match refusal:
        case ArchetypeUnknown():
            return _unknown_archetype(promise, refusal, t, refused_at if buttons else None)
        case NoActiveEvent():
            return reports.no_event_to_report_to(t)
        case DraftGone():
            return reports.draft_gone(t)
        case NotYourReport():
            return reports.not_your_report(t)
        case EventNameTaken():
            return event_name_taken(refusal.event, t)
        case NotAccepted(reference=reference):
            text = t("refused.not_accepted", id=reference)
            return notice(Tone.FAILED, t("refused.title"), text)
        case _:
            assert_never(refusal)


def _unknown_archetype(
    promise: _Promise, unknown: ArchetypeUnknown, t: Translator, offered_at: datetime | None
) -> Reply:
    """Offer the nearest archetypes as buttons, unless buttons would not work (None)."""
    report = promise.report if isinstance(promise, ReportQueued) else None
    typed = "" if report is None else report.archetype
    if offered_at is not None and unknown.nearest:
        return reports.archetype_unknown(unknown, typed, t, asked_at=offered_at)
    text = t("refused.unknown_archetype", typed=shown(clean(typed)))
    return notice(Tone.REFUSED, t("scout.unknown.title"), text)
