"""What ``/deck show`` answers: a list in columns that fit, and as a text to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button, EmbedField, Select, SelectOption
from scooty.core.text.custom_ids import Verb
from scooty.core.text.limits import EMBED_FIELD_VALUE, SELECT_LABEL
from scooty.core.text.notices import NAME_SHOWN, notice, shown
from scooty.core.text.sightings import CONFIDENCE_WORDS
from scooty.core.text.style import Tone, mana, person, relative_time
from scooty.domain.text import clean, length, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.decks import Cards
    from scooty.domain.ids import EventId, PlayerId
    from scooty.features.decks.calls.decks import DeckShown, NoDeck, SeveralDecks

OPEN_DECK = Verb("deck", "open")
"""Arguments: the event's id, the player's id."""
CHOOSE_DECK = Verb("deck", "choose")
"""A select whose values are players' ids. Arguments: the event's id."""
DECK_FILE: Final = "decklist.txt"
"""Without the player's name: files are passed on."""

_COLUMNS: Final = 2
"""Fields that a board may have: three boards' parts stand side by side, and fit an embed."""
_CARD: Final = 60
_MORE: Final = 60
"""Room for the line that counts what is left out."""


def show_deck_button(event_id: EventId, player_id: PlayerId, t: Translator) -> Button:
    """Open a player's list."""
    return Button(label=t("deck.open"), custom_id=OPEN_DECK(event_id, player_id), emoji="🃏")


def companion_line(card: str, t: Translator) -> str:
    """Name the companion."""
    return t("deck.companion", card=shown(clean(card), _CARD))


def deck_shown(found: DeckShown, t: Translator) -> Reply:
    """Show a list by its boards; its file is added by whoever knows how big it may be."""
    lines = []
    if found.archetype is not None:
        sure = "" if found.confidence is None else f" · {t(CONFIDENCE_WORDS[found.confidence])}"
        lines.append(f"**{shown(clean(found.archetype))}** {mana(found.colours or '')}{sure}")
    if found.deck.companion is not None:
        lines.append(companion_line(found.deck.companion, t))
    who, when = person(found.added_by, t), relative_time(found.added_at)
    lines.append(t("deck.added_by", who=who, when=when))
    # Short: a heading that wraps would push its column below the one beside it.
    main = t("deck.board.main", count=found.deck.main_count)
    side = t("deck.board.side", count=found.deck.side_count)
    return notice(
        Tone.KNOWN,
        t("deck.shown.title", player=shown(clean(found.player))),
        "\n".join(lines),
        fields=(
            *_columns(main, found.deck.main, _COLUMNS, t),
            *_columns(side, found.deck.side, 1, t),
        ),
        footer=t("card.footer", event=shorten(clean(found.event), NAME_SHOWN)),
    )


def _columns(
    title: str, cards: Sequence[Cards], most: int, t: Translator
) -> tuple[EmbedField, ...]:
    """Lay out a board in up to ``most`` fields, the last of which counts what did not fit."""
    rest = [f"{each.count} {shown(clean(each.card), _CARD)}" for each in cards]
    columns: list[str] = []
    while rest and len(columns) < most:
        limit = EMBED_FIELD_VALUE - _MORE
        if len(rest) > _of_a_column(len(cards), most) and len(columns) < most - 1:
            fitting = rest[: _of_a_column(len(cards), most)]
        else:
            fitting = rest
        while sum(length(line) + 1 for line in fitting) > limit:
            fitting = fitting[:-1]
        columns.append("\n".join(fitting))
        rest = rest[len(fitting) :]
    if rest:
        columns[-1] = f"{columns[-1]}\n{t.plural('deck.more_in_file', len(rest))}"
    return tuple(
        EmbedField(name=title if place == 0 else "\u200b", value=text, inline=True)
        for place, text in enumerate(columns)
    )


def _of_a_column(cards: int, columns: int) -> int:
    """Return how many of some lines each column has when all have as many."""
    return -(-cards // columns)


def several_decks(several: SeveralDecks, typed: str, t: Translator) -> Reply:
    """Let the person choose among the players with a list whose names are like it."""
    select = Select(
        custom_id=CHOOSE_DECK(several.event_id),
        options=tuple(
            SelectOption(
                label=shorten(clean(each.name), SELECT_LABEL) or "—",
                value=str(each.player_id),
                description=shorten(clean(each.archetype), SELECT_LABEL) or None,
            )
            for each in several.matches
        ),
        placeholder=t("check.several.placeholder"),
    )
    text = t.plural("deck.several.text", len(several.matches), typed=shown(typed))
    return notice(Tone.ATTENTION, t("deck.several.title"), text, components=(select,))


def no_deck(found: NoDeck, t: Translator) -> Reply:
    """Say that a player is known, and has no list, and how to add one."""
    player, event = shown(clean(found.player)), shown(clean(found.event))
    text = t("deck.none.text", player=player, event=event)
    return notice(Tone.REFUSED, t("deck.none.title"), text)


def no_deck_of_that_name(typed: str, t: Translator) -> Reply:
    """Say that nobody with such a name has a list."""
    text = t("deck.nobody.text", typed=shown(typed))
    return notice(Tone.REFUSED, t("deck.none.title"), text)


def no_decks_in_a_draft(t: Translator) -> Reply:
    """Say that nobody may have notes in a draft."""
    return notice(Tone.REFUSED, t("deck.drafting.title"), t("deck.drafting.text"))
