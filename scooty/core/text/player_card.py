"""A player's card: the deck, what contradicts it, and who saw what, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Button
from scooty.core.text.card_parts import conflict_lines, deck_line, elsewhere_fields, note_lines
from scooty.core.text.custom_ids import PAGE_REPORTS
from scooty.core.text.limits import EMBED_DESCRIPTION
from scooty.core.text.notices import NAME_SHOWN, dated, fit_lines, notice, shown
from scooty.core.text.queued import queued_line
from scooty.core.text.sightings import circumstances
from scooty.core.text.style import Tone, person, relative_time
from scooty.domain.text import clean, length, shorten

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.storage.player_card import PlayerCard, Report

_NEWEST_COMMENT = 500
_OLDER_COMMENT = 120
"""Older comments are cut shorter: the card is read on a phone, in the minutes before a match."""
_QUEUED_SHOWN = 2
_AROUND_LINES = 160
"""Room kept for the lines that count the reports left out, and the breaks around them."""
_STEP = 10
"""Reports that a card has at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Lines that a card has for an occasion, already escaped."""

    above: tuple[str, ...] = ()
    """Before the deck."""
    below: tuple[str, ...] = ()
    """After what is known of the deck, before the reports."""


_NOTHING_AROUND = Around()


def player_card(  # noqa: PLR0913 - the parts of a card, three of them optional
    card: PlayerCard,
    t: Translator,
    *,
    tone: Tone,
    title: str,
    differs_from: tuple[int, str] | None = None,
    skipped: int = 0,
    around: Around = _NOTHING_AROUND,
    components: tuple[Button, ...] = (),
) -> Reply:
    """Show what the team knows of a player.

    Args:
        card: As storage knows it; its title is built by the caller, who knows the occasion.
        t: The reader's language.
        tone: The occasion: saved, looked up, or looked up with a conflict.
        title: With the player's name in it, already escaped.
        differs_from: When the newest report contradicts what was known before: the report by which
            that was known, and the archetype.
        skipped: How many newer reports are not on this card.
        around: What else there is to say.
        components: Buttons below.
    """
    head, listed, count = _fitted(card, t, differs_from, skipped, around)
    newer = t.plural("card.newer", skipped) if skipped else ""
    older = card.report_count - skipped - count
    tail = t.plural("card.older", older) if older > 0 else ""
    text = "\n".join(filter(None, (newer, listed, tail)))
    return notice(
        tone,
        title,
        f"{head}\n\n{text}".rstrip(),
        fields=elsewhere_fields(card.elsewhere, t),
        footer=t("card.footer", event=shorten(clean(card.event.name), NAME_SHOWN)),
        components=components,
    )


def card_pages(
    card: PlayerCard, t: Translator, *, skipped: int, around: Around = _NOTHING_AROUND
) -> tuple[Button, ...]:
    """Return buttons to the reports that are not on a card; none when all are."""
    _, _, count = _fitted(card, t, None, skipped, around)
    shown_to, anchor = skipped + count, card.counted[0].observation.report_id
    if not skipped and shown_to >= card.report_count:
        return ()
    return (
        Button(
            label=t("card.to_newer"),
            custom_id=PAGE_REPORTS(anchor, max(skipped - _STEP, 0)),
            emoji="◀️",
            disabled=not skipped,
        ),
        Button(
            label=t("card.to_older"),
            custom_id=PAGE_REPORTS(anchor, shown_to),
            emoji="▶️",
            disabled=shown_to >= card.report_count,
        ),
    )


def _fitted(
    card: PlayerCard,
    t: Translator,
    differs_from: tuple[int, str] | None,
    skipped: int,
    around: Around,
) -> tuple[str, str, int]:
    """Return the head, the reports that fit below it, and how many those are."""
    queued = [queued_line(report, t) for report in card.queued[:_QUEUED_SHOWN]]
    warnings = conflict_lines(card, t, differs_from)
    known = (deck_line(card, t), *queued, *warnings, *note_lines(card.notes, t))
    lines = (*around.above, *known, *around.below)
    head = dated("\n".join(lines), card.as_of, t)
    reports = [
        _report(report, t, newest=not skipped and index == 0)
        for index, report in enumerate(card.reports)
    ]
    listed, count = fit_lines(reports, EMBED_DESCRIPTION - length(head) - _AROUND_LINES)
    return head, listed, count


def _report(report: Report, t: Translator, *, newest: bool) -> str:
    who, when = person(report.reporter_id, t), relative_time(report.reported_at)
    parts = (shown(report.archetype), *circumstances(report.sighting, t), who, when)
    line = f"• {' · '.join(parts)}"
    comment = clean(report.comment or "")
    if not comment:
        return line
    return f"{line}\n> {shown(comment, _NEWEST_COMMENT if newest else _OLDER_COMMENT)}"
