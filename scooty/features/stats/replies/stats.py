"""What ``/stats`` answers: the field by archetype or colours, or who has scouted it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from actors.discord_gateway.replies import File
from scooty.core.text.limits import EMBED_DESCRIPTION
from scooty.core.text.notices import NAME_SHOWN, dated, fit_lines, notice, shown
from scooty.core.text.numbers import percent
from scooty.core.text.style import Tone, mana, person, relative_time
from scooty.domain.field import FEWEST_FOR_PERCENTAGES, share_of
from scooty.domain.metagame import by_colours
from scooty.domain.text import clean, length, shorten

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.ports import Picture
    from scooty.core.storage.stats import ScoutCount
    from scooty.domain.metagame import PlayerCount
    from scooty.features.stats.calls import EventStats

Grouping: TypeAlias = Literal["archetype", "colour", "scout"]

_SHOWN: Final = 15
"""What fits a phone's screen together with its head; the rest is added up in one line."""
_BAR: Final = 8
_CHART: Final = "shares.png"
_REST_LINE: Final = 120
"""Room kept for the line of the rest."""


def stats(
    found: EventStats,
    by: Grouping,
    t: Translator,
    *,
    round_number: int | None = None,
    picture: Picture | None = None,
) -> Reply:
    """Show an event's figures in the order that was asked for.

    Args:
        found: The figures.
        by: What they are counted by.
        t: The person's language.
        round_number: The one round that they are of; None: the whole event.
        picture: The same as a chart, or as it was a moment ago.
    """
    heads = _head(found, by, round_number, t)
    if picture is not None and picture.as_of is not None:
        heads.append(t("stats.chart.as_of", when=relative_time(picture.as_of)))
    head = dated("\n".join(heads), found.as_of, t)
    if by == "scout":
        lines = [_scout(each, t) for each in found.scouts]
    else:
        counts = found.archetypes if by == "archetype" else by_colours(found.archetypes)
        most = max((each.players for each in counts), default=0)
        lines = [_count(each, most, found.known, t) for each in counts]
    room = EMBED_DESCRIPTION - length(head) - _REST_LINE
    listed, count = fit_lines(lines[:_SHOWN], room)
    rest = _rest(found, by, count, t) if count < len(lines) else ""
    event = shown(clean(found.event.name))
    titles = {
        "archetype": t("stats.title.archetype", event=event),
        "colour": t("stats.title.colour", event=event),
        "scout": t("stats.title.scout", event=event),
    }
    title = titles[by]
    if round_number is not None:
        title = t("stats.title.round", title=title, round=round_number)
    tone = Tone.ATTENTION if found.queued or found.as_of else Tone.COUNTED
    footer = t("card.footer", event=shorten(clean(found.event.name), NAME_SHOWN))
    reply = notice(tone, title, f"{head}\n\n{listed}\n{rest}".rstrip(), footer=footer)
    return reply if picture is None else _illustrated(reply, picture.png, t)


def _illustrated(reply: Reply, picture: bytes, t: Translator) -> Reply:
    chart = File(name=_CHART, content=picture, description=t("stats.chart"))
    return replace(reply, embeds=(replace(reply.embeds[0], image=_CHART),), files=(chart,))


def no_event_to_count(t: Translator) -> Reply:
    """Say that there is no event to count in, and how one comes to be."""
    return notice(Tone.REFUSED, t("no_event.title"), t("stats.no_event.text"))


def _head(found: EventStats, by: Grouping, round_number: int | None, t: Translator) -> list[str]:
    """Say of how many the figures are, how many are unknown, and what is still on its way."""
    known = found.known
    if round_number is None:
        lines = [_coverage(found, t)] if found.seen else []
        nothing = t("stats.nothing")
    else:
        seen = t.plural("stats.round.seen", found.seen, round=round_number)
        lines = [seen] if found.seen else []
        nothing = t("stats.round.nothing", round=round_number)
    if not known:
        lines.append(nothing)
    elif by != "scout":
        few = known < FEWEST_FOR_PERCENTAGES
        lines.append(
            t("stats.few", limit=FEWEST_FOR_PERCENTAGES) if few else t.plural("stats.of", known)
        )
    if found.queued:
        lines.append(f"{Tone.QUEUED.icon} {t.plural('stats.queued', found.queued)}")
    return lines


def _coverage(found: EventStats, t: Translator) -> str:
    known, unknown = found.known, found.seen - found.known
    line = t.plural("stats.known", found.seen, known=known)
    if known >= FEWEST_FOR_PERCENTAGES:
        line += f" ({percent(known / found.seen, t)})"
    return f"{line} · {t.plural('stats.unknown', unknown)}"


def _count(each: PlayerCount, most: int, known: int, t: Translator) -> str:
    what = f"**{shown(clean(each.name))}** {mana(each.colours)}" if each.name else _colours(each)
    return f"`{_bar(each.players, most)}` {_figure(each.players, known, t)} · {what}"


def _colours(each: PlayerCount) -> str:
    return f"{mana(each.colours)} **{each.colours or 'C'}**"


def _figure(players: int, known: int, t: Translator) -> str:
    part = share_of(players, known)
    return str(players) if part is None else f"{percent(part, t)} ({players})"


def _bar(players: int, most: int) -> str:
    """Draw a bar, the longest for the most; whoever is counted has at least one block."""
    full = max(1, round(_BAR * players / most))
    return "█" * full + "░" * (_BAR - full)


def _scout(each: ScoutCount, t: Translator) -> str:
    reports = t.plural("choice.reports", each.reports)
    who = person(each.member_id, t)
    return f"• {who} · {t.plural('stats.players', each.players)} · {reports}"


def _rest(found: EventStats, by: Grouping, count: int, t: Translator) -> str:
    if by == "scout":
        reports = sum(each.reports for each in found.scouts[count:])
        others = len(found.scouts) - count
        return t.plural("stats.rest.scouts", others, reports=reports)
    counts = found.archetypes if by == "archetype" else by_colours(found.archetypes)
    players = sum(each.players for each in counts[count:])
    figure = _figure(players, found.known, t)
    return t.plural("stats.rest", len(counts) - count, figure=figure)
