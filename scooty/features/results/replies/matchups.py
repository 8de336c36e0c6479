"""What ``/matchup`` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.text.notices import NAME_SHOWN, notice, shown
from scooty.core.text.style import Tone, mana
from scooty.domain.text import clean, shorten
from scooty.features.results.replies.matchup_figures import matchup_figure

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.results.calls.results import (
        ArchetypeFacts,
        ArchetypeNotKnown,
        MatchupFound,
        MatchupRecord,
    )


def matchup_found(found: MatchupFound, t: Translator) -> Reply:
    """Show how one archetype of the team's does against another, here and everywhere."""
    lines = []
    if found.here is not None and found.event is not None:
        lines += _record(shown(clean(found.event)), found.here, t)
    lines += _record(t("matchup.everywhere"), found.everywhere, t)
    mirror = found.everywhere.is_mirror
    lines.append(f"-# {t('matchup.mirror_apart') if mirror else t('matchup.legend')}")
    footer = None
    if found.event is not None:
        footer = t("card.footer", event=shorten(clean(found.event), NAME_SHOWN))
    title = t("matchup.title", ours=_deck(found.ours), theirs=_deck(found.theirs))
    return notice(Tone.COUNTED, title, "\n".join(lines), footer=footer)


def _record(where: str, found: MatchupRecord, t: Translator) -> list[str]:
    met = found.decided + found.draws
    figure = matchup_figure(found, t) if met else t("matchup.nothing")
    lines = [t("matchup.where", where=where, figure=figure)]
    if found.unknown:
        lines.append(t.plural("matchup.unknown", found.unknown))
    return lines


def _deck(facts: ArchetypeFacts) -> str:
    return f"{shown(clean(facts.name))} {mana(facts.colours)}"


def archetype_not_known(found: ArchetypeNotKnown, typed: str, t: Translator) -> Reply:
    """Say which of the two is no archetype, and what may have been meant."""
    near = ", ".join(f"**{shown(clean(each.name))}**" for each in found.nearest)
    key = "matchup.unknown_archetype.near" if near else "matchup.unknown_archetype.text"
    text = t(key, typed=shown(typed), nearest=near) if near else t(key, typed=shown(typed))
    return notice(Tone.REFUSED, t("matchup.unknown_archetype.title"), text)
