from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.discord_gateway.limits import find_breach
from scooty.core.i18n import ENGLISH, FRENCH, Translator
from scooty.core.ports import Picture
from scooty.core.storage.player_card import Event
from scooty.core.storage.stats import ScoutCount
from scooty.core.text.style import relative_time
from scooty.domain.field import FEWEST_FOR_PERCENTAGES
from scooty.domain.ids import EventId, MemberId
from scooty.domain.metagame import PlayerCount
from scooty.features.stats.calls import EventStats
from scooty.features.stats.replies.stats import Grouping, stats

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def big() -> EventStats:
    """As much as there can be: names of the longest, each character of which is escaped."""
    return EventStats(
        event=Event(id=EventId(1), name="*" * 100, created_at=AT),
        seen=2_000,
        archetypes=tuple(
            PlayerCount(name="*" * 100, colours="WUBRG", players=20) for _ in range(60)
        ),
        scouts=tuple(
            ScoutCount(member_id=MemberId(2**62 + n), reports=1_000, players=100) for n in range(60)
        ),
        queued=10_000,
        as_of=AT,
    )


@pytest.mark.parametrize("t", [ENGLISH, FRENCH], ids=["en", "fr"])
@pytest.mark.parametrize("by", ["archetype", "colour", "scout"])
def test_figures_of_whatever_size_fit_in_a_message(by: Grouping, t: Translator) -> None:
    assert find_breach(stats(big(), by, t), attachment_size_limit=0) is None


def test_what_is_not_listed_is_added_up_so_that_nobody_is_left_out() -> None:
    text = stats(big(), "archetype", ENGLISH).embeds[0].description or ""

    listed = text.count("20)")
    assert 0 < listed < 60
    assert f"{60 - listed} others: " in text
    assert f"({(60 - listed) * 20})" in text


@pytest.mark.parametrize("t", [ENGLISH, FRENCH], ids=["en", "fr"])
@pytest.mark.parametrize("by", ["archetype", "colour"])
@given(players=st.lists(st.integers(1, 300), min_size=1, max_size=60))
def test_what_is_shown_adds_up_to_the_known_players(
    by: Grouping, t: Translator, players: list[int]
) -> None:
    counts = tuple(
        PlayerCount(name="x", colours=("", "W", "UB", "R")[n % 4], players=each)
        for n, each in enumerate(sorted(players, reverse=True))
    )
    found = replace(big(), archetypes=counts, seen=sum(players) + 3)

    text = stats(found, by, t).embeds[0].description or ""

    lines = [line for line in text.splitlines() if line.startswith(("`", "…"))]
    figure = r"\((\d+)\)" if found.known >= FEWEST_FOR_PERCENTAGES else r"(?:` |: )(\d+)"
    assert sum(int(re.findall(figure, line)[-1]) for line in lines) == sum(players)


@pytest.mark.parametrize("by", ["archetype", "colour", "scout"])
def test_an_event_without_reports_says_so_and_shows_no_figures(by: Grouping) -> None:
    nothing = replace(big(), seen=0, archetypes=(), scouts=(), queued=0, as_of=None)

    text = stats(nothing, by, ENGLISH).embeds[0].description

    assert text == ENGLISH("stats.nothing")


def test_an_event_in_which_all_was_undone_says_how_many_were_seen() -> None:
    undone = replace(big(), seen=2, archetypes=(), scouts=(), queued=0, as_of=None)

    text = stats(undone, "archetype", ENGLISH).embeds[0].description or ""

    assert text.startswith("0 of 2 players are known · 2 unknown\n")
    assert ENGLISH("stats.nothing") in text


@pytest.mark.parametrize(
    ("known", "sentence"),
    [(9, "Fewer than 10 are known"), (10, "Shares are of the 10 known players")],
)
def test_percentages_begin_at_ten_known_players_and_less_says_why(
    known: int, sentence: str
) -> None:
    field = (PlayerCount(name="Burn", colours="R", players=known),)
    found = replace(big(), seen=12, archetypes=field)

    text = stats(found, "archetype", ENGLISH).embeds[0].description or ""

    assert sentence in text
    assert ("%" in text) is (known == FEWEST_FOR_PERCENTAGES)


def test_a_chart_of_a_moment_ago_says_its_time() -> None:
    drawn_at = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

    now = stats(big(), "archetype", ENGLISH, picture=Picture(png=b"png"))
    earlier = stats(big(), "archetype", ENGLISH, picture=Picture(png=b"png", as_of=drawn_at))

    said = ENGLISH("stats.chart.as_of", when=relative_time(drawn_at))
    assert said in (earlier.embeds[0].description or "")
    assert said not in (now.embeds[0].description or "")
    assert find_breach(earlier, attachment_size_limit=10) is None
