"""What a chart of a field shows: who, how many, in which colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scooty.core.text.numbers import percent
from scooty.domain.colours import in_order
from scooty.domain.field import share_of
from scooty.domain.metagame import by_colours
from scooty.domain.palette import COLOURLESS, MANA, colour_of
from scooty.domain.text import clean

if TYPE_CHECKING:
    from scooty.core.i18n import Translator
    from scooty.domain.metagame import PlayerCount
    from scooty.features.stats.calls import EventStats

_BARS: Final = 12
_OTHERS_COLOUR: Final = 0x6D6F78


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One kind of deck."""

    label: str
    figure: str
    """The share and the number, as they are written beside the bar."""
    players: int
    colour: int
    """0xRRGGBB."""
    stripes: tuple[int, ...] = ()
    """The deck's own colours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChart:
    """A field as horizontal bars, the longest first."""

    title: str
    caption: str
    bars: tuple[Bar, ...]


def share_chart(
    found: EventStats, *, by_colour: bool, round_number: int | None, t: Translator
) -> ShareChart | None:
    """Say what to draw of an event; None when nothing is known."""
    counts = by_colours(found.archetypes) if by_colour else found.archetypes
    if not counts:
        return None
    bars = [_bar(each, found.known, t) for each in counts[:_BARS]]
    rest = sum(each.players for each in counts[_BARS:])
    if rest:
        label = t.plural("chart.others", len(counts) - _BARS)
        bars.append(
            Bar(
                label=label,
                figure=_figure(rest, found.known, t),
                players=rest,
                colour=_OTHERS_COLOUR,
            )
        )
    title = clean(found.event.name)
    if round_number is not None:
        title = t("chart.round", event=title, round=round_number)
        caption = t.plural("stats.round.seen", found.seen, round=round_number)
    else:
        caption = t.plural("stats.known", found.seen, known=found.known)
    return ShareChart(title=title, caption=caption, bars=tuple(bars))


def _bar(each: PlayerCount, known: int, t: Translator) -> Bar:
    return Bar(
        label=clean(each.name) or each.colours or t("chart.colourless"),
        figure=_figure(each.players, known, t),
        players=each.players,
        colour=colour_of(each.colours, each.display_colour),
        stripes=tuple(MANA[colour] for colour in in_order(each.colours)) or (COLOURLESS,),
    )


def _figure(players: int, known: int, t: Translator) -> str:
    share = share_of(players, known)
    return str(players) if share is None else f"{percent(share, t)} ({players})"
