"""What ``/standings import`` shows: the preview of standings, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import ActionRow, Button
from scooty.core.text.custom_ids import Verb
from scooty.core.text.notices import notice, shown
from scooty.core.text.previews import cancel_button
from scooty.core.text.style import Tone, relative_time
from scooty.domain.text import clean
from scooty.features.pairings.replies.round_files import (
    RoundFileVerbs,
    counted_lines,
    preview_text,
    skipped_lines,
)
from scooty.features.players.replies.likely_players import likely_lines, likely_select

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.pairings.calls.round_files import RoundFileKept, StandingsApplied

STANDINGS: Final = RoundFileVerbs.of("standings")
APPLY_STANDINGS: Final = Verb("standings", "apply")
"""Arguments: the id of the request that kept the standings."""


def standings_preview(kept: RoundFileKept, t: Translator) -> Reply:
    """Show what it would do to apply standings."""
    summary = t(
        "standings.summary",
        players=t.plural("round_file.players", kept.counts.players),
        teammates=t.plural("round_file.teammates", kept.counts.teammates),
        skipped=t.plural("round_file.skipped", kept.skipped_count),
    )
    lines = [
        summary,
        *counted_lines(kept.counts, t)[1:],
        *skipped_lines(kept.skipped, kept.skipped_count, t),
        *likely_lines(kept.likely, kept.likely_count, kept.chosen, t),
    ]
    last = t("player.import.nothing_yet", when=relative_time(kept.expires_at))
    if kept.is_there:
        last = f"{t('standings.there')}\n{last}"
    title = t("standings.title", event=shown(clean(kept.event)))
    buttons = (
        Button(
            label=t("player.import.apply"),
            custom_id=APPLY_STANDINGS(kept.import_id),
            style="primary",
        ),
        Button(label=t("round_file.more"), custom_id=STANDINGS.more(kept.import_id)),
        cancel_button(STANDINGS.drop(kept.import_id), t),
    )
    rows = [ActionRow(components=buttons)]
    if kept.likely:
        select = likely_select(STANDINGS.same(kept.import_id), kept.likely, kept.chosen, t)
        rows.insert(0, ActionRow(components=(select,)))
    return replace(notice(Tone.ATTENTION, title, preview_text(lines, last, t)), rows=tuple(rows))


def standings_applied(applied: StandingsApplied, t: Translator) -> Reply:
    """Say that standings are stored."""
    event = shown(clean(applied.event))
    text = t.plural("standings.applied.text", applied.players, event=event)
    lines = (text, *counted_lines(applied, t)[1:])
    return notice(Tone.SAVED, t("standings.applied.title"), "\n".join(lines))
