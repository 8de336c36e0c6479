"""The map of a field: what is drawn of it, in which colours, and how large it is."""

from __future__ import annotations

import io
from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from scooty.core.charts.drawing import draw
from scooty.core.i18n import ENGLISH, FRENCH
from scooty.core.storage.player_card import Event
from scooty.domain.ids import EventId, MemberId, PlayerId
from scooty.features.coverage.calls.assignments import Coverage
from scooty.features.coverage.replies.field_map import COLOURS, FieldMap, field_map, map_in_words
from scooty.features.coverage.rules import FieldPlayer, Knowledge

EVENT = Event(id=EventId(1), name="RC Lyon", created_at=datetime(2026, 11, 24, 9, tzinfo=UTC))
NEAR = 6
"""How far a colour may be from its legend's: a picture has few colours."""


def player(
    number: int,
    kind: Knowledge = Knowledge.UNKNOWN,
    *,
    table: int | None = None,
    team: bool = False,
) -> FieldPlayer:
    return FieldPlayer(
        player_id=PlayerId(number),
        table=table,
        opponent_id=PlayerId(number + 1 if number % 2 else number - 1),
        is_known=kind is Knowledge.KNOWN,
        watcher_id=MemberId(7) if kind is Knowledge.CLAIMED else None,
        is_team=team or kind is Knowledge.TEAM,
    )


def field(*players: FieldPlayer, round_number: int | None = 5) -> Coverage:
    return Coverage(
        event=EVENT,
        is_active=True,
        round_number=round_number,
        players=players,
        team=(),
        watches=(),
    )


def made(found: Coverage) -> FieldMap:
    shown = field_map(found, ENGLISH)
    assert shown is not None
    return shown


def picture_of(found: Coverage) -> Image.Image:
    return Image.open(io.BytesIO(draw(made(found)))).convert("RGB")


def is_near(pixel: tuple[int, ...], colour: int) -> bool:
    parts = (colour >> 16, colour >> 8 & 0xFF, colour & 0xFF)
    return all(abs(a - b) <= NEAR for a, b in zip(pixel, parts, strict=True))


def areas(picture: Image.Image, below: int = 190) -> dict[Knowledge, int]:
    """Count the pixels under the legend that have a colour of the legend's."""
    found: Counter[Knowledge] = Counter()
    lower = picture.crop((100, below, picture.width, picture.height))
    for count, pixel in lower.getcolors(1 << 20) or []:
        assert isinstance(pixel, tuple)
        for kind, colour in COLOURS.items():
            if is_near(pixel, colour):
                found[kind] += count
    return found


def test_each_player_has_the_colour_that_the_legend_gives() -> None:
    kinds = [*[Knowledge.KNOWN] * 6, *[Knowledge.CLAIMED] * 2, *[Knowledge.UNKNOWN] * 4]
    players = [player(n, each, table=(n + 1) // 2) for n, each in enumerate(kinds, 1)]

    picture = picture_of(field(*players))

    area = areas(picture)
    one = area[Knowledge.CLAIMED] // 2
    assert one > 500
    assert area == {
        Knowledge.KNOWN: 6 * one,
        Knowledge.CLAIMED: 2 * one,
        Knowledge.UNKNOWN: 4 * one,
    }


def test_the_legend_counts_and_names_the_team_only_where_it_is() -> None:
    players = [player(1, Knowledge.KNOWN, table=1), player(2, Knowledge.CLAIMED, table=1)]

    without = made(field(*players))
    beside = made(field(*players, player(3, Knowledge.TEAM), player(4, Knowledge.KNOWN, team=True)))

    assert [mark.label for mark in without.legend] == ["1 known", "1 claimed", "0 unknown"]
    assert [mark.label for mark in beside.legend] == [
        "2 known",
        "1 claimed",
        "0 unknown",
        "2 of the team",
    ]
    assert [mark.square.colour for mark in beside.legend] == list(COLOURS.values())


def test_one_of_the_team_is_marked_whatever_is_known() -> None:
    plain = picture_of(field(*(player(n, Knowledge.KNOWN, table=n) for n in (1, 2))))
    marked = picture_of(
        field(player(1, Knowledge.KNOWN, table=1, team=True), player(2, Knowledge.KNOWN, table=2))
    )

    assert areas(marked)[Knowledge.KNOWN] < areas(plain)[Knowledge.KNOWN]


@pytest.mark.parametrize("count", [1, 2, 34, 340, 2000, 8000])
def test_a_map_is_as_wide_as_all_pictures_and_no_higher_up_to_2000_players(count: int) -> None:
    players = [
        player(n, Knowledge.KNOWN if n % 3 else Knowledge.UNKNOWN, table=(n + 1) // 2)
        for n in range(1, count + 1)
    ]

    png = draw(made(field(*players)))

    picture = Image.open(io.BytesIO(png))
    assert picture.width == 960
    assert count > 2000 or picture.height < picture.width
    assert picture.height < 2000
    assert len(png) < 200_000


def test_at_2000_players_each_still_has_a_square_that_can_be_seen() -> None:
    players = [player(n, table=(n + 1) // 2) for n in range(1, 2000)]
    claimed = player(2000, Knowledge.CLAIMED, table=1000)

    area = areas(picture_of(field(*players, claimed)))

    assert area[Knowledge.CLAIMED] >= 100


def test_pairs_of_a_team_event_are_drawn_above_each_other() -> None:
    players = [
        FieldPlayer(
            player_id=PlayerId(n),
            table=1,
            seat=(n + 1) // 2,
            opponent_id=PlayerId(n + 1 if n % 2 else n - 1),
            is_known=n <= 2,
        )
        for n in range(1, 7)
    ]

    area = areas(picture_of(field(*players)))

    assert area[Knowledge.UNKNOWN] == 2 * area[Knowledge.KNOWN] > 0


def test_what_the_map_shows_is_said_in_words_too() -> None:
    found = field(
        player(1, Knowledge.KNOWN, table=1), player(2, table=1), player(3, Knowledge.CLAIMED)
    )

    assert map_in_words(found, ENGLISH) == "Map of the field: 1 known, 1 claimed, 1 unknown"
    assert map_in_words(found, FRENCH).endswith("1 connue, 1 observée, 1 inconnue")


def test_a_field_without_tables_is_a_ranking_and_nobody_is_no_map() -> None:
    ranked = made(field(player(1), player(2), round_number=None))

    assert ranked.title == "RC Lyon"
    assert ranked.caption.startswith("A square is a player")
    assert [place.number for place in ranked.places] == [1, 2]
    assert field_map(field(), ENGLISH) is None


@settings(max_examples=15, deadline=None)
@given(
    tables=st.lists(st.none() | st.integers(1, 9999), min_size=1, max_size=80),
    name=st.text(min_size=1, max_size=100),
)
def test_whatever_field_there_is_can_be_drawn(tables: list[int | None], name: str) -> None:
    players = [player(n, table=table) for n, table in enumerate(tables, 1)]
    event = Event(id=EventId(1), name=name, created_at=EVENT.created_at)
    found = Coverage(
        event=event,
        is_active=True,
        round_number=1,
        players=tuple(players),
        team=(),
        watches=(),
    )

    assert draw(made(found)).startswith(b"\x89PNG")
