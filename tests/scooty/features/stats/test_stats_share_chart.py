"""Charts: what is in them, and that whatever a team calls its decks can be drawn."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scooty.core.i18n import ENGLISH, FRENCH
from scooty.core.storage.player_card import Event
from scooty.domain.ids import EventId
from scooty.domain.metagame import PlayerCount
from scooty.features.stats.calls import EventStats
from scooty.features.stats.replies.share_chart import Bar, ShareChart, share_chart
from scooty.features.stats.replies.share_drawing import draw_shares

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def field(*players: int, seen: int | None = None) -> EventStats:
    counts = tuple(
        PlayerCount(name=f"Deck {n}", colours=("W", "UB", "", "WUBRG")[n % 4], players=each)
        for n, each in enumerate(players)
    )
    return EventStats(
        event=Event(id=EventId(1), name="RC Lyon", created_at=AT),
        seen=sum(players) if seen is None else seen,
        archetypes=counts,
        scouts=(),
    )


def chart(found: EventStats, *, by_colour: bool = False) -> ShareChart:
    made = share_chart(found, by_colour=by_colour, round_number=None, t=ENGLISH)
    assert made is not None
    return made


def size_of(png: bytes) -> tuple[int, int]:
    assert png[:8] == SIGNATURE
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@given(players=st.lists(st.integers(1, 300), min_size=1, max_size=60), by_colour=st.booleans())
def test_bars_are_few_and_add_up_to_the_known_players(
    players: list[int], *, by_colour: bool
) -> None:
    found = field(*sorted(players, reverse=True))

    made = chart(found, by_colour=by_colour)

    assert len(made.bars) <= 13
    assert sum(bar.players for bar in made.bars) == found.known


def test_the_twelfth_is_a_bar_and_the_rest_is_one_more() -> None:
    made = chart(field(*range(30, 0, -2)))

    assert [bar.label for bar in made.bars[11:]] == ["Deck 11", "3 others"]
    assert made.bars[12].figure == "5% (12)"


def test_a_small_field_has_numbers_and_no_percentages() -> None:
    made = chart(field(5, 4, seen=12))

    assert [bar.figure for bar in made.bars] == ["5", "4"]
    assert made.caption == "9 of 12 players are known"


def test_a_field_of_which_nothing_is_known_has_no_chart() -> None:
    for t in (ENGLISH, FRENCH):
        assert share_chart(field(seen=7), by_colour=False, round_number=3, t=t) is None


def test_a_round_is_named_in_its_chart() -> None:
    made = share_chart(field(12), by_colour=True, round_number=3, t=FRENCH)

    assert made is not None
    assert made.title == "RC Lyon · ronde 3"
    assert made.caption == "12 personnes vues à la ronde 3"


@pytest.mark.parametrize("bars", [1, 12, 13])
def test_a_picture_is_wider_than_high_and_small_enough_to_send(bars: int) -> None:
    png = draw_shares(chart(field(*[300] * bars)))

    width, height = size_of(png)
    assert width == 960
    assert height < width
    assert len(png) < 200_000


@settings(max_examples=15, deadline=None)
@given(text=st.text(max_size=100))
def test_whatever_text_there_is_can_be_drawn(text: str) -> None:
    bar = Bar(label=text, figure="1", players=1, colour=0xFFFFFF, stripes=(0,))

    png = draw_shares(ShareChart(title=text, caption="$\\frac{", bars=(bar,)))

    assert png.startswith(SIGNATURE)


@pytest.mark.parametrize("name", ["$x^2$ & 100 %_\\", "🔥 Burn", "赤単", "a\nb", "\u202eevil"])
def test_signs_that_mean_something_elsewhere_or_that_no_letter_is_for_do_no_harm(
    name: str,
) -> None:
    bar = Bar(label=name, figure="1", players=1, colour=0x123456)

    assert draw_shares(ShareChart(title=name, caption=name, bars=(bar,))).startswith(SIGNATURE)
