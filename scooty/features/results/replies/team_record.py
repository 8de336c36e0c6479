"""What ``/team record`` answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import EmbedField, File
from scooty.core.text.limits import EMBED_FIELD_VALUE
from scooty.core.text.notices import NAME_SHOWN, fit_lines, notice, shown
from scooty.core.text.numbers import percent
from scooty.core.text.style import Tone, mana, person
from scooty.domain.field import FEWEST_FOR_PERCENTAGES
from scooty.domain.text import clean, shorten
from scooty.features.results.replies.matchup_chart import our_archetypes
from scooty.features.results.replies.matchup_figures import matchup_figure, record_figure
from scooty.features.results.rules.matchups import expect

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.ids import ArchetypeId
    from scooty.features.results.calls.results import TeammateRecord, TeamRecord
    from scooty.features.results.rules.matchups import Matchup

_PICTURE: Final = "matchups.png"
_MATCHUPS: Final = 10
_REST_LINE: Final = 60
_NAME: Final = 40
"""Of a name in a list: two of them, and figures, are one line."""


def team_record(found: TeamRecord, t: Translator, *, picture: bytes | None = None) -> Reply:
    """Show how the team did in an event, and what to expect of its field.

    Args:
        found: The figures.
        t: The person's language.
        picture: What to expect, as a chart.
    """
    met = [each for each in found.matchups if not each.is_mirror]
    mirrors = [each for each in found.matchups if each.is_mirror]
    parts = (
        ("team.record.matchups", [_matchup(each, found, t) for each in _most(met)]),
        ("team.record.mirrors", [_mirror(each, found, t) for each in _most(mirrors)]),
        ("team.record.teammates", [_teammate(each, t) for each in found.teammates]),
        ("team.record.expected", _expectations(found, t)),
    )
    fields = tuple(
        EmbedField(name=t(key), value=_fitting(lines, t)) for key, lines in parts if lines
    )
    reply = notice(
        Tone.COUNTED,
        t("team.record.title", event=shown(clean(found.event.name))),
        "\n".join(_head(found, t)),
        fields=fields,
        footer=t("card.footer", event=shorten(clean(found.event.name), NAME_SHOWN)),
    )
    if picture is None:
        return reply
    file = File(name=_PICTURE, content=picture, description=t("team.record.picture"))
    return replace(reply, embeds=(replace(reply.embeds[0], image=_PICTURE),), files=(file,))


def no_event_to_record(t: Translator) -> Reply:
    """Say that there is no event of which there could be a record."""
    return notice(Tone.REFUSED, t("no_event.title"), t("team.record.no_event"))


def _head(found: TeamRecord, t: Translator) -> list[str]:
    if not found.wins + found.losses + found.draws:
        lines = [t("team.record.nothing")]
    else:
        figure = record_figure(found.wins, found.losses, found.draws, t)
        lines = [t("team.record.total", figure=figure)]
    if found.own_unknown:
        lines.append(t.plural("team.record.own_unknown", found.own_unknown))
    if found.theirs_unknown:
        lines.append(t.plural("team.record.theirs_unknown", found.theirs_unknown))
    if found.between_teammates:
        lines.append(t.plural("team.record.between", found.between_teammates))
    lines.append(f"-# {t('matchup.legend')}")
    return lines


def _most(matchups: list[Matchup]) -> list[Matchup]:
    return sorted(matchups, key=lambda each: -(each.decided + each.draws))


def _matchup(each: Matchup, found: TeamRecord, t: Translator) -> str:
    decks = t("matchup.title", ours=_deck(each.ours, found), theirs=_deck(each.theirs, found))
    return f"{matchup_figure(each, t)} · {decks}"


def _mirror(each: Matchup, found: TeamRecord, t: Translator) -> str:
    return f"{matchup_figure(each, t)} · {_deck(each.ours, found)}"


def _deck(archetype_id: ArchetypeId, found: TeamRecord) -> str:
    facts = found.archetypes[archetype_id]
    return f"{shown(clean(facts.name), _NAME)} {mana(facts.colours)}"


def _teammate(each: TeammateRecord, t: Translator) -> str:
    who = f"**{shown(clean(each.player), _NAME)}**"
    if each.member_id is not None:
        who += f" ({person(each.member_id, t)})"
    deck = each.deck
    plays = (
        t("team.record.deck_unknown")
        if deck is None
        else f"{shown(clean(deck.name), _NAME)} {mana(deck.colours)}"
    )
    return f"`{each.wins}-{each.losses}-{each.draws}` · {who} · {plays}"


def _expectations(found: TeamRecord, t: Translator) -> list[str]:
    """Say what each archetype of ours is to expect of the field, by all matches ever told."""
    ours = our_archetypes(found)
    if not ours or not found.field.known:
        return []
    if not found.field.has_percentages:
        return [t("stats.few", limit=FEWEST_FOR_PERCENTAGES)]
    lines = []
    for archetype_id in ours:
        expected = expect(archetype_id, found.matchups_ever, found.field)
        deck = _deck(archetype_id, found)
        if expected.win_rate is None:
            lines.append(t("team.record.expected.nothing", deck=deck))
        else:
            rate, part = percent(expected.win_rate, t), percent(expected.covered_share, t, digits=0)
            lines.append(t("team.record.expected.rate", deck=deck, rate=rate, part=part))
    return lines


def _fitting(lines: list[str], t: Translator) -> str:
    listed, count = fit_lines(lines[:_MATCHUPS], EMBED_FIELD_VALUE - _REST_LINE)
    if count == len(lines):
        return listed
    return f"{listed}\n{t.plural('team.record.more', len(lines) - count)}"
