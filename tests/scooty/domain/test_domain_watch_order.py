"""Whom to watch next: laws of the order, and its rule by examples."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.ids import MemberId, PlayerId
from scooty.domain.watch_order import Teammate, Watchable, order_watches

SAM = Teammate(member_id=MemberId(1), points=9, rank=10, table=5)
ROBIN = Teammate(member_id=MemberId(2), points=3, rank=90, table=45)

numbers = st.none() | st.integers(0, 45)
places = st.none() | st.integers(1, 2_000)
teams = st.lists(
    st.builds(
        Teammate,
        member_id=st.integers(1, 40).map(MemberId),
        points=numbers,
        rank=places,
        table=places,
        met=st.frozensets(st.integers(1, 60).map(PlayerId)),
    ),
    max_size=5,
    unique_by=lambda mate: mate.member_id,
)
fields = st.lists(
    st.builds(
        Watchable,
        player_id=st.integers(1, 60).map(PlayerId),
        name=st.just("Jane Doe"),
        points=numbers,
        rank=places,
        table=places,
    ),
    max_size=30,
    unique_by=lambda player: player.player_id,
)


def player(number: int, points: int | None, rank: int | None = None) -> Watchable:
    return Watchable(
        player_id=PlayerId(number), name=f"Player {number}", points=points, rank=rank, table=number
    )


def ordered(players: list[Watchable], *team: Teammate, at_most: int = 100) -> list[int]:
    return [watch.player.player_id for watch in order_watches(players, team, at_most=at_most)]


def test_those_whom_a_teammate_may_meet_next_come_before_those_with_more_points() -> None:
    players = [player(1, 15), player(2, 3), player(3, 9), player(4, 12)]

    assert ordered(players, SAM, ROBIN) == [3, 2, 4, 1]


def test_among_the_equally_near_the_place_in_the_standings_decides() -> None:
    players = [player(1, 9, 40), player(2, 9, 12), player(3, 9, 9), player(4, 9)]

    assert ordered(players, SAM) == [3, 2, 1, 4]


def test_a_teammate_who_has_met_a_player_does_not_count_where_another_has_not() -> None:
    has_met = replace(SAM, met=frozenset({PlayerId(1)}))

    (watch,) = order_watches([player(1, 9)], [has_met, ROBIN], at_most=1)

    assert (watch.nearest, watch.matches_apart) == (ROBIN, 2)


def test_a_draw_is_no_more_than_one_match() -> None:
    (watch,) = order_watches([player(1, 10)], [SAM], at_most=1)

    assert watch.matches_apart == 1


def test_without_points_the_standings_and_then_the_tables_decide() -> None:
    players = [player(4, None), player(3, None), player(2, None, 30), player(1, None, 12)]

    assert ordered(players, replace(SAM, points=None)) == [1, 2, 3, 4]


def test_without_a_team_those_with_most_points_come_first_and_nobody_is_near() -> None:
    watches = order_watches([player(1, 3), player(2, 12)], (), at_most=5)

    assert [(watch.player.player_id, watch.nearest) for watch in watches] == [(2, None), (1, None)]


@given(fields, teams, st.randoms(use_true_random=False))
def test_the_order_depends_on_nothing_but_the_players_and_the_team(
    players: list[Watchable], team: list[Teammate], chance: object
) -> None:
    shuffled, mates = list(players), list(team)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    chance.shuffle(mates)  # type: ignore[attr-defined]

    assert ordered(shuffled, *mates) == ordered(players, *team)


@given(fields, teams, st.integers(0, 40))
def test_a_shorter_list_is_the_beginning_of_a_longer_one_and_names_nobody_twice(
    players: list[Watchable], team: list[Teammate], at_most: int
) -> None:
    all_of_them = ordered(players, *team)

    assert sorted(all_of_them) == sorted(each.player_id for each in players)
    assert ordered(players, *team, at_most=at_most) == all_of_them[:at_most]


@given(fields, teams)
def test_nobody_comes_before_somebody_nearer(
    players: list[Watchable], team: list[Teammate]
) -> None:
    watches = order_watches(players, team, at_most=100)

    apart = [watch.matches_apart for watch in watches]
    known = [each for each in apart if each is not None]
    assert apart[: len(known)] == sorted(known)


@given(fields, teams)
def test_the_nearest_teammate_is_one_who_may_still_meet_them_if_there_is_any(
    players: list[Watchable], team: list[Teammate]
) -> None:
    for watch in order_watches(players, team, at_most=100):
        chosen, number = watch.nearest, watch.player.player_id
        assert (chosen is None) == (not team)
        if chosen is not None and number in chosen.met:
            assert all(number in mate.met for mate in team)


@given(fields, teams, st.data())
def test_more_points_at_the_same_distance_never_put_somebody_back(
    players: list[Watchable], team: list[Teammate], data: st.DataObject
) -> None:
    watches = order_watches(players, team, at_most=100)
    near = [watch for watch in watches if watch.matches_apart is not None]
    if not near:
        return
    watch = data.draw(st.sampled_from(near))
    richer = replace(watch.player, points=(watch.player.points or 0) + 1)
    changed = [richer if each == watch.player else each for each in players]

    after = order_watches(changed, team, at_most=100)

    place = next(n for n, each in enumerate(after) if each.player == richer)
    if after[place].matches_apart == watch.matches_apart:
        assert place <= watches.index(watch)
