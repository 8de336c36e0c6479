"""What is taken of a round's file: which round, and everybody once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.files import Outcome, PairingEntry, Person, Reason, Result, Side
from scooty.domain.ids import PlayerId
from scooty.domain.matching import Candidate
from scooty.domain.roster_plan import PlannedPlayer
from scooty.features.pairings.rules import Lot, identity_of, take_round, together_once

PEOPLE = st.integers(0, 8)
TABLES = st.lists(st.lists(PEOPLE, min_size=1, max_size=3), max_size=12)
ROUNDS = st.lists(st.none() | st.integers(0, 33), max_size=8)


def entry(round_number: int | None) -> PairingEntry:
    side = Side(people=(Person(name="Jane Doe"),))
    return PairingEntry(
        number=1, sides=(side,), round=round_number, result=Result(outcome=Outcome.OPEN)
    )


def player(number: int, *, likely: int | None = None) -> PlannedPlayer:
    """Odd ones are known, even ones are new; the name is the number."""
    known = PlayerId(number) if number % 2 else None
    candidate = None if likely is None else Candidate(player_id=PlayerId(likely), likeness=0.9)
    return PlannedPlayer(person=Person(name=f"n{number}"), player_id=known, likely=candidate)


def lots(tables: list[list[int]]) -> list[Lot[None]]:
    return [
        Lot(number=number, entry=None, people=tuple(map(player, table)))
        for number, table in enumerate(tables, 1)
    ]


def test_the_newest_round_of_a_file_is_taken() -> None:
    taken = take_round([entry(1), entry(2), entry(2)], None)

    assert (taken.number, taken.told, len(taken.entries), taken.elsewhere) == (2, (1, 2), 2, 1)


def test_the_round_that_is_asked_for_is_taken() -> None:
    assert take_round([entry(1), entry(2), entry(2)], 1).elsewhere == 2


def test_a_file_of_one_round_is_taken_whole_whatever_is_asked_for() -> None:
    taken = take_round([entry(3), entry(None)], 4)

    assert (taken.number, taken.told, len(taken.entries)) == (4, (3,), 2)


def test_a_file_that_tells_no_round_has_none() -> None:
    assert take_round([entry(None), entry(31), entry(0)], None).number is None


@given(ROUNDS, st.none() | st.integers(1, 30))
def test_every_table_is_taken_or_of_another_round(
    rounds: list[int | None], asked: int | None
) -> None:
    entries = [entry(each) for each in rounds]

    taken = take_round(entries, asked)

    assert len(taken.entries) + taken.elsewhere == len(entries)
    assert taken.number is None or 1 <= taken.number <= 30


@given(TABLES, st.frozensets(PEOPLE))
def test_everybody_stands_in_one_table_and_what_is_left_out_stands_in_a_kept_one(
    tables: list[list[int]], earlier: frozenset[int]
) -> None:
    given_lots = lots(tables)
    taken = {identity_of(player(each)) for each in earlier}

    kept, repeated = together_once(given_lots, taken)

    seated = [identity_of(each) for lot in kept for each in lot.people]
    assert len(set(seated)) == len(seated)
    assert taken.isdisjoint(seated)
    assert sorted([*(lot.number for lot in kept), *(each.number for each in repeated)]) == [
        lot.number for lot in given_lots
    ]
    for each in repeated:
        own = [identity_of(one) for one in given_lots[each.number - 1].people]
        assert each.reason is Reason.REPEATED
        assert len(set(own)) < len(own) or not (taken | set(seated)).isdisjoint(own)


@given(TABLES)
def test_what_was_kept_is_kept_again_whole(tables: list[list[int]]) -> None:
    kept, _ = together_once(lots(tables))

    assert together_once(kept) == (kept, ())


def test_a_name_is_not_like_a_player_who_stands_in_the_round() -> None:
    found: list[Lot[None]] = [
        Lot(number=1, entry=None, people=(player(2, likely=1), player(4, likely=3))),
        Lot(number=2, entry=None, people=(player(1), player(6))),
    ]

    kept, _ = together_once(found)

    likely = [each.likely for each in kept[0].people]
    assert likely == [None, Candidate(player_id=PlayerId(3), likeness=0.9)]
