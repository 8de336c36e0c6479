"""Why ``/deck add`` did not take a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone
from scooty.domain.text import clean
from scooty.features.decks.replies.deck_preview import skipped_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.storage.imports import EventOver
    from scooty.domain.files import Skipped

_KIB: Final = 1024


def no_event(t: Translator) -> Reply:
    """Say that a list needs an event."""
    return notice(Tone.REFUSED, t("no_event.title"), t("deck.no_event.text"))


def no_card_in_it(skipped: Sequence[Skipped], t: Translator) -> Reply:
    """Say that no card was found, why not, and what a list looks like."""
    text = "\n".join((t("deck.no_card.text"), *skipped_lines(skipped, t)))
    return notice(Tone.REFUSED, t("deck.no_card.title"), text)


def too_many_cards(limit: int, t: Translator) -> Reply:
    """Say how many different cards a list may have."""
    text = t("deck.too_many.text", limit=limit)
    return notice(Tone.REFUSED, t("deck.too_many.title"), text)


def file_too_large(limit_bytes: int, t: Translator) -> Reply:
    """Say how large a file may be."""
    text = t("deck.too_large.text", limit=limit_bytes // _KIB)
    return notice(Tone.REFUSED, t("deck.too_large.title"), text)


def file_not_fetched(t: Translator) -> Reply:
    """Say that the file could not be read from Discord, and what to do."""
    return notice(Tone.FAILED, t("deck.not_fetched.title"), t("deck.not_fetched.text"))


def deck_gone(t: Translator) -> Reply:
    """Say that there is nothing left to apply."""
    return notice(Tone.UNDONE, t("deck.gone.title"), t("deck.gone.text"))


def event_over(outcome: EventOver, t: Translator) -> Reply:
    """Say that the event of the preview is not the active one any more."""
    text = t("deck.event_over.text", event=shown(clean(outcome.event)))
    return notice(Tone.REFUSED, t("deck.event_over.title"), text)


def archetype_gone(t: Translator) -> Reply:
    """Say that an archetype cannot be reported any more."""
    return notice(Tone.REFUSED, t("deck.archetype_gone.title"), t("deck.archetype_gone.text"))
