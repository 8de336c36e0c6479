"""A player's card: the deck, what contradicts it, and who saw what, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.domain.text import clean, length, shorten
from scooty.rendering.limits import EMBED_DESCRIPTION
from scooty.rendering.notices import NAME_SHOWN, dated, fit_lines, notice, shown
from scooty.rendering.queued import queued_line
from scooty.rendering.sightings import circumstances
from scooty.rendering.style import Tone, mana, person, relative_time

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Button, Reply
    from scooty.i18n import Translator
    from scooty.storage.port import PlayerCard, Report

__all__ = ["player_card"]

_NEWEST_COMMENT = 500
_OLDER_COMMENT = 120
"""Older comments are cut shorter: the card is read on a phone, in the minutes before a match."""
_CONFLICTS_SHOWN = 4
_QUEUED_SHOWN = 2
_OLDER_LINE = 80
"""Room kept for the line that counts the reports left out, and the breaks around it."""


def player_card(  # noqa: PLR0913 - the parts of a card, two of them optional
    card: PlayerCard,
    t: Translator,
    *,
    tone: Tone,
    title: str,
    differs_from: str | None = None,
    components: tuple[Button, ...] = (),
) -> Reply:
    """Show what the team knows of a player.

    Args:
        card: As storage knows it; its title is built by the caller, who knows the occasion.
        t: The reader's language.
        tone: The occasion: saved, looked up, or looked up with a conflict.
        title: With the player's name in it, already escaped.
        differs_from: The archetype known before, when the newest report contradicts it.
        components: Buttons below.
    """
    queued = [queued_line(report, t) for report in card.queued[:_QUEUED_SHOWN]]
    head = dated(
        "\n".join((_deck(card), *queued, *_warnings(card, t, differs_from))), card.as_of, t
    )
    room = EMBED_DESCRIPTION - length(head) - _OLDER_LINE
    reports = [_report(report, t, newest=index == 0) for index, report in enumerate(card.reports)]
    listed, count = fit_lines(reports, room)
    older = card.report_count - count
    tail = t.plural("card.older", older) if older > 0 else ""
    footer = t("card.footer", event=shorten(clean(card.event.name), NAME_SHOWN))
    text = f"{head}\n\n{listed}\n{tail}".rstrip()
    return notice(tone, title, text, footer=footer, components=components)


def _deck(card: PlayerCard) -> str:
    return f"**{shown(card.archetype)}** {mana(card.colours)}"


def _warnings(card: PlayerCard, t: Translator, differs_from: str | None) -> list[str]:
    icon = Tone.ATTENTION.icon
    warnings = []
    if differs_from is not None:
        warnings.append(f"{icon} {t('card.differs', archetype=shown(differs_from))}")
    others = [other for other in card.conflicting_archetypes if other != differs_from]
    if others:
        named = ", ".join(shown(other) for other in others[:_CONFLICTS_SHOWN])
        more = " …" if len(others) > _CONFLICTS_SHOWN else ""
        warnings.append(f"{icon} {t('card.conflict', archetypes=named + more)}")
    return warnings


def _report(report: Report, t: Translator, *, newest: bool) -> str:
    who, when = person(report.reporter_id, t), relative_time(report.reported_at)
    parts = (shown(report.archetype), *circumstances(report.sighting, t), who, when)
    line = f"• {' · '.join(parts)}"
    comment = clean(report.comment or "")
    if not comment:
        return line
    return f"{line}\n> {shown(comment, _NEWEST_COMMENT if newest else _OLDER_COMMENT)}"
