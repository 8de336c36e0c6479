"""Whom of the players known so far a roster's names mean."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.files import Person, RosterEntry
from scooty.domain.ids import PlayerId
from scooty.domain.matching import Ask, Certain, Roster
from scooty.domain.names import is_name, name_key
from scooty.domain.roster_plan import LIKE_FROM, PlannedPlayer, plan_roster

NAMES = st.text(alphabet="abc ", min_size=1, max_size=12).filter(
    lambda text: is_name(text) and bool(name_key(text))
)


def planned(name: str, *known: str, username: str | None = None) -> PlannedPlayer:
    entry = RosterEntry(number=1, person=Person(name=name, username=username))
    spellings = [(PlayerId(place), each) for place, each in enumerate(known)]
    [player] = plan_roster([entry], spellings)
    return player


def test_the_same_name_is_the_player() -> None:
    assert planned("DOE, Jane", "Rick Roe", "Jane Doe").player_id == 1


def test_the_same_words_in_another_order_are_the_player() -> None:
    assert planned("Doe Jane", "Jane Doe").player_id == 0


def test_a_handle_is_the_player() -> None:
    assert planned("Jane Doe", "PixelFox", username="pixelfox").player_id == 0


def test_a_slip_away_is_a_question() -> None:
    player = planned("Jon Smith", "Rick Roe", "John Smith")

    assert player.player_id is None
    assert player.likely is not None
    assert player.likely.player_id == 1


def test_somebody_with_the_same_first_name_is_nobody_known() -> None:
    player = planned("Jane Miller", "Jane Doe")

    assert (player.player_id, player.likely) == (None, None)


@given(st.lists(NAMES, max_size=8), st.lists(NAMES, max_size=8, unique_by=name_key))
def test_a_plan_is_certain_of_exactly_what_a_roster_is_certain_of(
    names: list[str], known: list[str]
) -> None:
    spellings = [(PlayerId(place), each) for place, each in enumerate(known)]
    entries = [
        RosterEntry(number=number, person=Person(name=name)) for number, name in enumerate(names, 1)
    ]

    plan = plan_roster(entries, spellings)

    roster = Roster(spellings)
    assert [each.person.name for each in plan] == names
    for each in plan:
        match = roster.match(each.person.name)
        assert each.player_id == (match.player_id if isinstance(match, Certain) else None)
        assert each.likely is None or (isinstance(match, Ask) and each.likely.likeness >= LIKE_FROM)


def test_a_quick_look_finds_who_is_a_letter_away_among_thousands() -> None:
    known = [
        f"{first}{n} {last}{n * 7 % 1000}" for n in range(700) for first, last in (("Jan", "Do"),)
    ]
    roster = Roster((PlayerId(place), each) for place, each in enumerate(known))

    for place in range(0, 700, 50):
        match = roster.match(known[place][1:], quickly=True)
        assert isinstance(match, Ask)
        assert place in [each.player_id for each in match.candidates]


def test_others_get_their_turn() -> None:
    turns = []
    entries = [RosterEntry(number=n, person=Person(name=f"Player {n}")) for n in range(20)]

    plan_roster(entries, (), breathe=lambda: turns.append(1))

    assert len(turns) == 3
