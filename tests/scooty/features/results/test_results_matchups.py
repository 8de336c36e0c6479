"""How one deck does against another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.field import count_field
from scooty.domain.ids import ArchetypeId
from scooty.features.results.rules.matchups import (
    FEWEST_MATCHES,
    Expectation,
    MatchPlayed,
    Outcome,
    count_matchups,
    expect,
)

JESKAI, GOLGARI, RAKDOS = ArchetypeId(1), ArchetypeId(2), ArchetypeId(3)

_matches = st.lists(
    st.builds(
        MatchPlayed,
        ours=st.sampled_from([JESKAI, GOLGARI]),
        theirs=st.sampled_from([JESKAI, GOLGARI, RAKDOS]),
        outcome=st.sampled_from(Outcome),
    ),
    max_size=60,
)


def played(theirs: ArchetypeId, outcomes: str, ours: ArchetypeId = JESKAI) -> list[MatchPlayed]:
    meant = {"w": Outcome.WIN, "l": Outcome.LOSS, "d": Outcome.DRAW}
    return [MatchPlayed(ours=ours, theirs=theirs, outcome=meant[one]) for one in outcomes]


@given(_matches)
def test_every_match_is_counted_once(matches: list[MatchPlayed]) -> None:
    matchups = count_matchups(matches)

    assert sum(one.wins + one.losses + one.draws for one in matchups) == len(matches)
    assert len({(one.ours, one.theirs) for one in matchups}) == len(matchups)
    assert count_matchups(reversed(matches)) == matchups


@given(_matches)
def test_a_rate_needs_five_decided_matches_and_is_never_of_a_mirror(
    matches: list[MatchPlayed],
) -> None:
    for matchup in count_matchups(matches):
        enough = matchup.decided >= FEWEST_MATCHES and matchup.ours != matchup.theirs

        assert (matchup.win_rate is not None) is enough
        assert (matchup.interval is not None) is enough


def test_draws_are_in_no_rate() -> None:
    (matchup,) = count_matchups(played(GOLGARI, "wwwlddddd"))
    (more,) = count_matchups(played(GOLGARI, "wwwllddddd"))

    assert (matchup.decided, matchup.win_rate) == (4, None)
    assert (more.decided, more.win_rate, more.draws) == (5, 0.6, 5)


@given(_matches, st.lists(st.sampled_from([JESKAI, GOLGARI, RAKDOS]), max_size=40))
def test_an_expectation_lies_between_the_worst_and_the_best_rate(
    matches: list[MatchPlayed], kinds: list[ArchetypeId]
) -> None:
    matchups = count_matchups(matches)

    expectation = expect(JESKAI, matchups, count_field(kinds))

    rates = [
        one.win_rate
        for one in matchups
        if one.ours == JESKAI and one.theirs in kinds and one.win_rate is not None
    ]
    assert 0 <= expectation.covered_share <= 1
    assert (expectation.win_rate is None) is (not rates)
    if expectation.win_rate is not None:
        assert min(rates) - 1e-9 <= expectation.win_rate <= max(rates) + 1e-9


def test_an_expectation_weighs_by_the_field_and_says_how_much_of_it_is_covered() -> None:
    matchups = count_matchups([*played(GOLGARI, "wwwww"), *played(RAKDOS, "lllll")])

    expectation = expect(JESKAI, matchups, count_field([GOLGARI] * 3 + [RAKDOS] + [JESKAI] * 4))

    assert expectation == Expectation(win_rate=0.75, covered_share=0.5)


def test_nothing_is_expected_of_a_field_never_met() -> None:
    expectation = expect(JESKAI, [], count_field([GOLGARI] * 12))

    assert expectation == Expectation(win_rate=None, covered_share=0.0)
    assert expectation.win_rate != pytest.approx(0.5)
