"""What ``/scout`` and its buttons answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Button
from scooty.core.text.custom_ids import KEEP_BOTH, PICK_ARCHETYPE, REPLACE_MINE, UNDO_REPORT
from scooty.core.text.limits import BUTTON_LABEL
from scooty.core.text.notices import notice, shown
from scooty.core.text.player_card import player_card
from scooty.core.text.style import Tone, mana, person, relative_time
from scooty.domain.text import clean, shorten
from scooty.features.reports.replies.report_ids import edit_buttons

if TYPE_CHECKING:
    from datetime import datetime

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.storage.player_card import PlayerCard
    from scooty.domain.ids import MemberId, ReportId
    from scooty.features.reports.calls.recording import (
        ArchetypeUnknown,
        ReportRecorded,
        ReportUndone,
    )
    from scooty.features.reports.calls.replacing import Replaced

DRAFT_KEPT_FOR = timedelta(minutes=15)
"""As long as Discord lets the message with the buttons be answered."""


def report_recorded(
    recorded: ReportRecorded, t: Translator, *, reader_id: MemberId | None = None
) -> Reply:
    """Show the player's card with the new report in it, and a way back.

    When it differs from what was known, the way back is one of three that its reporter has. Whose
    assignment it has done is said above.
    """
    differs_from = None
    buttons = _after_saving(recorded.report_id, t)
    before = recorded.differs_from
    if before is not None:
        differs_from = before.report_id, before.archetype
        buttons = _ways_out(recorded, t)
    card = player_card(
        recorded.card,
        t,
        tone=Tone.SAVED,
        title=t("scout.saved", player=shown(clean(recorded.card.name))),
        differs_from=differs_from,
        components=buttons,
    )
    if recorded.watch_ended_of is None:
        return card
    return replace(card, content=_watch_ended(recorded.watch_ended_of, reader_id, t))


def _watch_ended(watcher_id: MemberId, reader_id: MemberId | None, t: Translator) -> str:
    """Say whose assignment the report has done."""
    if watcher_id == reader_id:
        return t("assign.ended.yours")
    return t("assign.ended", member=person(watcher_id, t))


def report_kept(report_id: ReportId, card: PlayerCard, t: Translator) -> Reply:
    """Show the card on which a report stands beside those that it contradicts."""
    title = t("scout.kept", player=shown(clean(card.name)))
    return _saved_card(report_id, card, title, t)


def report_replaced(replaced: Replaced, t: Translator) -> Reply:
    """Show the card without the reporter's earlier reports that named another archetype."""
    card = replaced.card
    title = t.plural("scout.replaced", replaced.withdrawn, player=shown(clean(card.name)))
    return _saved_card(replaced.report_id, card, title, t)


def _saved_card(report_id: ReportId, card: PlayerCard, title: str, t: Translator) -> Reply:
    buttons = _after_saving(report_id, t)
    return player_card(card, t, tone=Tone.SAVED, title=title, components=buttons)


def _after_saving(report_id: ReportId, t: Translator) -> tuple[Button, ...]:
    undo = Button(label=t("scout.undo"), custom_id=UNDO_REPORT(report_id), emoji=Tone.UNDONE.icon)
    return (undo, *edit_buttons(report_id, t))


def _ways_out(recorded: ReportRecorded, t: Translator) -> tuple[Button, ...]:
    report_id = recorded.report_id
    return (
        Button(
            label=t("scout.replace_mine"),
            custom_id=REPLACE_MINE(report_id),
            style="primary",
            disabled=not _contradicts_own(recorded),
        ),
        Button(label=t("scout.keep_both"), custom_id=KEEP_BOTH(report_id)),
        Button(label=t("preview.cancel"), custom_id=UNDO_REPORT(report_id), style="danger"),
        *edit_buttons(report_id, t),
    )


def _contradicts_own(recorded: ReportRecorded) -> bool:
    """Tell whether its reporter reported another archetype before."""
    counted = {each.observation.report_id: each.observation for each in recorded.card.counted}
    new = counted.get(recorded.report_id)
    return new is not None and any(
        each.reporter_id == new.reporter_id and each.archetype_id != new.archetype_id
        for each in counted.values()
    )


def archetype_unknown(
    unknown: ArchetypeUnknown, typed: str, t: Translator, *, asked_at: datetime
) -> Reply:
    """Say that nothing was saved, and offer the nearest archetypes as buttons."""
    title = t("scout.unknown.title")
    if not unknown.nearest:
        return notice(Tone.REFUSED, title, t("scout.unknown.nothing_near", typed=shown(typed)))
    until = relative_time(asked_at + DRAFT_KEPT_FOR)
    if unknown.retired is None:
        text = t("scout.unknown.pick_one", typed=shown(typed), until=until)
    else:
        title = t("archetype.retired.title")
        text = t("archetype.retired.pick_one", archetype=shown(unknown.retired), until=until)
    buttons = tuple(
        Button(
            label=shorten(f"{near.name} {mana(near.colours)}", BUTTON_LABEL),
            custom_id=PICK_ARCHETYPE(unknown.draft_id, near.id),
            style="primary",
        )
        for near in unknown.nearest
    )
    return notice(Tone.REFUSED, title, text, components=buttons)


def draft_gone(t: Translator) -> Reply:
    """Say that the button came too late for what it would have saved."""
    return notice(Tone.REFUSED, t("scout.draft_gone.title"), t("scout.draft_gone.text"))


def no_event_to_report_to(t: Translator) -> Reply:
    """Say that a report needs an event, and how one comes to be."""
    return notice(Tone.REFUSED, t("scout.no_event.title"), t("scout.no_event.text"))


def report_undone(undone: ReportUndone, t: Translator) -> Reply:
    """Say what no longer counts."""
    text = t(
        "scout.undone.text",
        player=shown(clean(undone.player_name)),
        archetype=shown(undone.archetype),
    )
    return notice(Tone.UNDONE, t("scout.undone.title"), text)


def report_gone(t: Translator) -> Reply:
    """Say that there was nothing left to undo."""
    return notice(Tone.UNDONE, t("scout.gone.title"), t("scout.gone.text"))


def not_your_report(t: Translator) -> Reply:
    """Say whose report it is not."""
    return notice(Tone.REFUSED, t("scout.not_yours.title"), t("scout.not_yours.text"))
