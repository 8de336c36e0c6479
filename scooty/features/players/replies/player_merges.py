"""What ``/player merge`` answers: what a merge would do, what it did, and the way back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button, Select, SelectOption
from scooty.core.text.custom_ids import Verb
from scooty.core.text.limits import SELECT_LABEL, SELECT_OPTIONS
from scooty.core.text.notices import notice, shown
from scooty.core.text.previews import cancel_button
from scooty.core.text.sightings import CONFIDENCE_WORDS
from scooty.core.text.style import Tone, person, relative_time
from scooty.domain.consensus import Known, derive_consensus
from scooty.domain.names import name_key
from scooty.domain.text import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.players.calls.player_merges import (
        BothLinked,
        BothSeated,
        EventTogether,
        LaterMerge,
        Merged,
        MergePreview,
        MergeSide,
        MergeUndone,
        SeenOf,
        StandingMerge,
    )

MERGE_PLAYERS = Verb("player", "merge")
"""Arguments: the id of the player who is kept, the id of the one who is merged."""
CANCEL = Verb("player", "cancel")
UNDO_MERGE = Verb("player", "undo-merge")
"""Arguments: the merge's id."""
LIST_MERGES = Verb("player", "merges")
CHOOSE_MERGE = Verb("player", "choose-merge")
"""A select whose values are merges' ids."""

_KEYS_SHOWN: Final = 10
_EVENTS_SHOWN: Final = 6
_ARCHETYPES_SHOWN: Final = 3


def merge_preview(preview: MergePreview, t: Translator) -> Reply:
    """Show what a merge would bring together, and ask whether it shall be done."""
    kept, merged = preview.kept, preview.merged
    lines = [
        f"• {t('player.merge.kept', name=_name(kept))} {_figures(kept, t)}",
        f"• {t('player.merge.merged', name=_name(merged))} {_figures(merged, t)}",
    ]
    known = [event for event in preview.events if event.seen]
    lines += [_event(event, preview, t) for event in known[:_EVENTS_SHOWN]]
    left_out = merged.event_count - min(len(preview.events), _EVENTS_SHOWN)
    if len(known) > _EVENTS_SHOWN or merged.event_count > len(preview.events):
        lines.append(t.plural("player.merge.more_events", left_out))
    lines.append(f"\n{t('player.merge.nothing_yet')}")
    buttons = (
        Button(
            label=t("player.merge.confirm"),
            custom_id=MERGE_PLAYERS(kept.player_id, merged.player_id),
            style="primary",
        ),
        cancel_button(CANCEL(), t),
    )
    title = t("player.merge.title", merged=_name(merged), kept=_name(kept))
    return notice(Tone.ATTENTION, title, "\n".join(lines), components=buttons)


def _name(side: MergeSide) -> str:
    return shown(clean(side.name), 60)


def _figures(side: MergeSide, t: Translator) -> str:
    reports = t.plural("player.reports", side.report_count)
    events = t.plural("player.events", side.event_count)
    others = [key for key in side.name_keys if key != name_key(side.name)]
    if not others:
        return f"{reports}, {events}."
    keys = ", ".join(shown(key, 40) for key in others[:_KEYS_SHOWN])
    if len(others) > _KEYS_SHOWN:
        keys += " …"
    return f"{reports}, {events}. {t('player.found_as', names=keys)}"


def _event(event: EventTogether, preview: MergePreview, t: Translator) -> str:
    """Say what each was known for, and what all reports together come to."""
    seen_of = {
        side.player_id: [one for one in event.seen if one.player_id == side.player_id]
        for side in (preview.kept, preview.merged)
    }
    parts = [_archetypes(seen) for seen in seen_of.values() if seen]
    together = _together(event.seen, t)
    seen = f"{' + '.join(parts)} → {together}"
    return t("player.merge.event", event=shown(clean(event.name), 60), seen=seen)


def _archetypes(seen: Sequence[SeenOf]) -> str:
    counted = Counter(one.archetype for one in seen).most_common()
    named = [f"{shown(name, 40)} ×{count}" for name, count in counted[:_ARCHETYPES_SHOWN]]  # noqa: RUF001 - a multiplication sign
    return ", ".join(named) + (" …" if len(counted) > _ARCHETYPES_SHOWN else "")


