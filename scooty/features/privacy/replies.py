"""What ``/privacy`` and its buttons answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button, EmbedField
from scooty.core.text.custom_ids import Verb
from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone, relative_time
from scooty.domain.text import clean

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.privacy.calls import MemberErased, PlayerForgotten, PlayerTraces, Retention

ERASE_ME: Final = Verb("privacy", "erase-me")
"""Erases whoever presses it."""
FORGET_PLAYER: Final = Verb("privacy", "forget")
"""Arguments: the player's id."""
_TOPICS: Final = (
    ("privacy.policy.kept", "privacy.policy.kept.text"),
    ("privacy.policy.time", "privacy.policy.time.text"),
    ("privacy.policy.seen", "privacy.policy.seen.text"),
    ("privacy.policy.erased", "privacy.policy.erased.text"),
)


def policy(t: Translator) -> Reply:
    """Say what is kept, for how long, who sees it, and how to have it erased."""
    fields = tuple(EmbedField(name=t(name), value=t(text)) for name, text in _TOPICS)
    return notice(Tone.KNOWN, t("privacy.policy.title"), fields=fields)


def member_file(t: Translator, *, waiting_unknown: bool) -> Reply:
    """Say what is in the file about the reader; the caller attaches it."""
    text = t("privacy.file.text")
    if waiting_unknown:
        text += f"\n{Tone.ATTENTION.icon} {t('privacy.file.waiting_unknown')}"
    return notice(Tone.KNOWN, t("privacy.file.title"), text)


def member_file_too_big(t: Translator) -> Reply:
    """Say that Discord takes no file of that size here."""
    return notice(Tone.REFUSED, t("privacy.file.too_big.title"), t("privacy.file.too_big.text"))


def ask_to_erase(t: Translator) -> Reply:
    """Say what erasing the reader means, and ask once."""
    button = Button(label=t("privacy.erase.button"), custom_id=ERASE_ME(), style="danger")
    text = t("privacy.erase.text")
    return notice(Tone.ATTENTION, t("privacy.erase.title"), text, components=(button,))


def member_erased(erased: MemberErased, t: Translator) -> Reply:
    """Say what was done."""
    text = "\n".join((t.plural("privacy.erased.reports", erased.reports), t("privacy.erased.text")))
    return notice(Tone.SAVED, t("privacy.erased.title"), text)


def not_erased(t: Translator) -> Reply:
    """Say that what waits for the database could not be cleared, so that nothing was done."""
    return notice(Tone.FAILED, t("problem.not_erased"), t("privacy.waiting_in_the_way"))


def nobody_to_forget(t: Translator) -> Reply:
    """Say that there is no such player."""
    return notice(Tone.REFUSED, t("privacy.nobody.title"), t("privacy.nobody.text"))


def ask_to_forget(traces: PlayerTraces, t: Translator) -> Reply:
    """Show what would go, and ask."""
    counts = (
        ("privacy.forget.reports", traces.reports),
        ("privacy.forget.revisions", traces.revisions),
        ("privacy.forget.spellings", len(traces.name_keys)),
        ("privacy.forget.merged", traces.merged),
        ("privacy.forget.drafts", traces.drafts),
        ("privacy.forget.mentions", traces.mentions),
    )
    lines = [f"• {t.plural(key, count)}" for key, count in counts if count]
    text = "\n".join((t("privacy.forget.text"), *lines, "", t("privacy.forget.for_good")))
    button = Button(
        label=t("privacy.forget.button"),
        custom_id=FORGET_PLAYER(traces.player_id),
        style="danger",
    )
    title = t("privacy.forget.title", player=shown(clean(traces.name)))
    return notice(Tone.ATTENTION, title, text, components=(button,))


def player_forgotten(forgotten: PlayerForgotten, t: Translator) -> Reply:
    """Say what is gone, without the name."""
    lines = [t.plural("privacy.forgotten.reports", forgotten.reports)]
    if forgotten.mentions:
        lines.append(t.plural("privacy.forgotten.mentions", forgotten.mentions))
    return notice(Tone.SAVED, t("privacy.forgotten.title"), "\n".join(lines))


def retention(found: Retention, t: Translator) -> Reply:
    """Say how long events are kept, and which go when."""
    whose = "privacy.retention.chosen" if found.is_chosen else "privacy.retention.usual"
    lines = [
        f"• **{shown(clean(event.name))}** · {relative_time(event.goes_at)}"
        f" · {t.plural('choice.reports', event.reports)}"
        for event in found.events
    ]
    more = found.event_count - len(found.events)
    if more > 0:
        lines.append(t.plural("privacy.retention.more", more))
    listed = lines or [t("privacy.retention.nothing")]
    text = "\n".join((t.plural(whose, found.days), t("privacy.retention.text"), "", *listed))
    return notice(Tone.KNOWN, t("privacy.retention.title"), text)
