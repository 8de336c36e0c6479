"""What ``/archetype merge`` shows before it does anything, and afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button
from scooty.core.text.custom_ids import Verb
from scooty.core.text.notices import notice, shown
from scooty.core.text.previews import cancel_button
from scooty.core.text.style import Tone
from scooty.features.archetypes.replies.archetypes import headline

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.archetypes.calls import ArchetypesMerged, MergePreview

CONFIRM_MERGE: Final = Verb("archetype", "merge")
"""Arguments: the id of the archetype that goes, the id of the one that stays."""
CANCEL_MERGE: Final = Verb("archetype", "keep")
"""No arguments."""

_NAMES_SHOWN: Final = 400


def merge_preview(preview: MergePreview, t: Translator) -> Reply:
    """Show what would change hands, and ask."""
    names = shown(", ".join(preview.merged.name_keys), _NAMES_SHOWN)
    lines = (
        f"{headline(preview.merged)} → {headline(preview.kept)}",
        "",
        _extent(preview, t),
        t("archetype.merge.names", names=names, archetype=shown(preview.kept.name)),
        t("archetype.merge.retires", archetype=shown(preview.merged.name)),
        t("archetype.merge.for_good"),
    )
    buttons = (
        Button(
            label=t("archetype.merge.confirm"),
            custom_id=CONFIRM_MERGE(preview.merged.id, preview.kept.id),
            style="danger",
        ),
        cancel_button(CANCEL_MERGE(), t),
    )
    title = t(
        "archetype.merge.title",
        merged=shown(preview.merged.name),
        kept=shown(preview.kept.name),
    )
    return notice(Tone.ATTENTION, title, "\n".join(lines), components=buttons)


def archetypes_merged(merged: ArchetypesMerged, t: Translator) -> Reply:
    """Say what changed hands."""
    title = t("archetype.merged", merged=shown(merged.merged), kept=shown(merged.kept.name))
    text = f"{headline(merged.kept)}\n{_extent(merged, t)}"
    return notice(Tone.SAVED, title, text)


def _extent(of: MergePreview | ArchetypesMerged, t: Translator) -> str:
    return t(
        "archetype.merge.extent",
        reports=t.plural("choice.reports", of.reports),
        players=t.plural("archetype.merge.players", of.players),
        events=t.plural("archetype.merge.events", of.events),
    )


def merge_stale(t: Translator) -> Reply:
    """Say that the preview is out of date."""
    return notice(Tone.REFUSED, t("archetype.merge.stale"), t("archetype.merge.stale.text"))


def same_archetype(name: str, t: Translator) -> Reply:
    """Say that both names lead to one archetype."""
    title = t("archetype.merge.same", archetype=shown(name))
    return notice(Tone.REFUSED, title, t("archetype.merge.unchanged"))
