"""Whom of a roster a name means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.names import measure
from scooty.domain.ids import PlayerId
from scooty.domain.matching import Ask, Certain, Match, NoMatch, Roster, name_likeness
from scooty.domain.names import name_key

JANE, RICK, THOMAS, ELODIE = PlayerId(1), PlayerId(2), PlayerId(3), PlayerId(4)
PEOPLE = [(JANE, "Jane Doe"), (RICK, "Rick Roe"), (THOMAS, "Thomas Martin"), (ELODIE, "Élodie Roy")]


def offered(match: Match) -> list[PlayerId]:
    return [one.player_id for one in match.candidates] if isinstance(match, Ask) else []


@pytest.mark.parametrize("name", ["jane doe", "Doe, Jane", "DOE JANE", "Jané Doe", " jane  doe."])
def test_the_same_name_written_otherwise_is_certain(name: str) -> None:
    assert Roster(PEOPLE).match(name) == Certain(player_id=JANE)


@pytest.mark.parametrize("name", ["Jane Deo", "Jnae Doe", "J. Doe", "jdoe", "Doe"])
def test_a_name_that_is_only_alike_is_asked_about(name: str) -> None:
    assert offered(Roster(PEOPLE).match(name))[0] == JANE


def test_a_turned_name_is_asked_about_where_it_is_a_name_as_well() -> None:
    roster = Roster([*PEOPLE, (PlayerId(9), "Martin Kowalski")])

    assert offered(roster.match("Martin Thomas"))[0] == THOMAS


def test_namesakes_are_asked_about() -> None:
    roster = Roster([*PEOPLE, (PlayerId(9), "Doe, Jane")])

    assert set(offered(roster.match("Jane Doe"))) == {JANE, PlayerId(9)}


@pytest.mark.parametrize("name", ["Wolfgang Zimmermann", "", "12"])
def test_a_name_like_nobodys_is_nobody(name: str) -> None:
    assert Roster(PEOPLE).match(name) == NoMatch()


@given(st.lists(st.text(max_size=20), max_size=6), st.text(max_size=20))
def test_only_a_name_of_the_same_words_is_ever_certain(names: list[str], typed: str) -> None:
    match = Roster((PlayerId(n), name) for n, name in enumerate(names)).match(typed)

    if isinstance(match, Certain):
        found = name_key(names[match.player_id])
        assert sorted(found.split()) == sorted(name_key(typed).split())


@given(st.text("abc ", max_size=12), st.text("abc ", max_size=12))
def test_likeness_is_the_same_both_ways_and_within_0_and_1(one: str, other: str) -> None:
    assert 0 <= name_likeness(one, other) <= 1
    assert name_likeness(one, other) == pytest.approx(name_likeness(other, one))


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [("jane", "jnae", 0.75), ("jane", "jan", 0.75), ("jane", "jane", 1), ("ab", "cde", 0)],
)
def test_a_swap_of_neighbours_is_one_error_of_so_many_letters(
    one: str, other: str, likeness: float
) -> None:
    assert name_likeness(one, other) == likeness


def test_of_a_roster_of_2000_at_least_99_percent_are_right_and_none_wrong_without_asking() -> None:
    figures = measure()

    assert figures.wrong == 0
    assert figures.right_share >= 0.99
    assert (figures.certain + figures.asked_first) / figures.on_roster >= 0.98
