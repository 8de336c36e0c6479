"""Counting a field, whom to watch first, and who is in which place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.ids import MemberId, PlayerId
from scooty.domain.watch_order import Teammate
from scooty.features.coverage.rules import (
    FieldPlayer,
    Knowledge,
    count_knowledge,
    in_places,
    watched_first,
)

SMALL = st.integers(1, 12)


@st.composite
def fields(draw: st.DrawFn) -> list[FieldPlayer]:
    """Draw a field in which pairings are mutual, and everything else is as it comes."""
    count = draw(st.integers(0, 12))
    opponents: dict[int, int] = {}
    for left in range(1, count, 2):
        if draw(st.booleans()):
            opponents |= {left: left + 1, left + 1: left}
    players = []
    for number in range(1, count + 1):
        table = draw(st.none() | SMALL)
        players.append(
            FieldPlayer(
                player_id=PlayerId(number),
                name=f"Player {number}",
                table=table,
                seat=draw(st.none() | st.integers(1, 3)),
                opponent_id=PlayerId(opponents[number]) if number in opponents else None,
                points=draw(st.none() | st.integers(0, 30)),
                rank=draw(st.none() | SMALL),
                is_known=draw(st.booleans()),
                watcher_id=draw(st.none() | st.just(MemberId(7))),
                is_team=draw(st.booleans()),
            )
        )
    return draw(st.permutations(players))


@given(field=fields())
def test_everybody_is_counted_once(field: list[FieldPlayer]) -> None:
    counts = count_knowledge(field)

    assert set(counts) == set(Knowledge)
    assert sum(counts.values()) == len(field)
    assert counts[Knowledge.KNOWN] == sum(each.is_known for each in field)


@given(field=fields())
def test_everybody_is_in_one_place_and_beside_nobody_but_their_opponent(
    field: list[FieldPlayer],
) -> None:
    places = in_places(field)

    seated = [player for place in places for pair in place.pairs for player in pair]
    assert sorted(each.player_id for each in seated) == sorted(each.player_id for each in field)
    for place in places:
        for pair in place.pairs:
            assert len(pair) == 1 or pair[0].opponent_id == pair[1].player_id
    numbers = [place.number for place in places if place.number is not None]
    assert numbers == sorted(set(numbers))
    if any(player.table is not None for player in field):
        assert all(
            player.table == place.number
            for place in places
            for pair in place.pairs
            for player in pair
        )
        assert [place.number is None for place in places] == sorted(
            place.number is None for place in places
        )


@given(field=fields(), points=st.lists(st.integers(0, 30), max_size=3))
def test_whom_to_watch_are_the_unknown_and_the_free_among_them_come_first(
    field: list[FieldPlayer], points: list[int]
) -> None:
    team = tuple(
        Teammate(member_id=MemberId(n), points=each, rank=None, table=None)
        for n, each in enumerate(points)
    )

    ordered = watched_first(field, team)

    wanted = {Knowledge.UNKNOWN, Knowledge.CLAIMED}
    assert sorted(each.player_id for each in ordered) == sorted(
        each.player_id for each in field if each.knowledge in wanted
    )
    kinds = [each.knowledge is Knowledge.CLAIMED for each in ordered]
    assert kinds == sorted(kinds)


@given(field=fields())
def test_the_order_does_not_depend_on_the_order_of_the_rows(field: list[FieldPlayer]) -> None:
    assert watched_first(field, ()) == watched_first(field[::-1], ())
    assert in_places(field) == in_places(field[::-1])


def test_pairs_of_a_team_event_share_their_table_by_seat() -> None:
    field = [
        FieldPlayer(player_id=PlayerId(a), table=4, seat=seat, opponent_id=PlayerId(b))
        for a, b, seat in ((11, 21, 2), (21, 11, 2), (12, 22, 1), (22, 12, 1))
    ]

    [place] = in_places(field)

    assert [[each.player_id for each in pair] for pair in place.pairs] == [[12, 22], [11, 21]]


def test_a_ranking_takes_the_place_of_tables_that_nobody_has() -> None:
    field = [
        FieldPlayer(player_id=PlayerId(1), rank=None),
        FieldPlayer(player_id=PlayerId(2), rank=2),
        FieldPlayer(player_id=PlayerId(3), rank=1),
    ]

    places = in_places(field)

    assert [(place.number, place.pairs[0][0].player_id) for place in places] == [
        (1, 3),
        (2, 2),
        (3, 1),
    ]


def test_who_has_a_bye_comes_after_whoever_plays() -> None:
    idle = FieldPlayer(player_id=PlayerId(1), points=12)
    playing = FieldPlayer(player_id=PlayerId(2), points=3, opponent_id=PlayerId(3))

    assert watched_first([idle, playing], ()) == (playing, idle)
