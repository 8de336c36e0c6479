"""What ``/check`` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Select, SelectOption
from scooty.core.text.card_parts import elsewhere_fields
from scooty.core.text.custom_ids import OPEN_PLAYER
from scooty.core.text.limits import SELECT_LABEL, SELECT_OPTIONS
from scooty.core.text.notices import NAME_SHOWN, dated, notice, shown
from scooty.core.text.player_card import card_pages, player_card
from scooty.core.text.style import Tone
from scooty.domain.text import clean, shorten
from scooty.features.decks.replies.deck_show import show_deck_button

if TYPE_CHECKING:
    from datetime import datetime

    from actors.discord_gateway.replies import Button, Reply
    from scooty.core.i18n import Translator
    from scooty.core.storage.player_card import PlayerCard
    from scooty.domain.ids import EventId
    from scooty.features.reports.calls.looking_up import OnlyListed, PlayerMatch, SeveralPlayers


def player_found(found: PlayerCard, t: Translator, *, skipped: int = 0) -> Reply:
    """Show the player's card; its edge warns of contradictions, of queued reports and of age."""
    doubtful = found.conflicting_archetypes or found.queued or found.as_of
    return player_card(
        found,
        t,
        tone=Tone.ATTENTION if doubtful else Tone.KNOWN,
        title=shown(clean(found.name)),
        skipped=skipped,
        components=(*card_pages(found, t, skipped=skipped), *_decklist(found, t)),
    )


def _decklist(found: PlayerCard, t: Translator) -> tuple[Button, ...]:
    if not found.has_decklist:
        return ()
    return (show_deck_button(found.event.id, found.player_id, t),)


def player_only_listed(
    listed: OnlyListed, t: Translator, *, as_of: datetime | None = None, active: bool = True
) -> Reply:
    """Say that a player is on the roster and nothing else is known, and what to type.

    Args:
        listed: The player.
        t: The reader's language.
        as_of: When that was so, while the database is away.
        active: Whether reports go to that event.
    """
    name = clean(listed.name)
    lines = [t("check.listed.text")]
    if active:
        lines.append(t("check.scout_them", typed=_as_code(name)))
    return notice(
        Tone.KNOWN,
        shown(name),
        dated("\n".join(lines), as_of, t),
        fields=elsewhere_fields(listed.elsewhere, t),
        footer=t("card.footer", event=shorten(clean(listed.event.name), NAME_SHOWN)),
    )


def several_players(
    several: SeveralPlayers, typed: str, t: Translator, *, event_id: EventId | None = None
) -> Reply:
    """Let the person choose among the names that resemble what was typed.

    Args:
        several: The names.
        typed: What was typed.
        t: The reader's language.
        event_id: In which event, unless it is the active one.
    """
    matches = several.matches[:SELECT_OPTIONS]
    select = Select(
        custom_id=OPEN_PLAYER() if event_id is None else OPEN_PLAYER(event_id),
        options=tuple(_option(match, t) for match in matches),
        placeholder=t("check.several.placeholder"),
    )
    text = t.plural("check.several.text", len(matches), typed=shown(typed))
    text = dated(text, several.as_of, t)
    return notice(Tone.ATTENTION, t("check.several.title"), text, components=(select,))


def _option(match: PlayerMatch, t: Translator) -> SelectOption:
    return SelectOption(
        label=shorten(clean(match.name), SELECT_LABEL) or t("check.several.nameless"),
        value=str(match.player_id),
        description=shorten(clean(match.archetype), SELECT_LABEL) or t("check.several.listed"),
    )


def nobody_found(
    typed: str, t: Translator, *, as_of: datetime | None = None, active: bool = True
) -> Reply:
    """Say that nobody is known by that name, and how to be the first to report them.

    Args:
        typed: The name.
        t: The reader's language.
        as_of: When that was so, while the database is away.
        active: Whether reports go to the event that was looked in.
    """
    lines = [t("check.nobody.text", typed=shown(typed))]
    if active:
        lines.append(t("check.scout_them", typed=_as_code(typed)))
    return notice(Tone.REFUSED, t("check.nobody.title"), dated("\n".join(lines), as_of, t))


def _as_code(name: str) -> str:
    """Make a name fit to stand between backticks, where nothing can be escaped."""
    return shorten(name.replace("`", "'"), NAME_SHOWN)


def player_gone(t: Translator, *, as_of: datetime | None = None) -> Reply:
    """Say that a player chosen from a list is not there any more."""
    return notice(Tone.REFUSED, t("check.gone.title"), dated(t("check.gone.text"), as_of, t))


def no_event_to_look_in(t: Translator) -> Reply:
    """Say that there is no event to look a player up in, and how one comes to be."""
    return notice(Tone.REFUSED, t("no_event.title"), t("check.no_event.text"))
