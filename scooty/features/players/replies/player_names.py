"""Whom a name means, and the spellings by which players are found: what people read about both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Choice, OfferChoices
from scooty.core.text.limits import CHOICE_LABEL, CHOICES
from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone
from scooty.domain.text import clean, length, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.players.calls.players import (
        AliasTaken,
        FoundPlayer,
        GuildPlayer,
        NobodyCertain,
        PlayerMerged,
    )

_SEPARATOR = " · "


def player_choices(players: Iterable[GuildPlayer], t: Translator) -> OfferChoices:
    """Offer players with how often they were reported; the values are their ids."""
    choices: dict[str, Choice] = {}
    for player in list(players)[:CHOICES]:
        remark = _remark(player, t)
        room = CHOICE_LABEL - length(_SEPARATOR) - length(remark)
        label = f"{shorten(clean(player.name), room)}{_SEPARATOR}{remark}"
        if label in choices:  # two that differ in accents or case alone
            label = shorten(label, CHOICE_LABEL - 22) + f" ({player.player_id})"
        choices[label] = Choice(name=label, value=str(player.player_id))
    return OfferChoices(choices=tuple(choices.values()))


def _remark(player: GuildPlayer, t: Translator) -> str:
    if not player.report_count:
        return t("player.not_reported")
    return t.plural("player.reports", player.report_count)


def nobody_certain(found: NobodyCertain, typed: str, t: Translator) -> Reply:
    """Say that a typed name does not tell who is meant, and who may be."""
    if not found.candidates:
        text = t("player.nobody.text", typed=shown(typed))
        return notice(Tone.REFUSED, t("player.nobody.title"), text)
    lines = [f"• {shown(clean(each.name))} · {_remark(each, t)}" for each in found.candidates]
    text = "\n".join((t("player.which.text", typed=shown(typed)), *lines))
    return notice(Tone.REFUSED, t("player.which.title"), text)


def merged_already(found: PlayerMerged, t: Translator) -> Reply:
    """Say that a player is another one's name by now, and how that is undone."""
    text = t("player.merged_already.text", name=_shown(found.name), into=_shown(found.into))
    return notice(Tone.REFUSED, t("player.merged_already.title"), text)


def player_is_gone(t: Translator) -> Reply:
    """Say that a player is not there any more."""
    return notice(Tone.REFUSED, t("player.gone.title"), t("player.gone.text"))


def alias_added(player: FoundPlayer, alias: str, t: Translator) -> Reply:
    """Say by what else a player is found now."""
    text = t("player.alias.added.text", alias=_shown(alias), player=_shown(player.name))
    return notice(Tone.SAVED, t("player.alias.added.title"), text)


def alias_known(player: FoundPlayer, alias: str, t: Translator) -> Reply:
    """Say that there was nothing to do."""
    text = t("player.alias.known.text", alias=_shown(alias), player=_shown(player.name))
    return notice(Tone.SAVED, t("player.alias.known.title"), text)


def alias_taken(taken: AliasTaken, player: FoundPlayer, alias: str, t: Translator) -> Reply:
    """Say whose name it is."""
    text = t(
        "player.alias.taken.text",
        alias=_shown(alias),
        owner=_shown(taken.name),
        player=_shown(player.name),
    )
    return notice(Tone.REFUSED, t("player.alias.taken.title"), text)


def alias_removed(player: FoundPlayer, alias: str, t: Translator) -> Reply:
    """Say by what a player is not found any more."""
    text = t("player.alias.removed.text", alias=_shown(alias), player=_shown(player.name))
    return notice(Tone.UNDONE, t("player.alias.removed.title"), text)


def alias_gone(player: FoundPlayer, alias: str, t: Translator) -> Reply:
    """Say that the player was not found by it, and by what they are."""
    known = ", ".join(_shown(key) for key in player.name_keys[:_KEYS_SHOWN])
    text = t("player.alias.none.text", alias=_shown(alias), player=_shown(player.name), known=known)
    return notice(Tone.REFUSED, t("player.alias.none.title"), text)


def alias_is_the_name(player: FoundPlayer, t: Translator) -> Reply:
    """Say that a player's own name stays."""
    text = t("player.alias.own.text", player=_shown(player.name))
    return notice(Tone.REFUSED, t("player.alias.own.title"), text)


_KEYS_SHOWN = 20


def _shown(name: str) -> str:
    return shown(clean(name))