def _together(seen: Sequence[SeenOf], t: Translator) -> str:
    consensus = derive_consensus(seen)
    assert isinstance(consensus, Known)  # noqa: S101 - there is at least one report
    best = next(one.archetype for one in seen if one.archetype_id == consensus.best.archetype_id)
    doubt = f" {Tone.ATTENTION.icon}" if consensus.conflicts else ""
    return f"**{shown(best, 60)}** ({t(CONFIDENCE_WORDS[consensus.confidence])}){doubt}"


def players_merged(merged: Merged, t: Translator) -> Reply:
    """Say what changed hands, with a way back."""
    text = t(
        "player.merged.text",
        merged=shown(clean(merged.merged)),
        kept=shown(clean(merged.kept)),
        reports=t.plural("player.reports", merged.reports),
        events=t.plural("player.events", merged.events),
    )
    undo = Button(
        label=t("player.merged.undo"),
        custom_id=UNDO_MERGE(merged.merge_id),
        emoji=Tone.UNDONE.icon,
    )
    return notice(Tone.SAVED, t("player.merged.title"), text, components=(undo,))


def both_seated(both: BothSeated, t: Translator) -> Reply:
    """Say that the two are two people, as both sit in one round."""
    text = t(
        "player.two_people.seated",
        merged=shown(clean(both.merged), 60),
        kept=shown(clean(both.kept), 60),
        event=shown(clean(both.event), 60),
        round=both.round,
    )
    return notice(Tone.REFUSED, t("player.two_people.title"), text)


def both_linked(both: BothLinked, t: Translator) -> Reply:
    """Say that two members are linked to the two."""
    merged, kept = shown(clean(both.merged), 60), shown(clean(both.kept), 60)
    text = t("player.two_people.linked", merged=merged, kept=kept)
    return notice(Tone.REFUSED, t("player.two_people.title"), text)


def same_player(t: Translator) -> Reply:
    """Say that both names mean one player."""
    return notice(Tone.REFUSED, t("player.same.title"), t("player.same.text"))


def merge_undone(undone: MergeUndone, t: Translator) -> Reply:
    """Say that they are two again."""
    text = t(
        "player.unmerged.text",
        merged=shown(clean(undone.merged)),
        kept=shown(clean(undone.kept)),
    )
    return notice(Tone.UNDONE, t("player.unmerged.title"), text)


def later_merge(later: LaterMerge, t: Translator) -> Reply:
    """Say which merge has to be undone first, and offer it."""
    text = t(
        "player.later_merge.text",
        merged=shown(clean(later.merged)),
        kept=shown(clean(later.kept)),
    )
    undo = Button(
        label=t("player.later_merge.undo"),
        custom_id=UNDO_MERGE(later.merge_id),
        emoji=Tone.UNDONE.icon,
    )
    return notice(Tone.REFUSED, t("player.later_merge.title"), text, components=(undo,))


def merge_gone(t: Translator) -> Reply:
    """Say that there was nothing left to undo."""
    return notice(Tone.UNDONE, t("player.merge_gone.title"), t("player.merge_gone.text"))


def merges_listed(merges: Sequence[StandingMerge], t: Translator) -> Reply:
    """List the merges that stand, with a select to undo one."""
    if not merges:
        return notice(Tone.KNOWN, t("player.merges.title"), t("player.merges.none"))
    lines = [
        f"• {shown(clean(each.merged), 50)} → **{shown(clean(each.kept), 50)}**"
        f" · {person(each.merged_by, t)} · {relative_time(each.merged_at)}"
        for each in merges[:SELECT_OPTIONS]
    ]
    options = tuple(
        SelectOption(
            label=shorten(
                f"{shorten(clean(each.merged), 48)} → {shorten(clean(each.kept), 48)}", SELECT_LABEL
            ),
            value=str(each.merge_id),
            description=t.plural("player.reports", each.reports),
        )
        for each in merges[:SELECT_OPTIONS]
    )
    select = Select(
        custom_id=CHOOSE_MERGE(), options=options, placeholder=t("player.merges.placeholder")
    )
    return notice(Tone.KNOWN, t("player.merges.title"), "\n".join(lines), components=(select,))
