"""What ``/player list`` answers: an event's players by name, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button
from scooty.core.text.custom_ids import Verb
from scooty.core.text.limits import EMBED_DESCRIPTION
from scooty.core.text.notices import fit_lines, notice, shown
from scooty.core.text.pages import page_buttons
from scooty.core.text.sightings import CONFIDENCE_WORDS
from scooty.core.text.style import NEXT, Tone, mana
from scooty.domain.observations import Confidence
from scooty.domain.text import clean, length
from scooty.features.players.replies.player_merges import LIST_MERGES

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.players.calls.players import ListedPlayer, PlayerPage

LIST_PAGE = Verb("player", "page")
"""Arguments: the event's id, the page's number from 0."""
PAGE: Final = 20
"""Players of a page: as many lines as a phone shows without much scrolling."""
_NAME: Final = 50
_ROSTER: Final = "\N{CLIPBOARD}"


def players_listed(page: PlayerPage, number: int, t: Translator, *, with_merges: bool) -> Reply:
    """Show a page of an event's players, with the way to the others.

    Args:
        page: The players.
        number: The page's, from 0.
        t: The reader's language.
        with_merges: The reader may undo merges, so offer the list of them.
    """
    title = t("player.list.title", event=shown(clean(page.event.name)))
    merges = Button(label=t("player.list.merges"), custom_id=LIST_MERGES())
    offered = (merges,) if with_merges else ()
    if not page.total:
        return notice(Tone.KNOWN, title, t("player.list.none"), components=offered)
    pages = -(-page.total // PAGE)
    head = t("player.list.head", total=page.total, reported=page.reported)
    if page.listed:
        head += f" · {t.plural('player.list.listed', page.listed, icon=_ROSTER)}"
    head += f"\n-# {t('player.list.sure', icon=Tone.ATTENTION.icon)}"
    lines, _ = fit_lines(
        (_line(player, t) for player in page.players), EMBED_DESCRIPTION - length(head) - 2
    )
    footer = t("player.list.footer", page=number + 1, pages=pages) if pages > 1 else None
    turns = page_buttons(lambda to: LIST_PAGE(page.event.id, to), number, pages, t)
    buttons = (*turns, *offered)
    return notice(Tone.KNOWN, title, f"{head}\n\n{lines}", footer=footer, components=buttons)


def _line(player: ListedPlayer, t: Translator) -> str:
    """Say what a player is on, and how sure that is where it is not: few lines break on a phone."""
    mark = Tone.ATTENTION.icon if player.is_contested else "•"
    name = f"{mark} **{shown(clean(player.name), _NAME)}**"
    roster = f" {_ROSTER}" if player.is_listed else ""
    if player.archetype is None:
        return f"{name} · {t('player.not_reported')}{roster}"
    archetype = f"{shown(clean(player.archetype), _NAME)} {mana(player.colours or '')}"
    how = ""
    if player.confidence is not None and player.confidence is not Confidence.SURE:
        how = f"{NEXT}{t(CONFIDENCE_WORDS[player.confidence])}"
    return f"{name} · {archetype}{how}{roster}"


def no_event_to_list(t: Translator) -> Reply:
    """Say that there is no active event, and what to do."""
    return notice(Tone.REFUSED, t("no_event.title"), t("player.list.no_event.text"))


def no_such_event(typed: str, t: Translator) -> Reply:
    """Say that there is no event of that name."""
    text = t("player.list.unknown_event.text", typed=shown(typed))
    return notice(Tone.REFUSED, t("player.list.unknown_event.title"), text)
