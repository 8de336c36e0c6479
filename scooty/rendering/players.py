"""What ``/check`` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Select, SelectOption
from scooty.domain.text import clean, shorten
from scooty.rendering.custom_ids import OPEN_PLAYER
from scooty.rendering.limits import SELECT_LABEL, SELECT_OPTIONS
from scooty.rendering.notices import dated, notice, shown
from scooty.rendering.player_card import player_card
from scooty.rendering.style import Tone

if TYPE_CHECKING:
    from datetime import datetime

    from actors.discord_gateway.replies import Reply
    from scooty.i18n import Translator
    from scooty.storage.port import PlayerCard, PlayerMatch, SeveralPlayers

__all__ = ["no_event_to_look_in", "nobody_found", "player_found", "player_gone", "several_players"]


def player_found(found: PlayerCard, t: Translator) -> Reply:
    """Show the player's card; its edge warns of contradictions, of queued reports and of age."""
    doubtful = found.conflicting_archetypes or found.queued or found.as_of
    tone = Tone.ATTENTION if doubtful else Tone.KNOWN
    return player_card(found, t, tone=tone, title=shown(clean(found.name)))


def several_players(several: SeveralPlayers, typed: str, t: Translator) -> Reply:
    """Let the person choose among the names that resemble what was typed."""
    matches = several.matches[:SELECT_OPTIONS]
    select = Select(
        custom_id=OPEN_PLAYER(),
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
        description=shorten(clean(match.archetype), SELECT_LABEL) or None,
    )


def nobody_found(typed: str, t: Translator, *, as_of: datetime | None = None) -> Reply:
    """Say that nobody is known by that name, and how to be the first to report them."""
    text = dated(t("check.nobody.text", typed=shown(typed)), as_of, t)
    return notice(Tone.REFUSED, t("check.nobody.title"), text)


def player_gone(t: Translator, *, as_of: datetime | None = None) -> Reply:
    """Say that a player chosen from a list is not there any more."""
    return notice(Tone.REFUSED, t("check.gone.title"), dated(t("check.gone.text"), as_of, t))


def no_event_to_look_in(t: Translator) -> Reply:
    """Say that there is no event to look a player up in, and how one comes to be."""
    return notice(Tone.REFUSED, t("check.no_event.title"), t("check.no_event.text"))
