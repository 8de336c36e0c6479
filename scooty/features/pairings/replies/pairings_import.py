"""What ``/pairings import`` shows: the preview of a round, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import ActionRow, Button, ShowModal, TextInput
from scooty.core.text.custom_ids import Verb
from scooty.core.text.notices import notice, shown
from scooty.core.text.previews import cancel_button
from scooty.core.text.style import Tone, relative_time
from scooty.domain.text import clean
from scooty.features.briefs.replies.round_brief import brief_button
from scooty.features.pairings.calls.round_files import RoundFrom
from scooty.features.pairings.replies.round_files import (
    RoundFileVerbs,
    counted_lines,
    listed_rounds,
    preview_text,
    skipped_lines,
)
from scooty.features.players.replies.likely_players import likely_lines, likely_select

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.ids import RequestId
    from scooty.features.pairings.calls.round_files import PairingsApplied, RoundFileKept

PAIRINGS: Final = RoundFileVerbs.of("pairings")
APPLY_ROUND: Final = Verb("pairings", "apply")
"""Arguments: the id of the request that kept the pairings."""
REPLACE_ROUND: Final = Verb("pairings", "replace")
"""Arguments: the id of the request that kept the pairings."""
MERGE_ROUND: Final = Verb("pairings", "merge")
"""Arguments: the id of the request that kept the pairings."""
NUMBER_ROUND: Final = Verb("pairings", "round")
"""Arguments: the id of the request that kept the pairings. Opens the form."""
NUMBER_FORM: Final = Verb("pairings", "number")
"""Arguments: the id of the request that kept the pairings. A form."""
ROUND_FIELD: Final = "round"
"""The form's field."""


def pairings_preview(kept: RoundFileKept, t: Translator) -> Reply:
    """Show what it would do to apply a round, and ask what is not certain."""
    number = kept.number or 0
    lines = [
        _summary(kept, t),
        *counted_lines(kept.counts, t),
        *_round_lines(kept, t),
        *skipped_lines(kept.skipped, kept.skipped_count, t),
        *likely_lines(kept.likely, kept.likely_count, kept.chosen, t),
    ]
    last = t("player.import.nothing_yet", when=relative_time(kept.expires_at))
    if kept.is_there:
        last = f"{t('pairings.there', round=number)}\n{last}"
    title = t("pairings.title", round=number, event=shown(clean(kept.event)))
    rows = [ActionRow(components=_buttons(kept, t))]
    if kept.likely:
        select = likely_select(PAIRINGS.same(kept.import_id), kept.likely, kept.chosen, t)
        rows.insert(0, ActionRow(components=(select,)))
    return replace(notice(Tone.ATTENTION, title, preview_text(lines, last, t)), rows=tuple(rows))


def _summary(kept: RoundFileKept, t: Translator) -> str:
    return t(
        "pairings.summary",
        round=kept.number or 0,
        tables=t.plural("pairings.tables", kept.counts.tables),
        teammates=t.plural("round_file.teammates", kept.counts.teammates),
        known=t.plural("pairings.known", kept.counts.known),
        skipped=t.plural("round_file.skipped", kept.skipped_count),
    )


def _round_lines(kept: RoundFileKept, t: Translator) -> list[str]:
    """Say how the round is known, where that may be wrong, and what is of other rounds."""
    lines, number = list[str](), kept.number or 0
    if kept.round_from is RoundFrom.PROPOSED:
        lines.append(t("pairings.proposed", round=number))
    elif kept.told and number not in kept.told:
        lines.append(t("pairings.told_otherwise", told=listed_rounds(kept.told), round=number))
    if kept.elsewhere:
        rounds = listed_rounds(kept.told)
        lines.append(t.plural("pairings.elsewhere", kept.elsewhere, rounds=rounds))
    return [f"• {line}" for line in lines]


def _buttons(kept: RoundFileKept, t: Translator) -> tuple[Button, ...]:
    import_id = kept.import_id
    if kept.is_there:
        apply = [
            Button(label=t("pairings.replace"), custom_id=REPLACE_ROUND(import_id), style="danger"),
            Button(label=t("pairings.merge"), custom_id=MERGE_ROUND(import_id), style="primary"),
        ]
    else:
        label = t("player.import.apply")
        apply = [Button(label=label, custom_id=APPLY_ROUND(import_id), style="primary")]
    more = [Button(label=t("round_file.more"), custom_id=PAIRINGS.more(import_id))]
    if kept.round_from in (RoundFrom.PROPOSED, RoundFrom.TOLD):
        more.append(Button(label=t("pairings.number"), custom_id=NUMBER_ROUND(import_id)))
    return (*apply, *more, cancel_button(PAIRINGS.drop(import_id), t))


def round_form(import_id: RequestId, t: Translator) -> ShowModal:
    """Ask which round pairings are of."""
    label = t("pairings.number.label")
    field = TextInput(custom_id=ROUND_FIELD, label=label, min_length=1, max_length=2)
    title = t("pairings.number.title")
    return ShowModal(custom_id=NUMBER_FORM(import_id), title=title, inputs=(field,))


def pairings_applied(
    applied: PairingsApplied, t: Translator, *, announced: str | None = None
) -> Reply:
    """Say that a round is up, and what of it matters to the team.

    Args:
        applied: What was applied.
        t: The reader's language.
        announced: What became of the team's own message; None when there is none to be.
    """
    event = shown(clean(applied.event))
    lines = [
        t.plural("pairings.applied.text", applied.tables, event=event, round=applied.number),
        *counted_lines(applied, t),
    ]
    if applied.teammates:
        known = t.plural("pairings.known", applied.known)
        teammates = t.plural("pairings.applied.teammates", applied.teammates, known=known)
        lines.append(f"• {teammates}")
    if applied.unpaired:
        lines.append(f"• {t.plural('pairings.applied.unpaired', applied.unpaired)}")
    if announced is not None:
        lines.append(announced)
    title = t("pairings.applied.title", round=applied.number)
    brief = brief_button(applied.event_id, applied.number, t)
    return notice(Tone.SAVED, title, "\n".join(lines), components=(brief,))
