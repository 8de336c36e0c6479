"""The parts of a player's card above and below its reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.replies import EmbedField
from scooty.core.text.notices import shown
from scooty.core.text.sightings import CONFIDENCE_WORDS
from scooty.core.text.style import Tone, mana, person
from scooty.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scooty.core.i18n import Translator
    from scooty.core.storage.player_card import DeckNotes, KnownElsewhere, PlayerCard
    from scooty.core.storage.standing import Conflict

_CONFLICTS_SHOWN = 4
_REPORTERS_SHOWN = 3
_NOTE_SHOWN = 160
_ELSEWHERE_SHOWN = 60
"""UTF-16 units of a name, which escaping may double: three lines fit a field."""


def deck_line(card: PlayerCard, t: Translator) -> str:
    """Say what the player plays, and how sure that is."""
    standing = card.standing
    if standing is None:
        return f"**{shown(card.archetype)}** {mana(card.colours)}"
    sure = t(CONFIDENCE_WORDS[standing.confidence])
    return f"**{shown(standing.archetype)}** {mana(standing.colours)} · {sure}"


def conflict_lines(
    card: PlayerCard, t: Translator, differs_from: tuple[int, str] | None
) -> list[str]:
    """Say what was reported besides the consensus, how often and by whom.

    Args:
        card: The player's card.
        t: The reader's language.
        differs_from: What the newest report contradicts, which is named first and only once.
    """
    standing = card.standing
    conflicts = () if standing is None else standing.conflicts
    lines = []
    if differs_from is not None:
        number, archetype = differs_from
        lines.append(t("card.differs", number=number, archetype=shown(archetype)))
        conflicts = tuple(each for each in conflicts if each.archetype != archetype)
    lines += [_conflict(each, t) for each in conflicts[:_CONFLICTS_SHOWN]]
    more = len(conflicts) - _CONFLICTS_SHOWN
    if more > 0:
        lines.append(t.plural("card.more_conflicts", more))
    return [f"{Tone.ATTENTION.icon} {line}" for line in lines]


def _conflict(conflict: Conflict, t: Translator) -> str:
    named = [person(each or 0, t) for each in conflict.reporter_ids[:_REPORTERS_SHOWN]]
    more = len(conflict.reporter_ids) - _REPORTERS_SHOWN
    who = ", ".join((*named, f"+{more}") if more > 0 else named)
    archetype = shown(conflict.archetype)
    return t.plural("card.conflict", conflict.report_count, archetype=archetype, who=who)


def note_lines(notes: DeckNotes, t: Translator) -> list[str]:
    """Say what reports tell of the deck, a line for each kind."""
    known = (
        (t("card.companion"), notes.companion),
        (t("card.key_cards"), notes.key_cards),
        (t("card.sideboard"), notes.sideboard),
        (t("card.play_pattern"), notes.play_pattern),
    )
    return [f"{label} {shown(clean(text), _NOTE_SHOWN)}" for label, text in known if text]


def elsewhere_fields(elsewhere: Sequence[KnownElsewhere], t: Translator) -> tuple[EmbedField, ...]:
    """Say what was known of the player in other events; nothing when nothing was."""
    lines = [
        t(
            "card.elsewhere.line",
            event=shown(clean(each.event), _ELSEWHERE_SHOWN),
            archetype=shown(each.archetype, _ELSEWHERE_SHOWN),
            confidence=t(CONFIDENCE_WORDS[each.confidence]),
        )
        for each in elsewhere
    ]
    if not lines:
        return ()
    return (EmbedField(name=t("card.elsewhere"), value="\n".join(lines)),)
