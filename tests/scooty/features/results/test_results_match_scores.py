"""Scores as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.features.results.rules.match_scores import MatchScore, read_score
from scooty.features.results.rules.matchups import Outcome

GAMES = st.integers(0, 9)


@pytest.mark.parametrize(
    ("typed", "outcome", "written"),
    [
        ("2-1", Outcome.WIN, "2-1"),
        (" 2 - 0 ", Outcome.WIN, "2-0"),
        ("2:1", Outcome.WIN, "2-1"),
        ("2/0", Outcome.WIN, "2-0"),
        ("2\N{EN DASH}1", Outcome.WIN, "2-1"),
        ("2-1-1", Outcome.WIN, "2-1-1"),
        ("1-2", Outcome.LOSS, "1-2"),
        ("2-1", Outcome.LOSS, "1-2"),
        ("1-1", Outcome.DRAW, "1-1"),
        ("0-0-3", Outcome.DRAW, "0-0-3"),
        ("1-1-0", Outcome.DRAW, "1-1"),
    ],
)
def test_scores_are_read_as_people_write_them(typed: str, outcome: Outcome, written: str) -> None:
    assert str(read_score(typed, outcome)) == written


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("1-2", Outcome.WIN),
        ("1-1", Outcome.WIN),
        ("1-1", Outcome.LOSS),
        ("2-1", Outcome.DRAW),
        ("2", Outcome.WIN),
        ("10-0", Outcome.WIN),
        ("2-1-1-1", Outcome.WIN),
        ("two-one", Outcome.WIN),
        ("\u0662-\u0661", Outcome.WIN),
        ("", Outcome.WIN),
    ],
)
def test_what_is_no_score_of_such_an_end_is_not_read(typed: str, outcome: Outcome) -> None:
    assert read_score(typed, outcome) is None


@given(won=GAMES, lost=GAMES, drawn=GAMES)
def test_what_is_written_is_read_again(won: int, lost: int, drawn: int) -> None:
    score = MatchScore(won=won, lost=lost, drawn=drawn)

    assert read_score(str(score), score.outcome) == score


@given(text=st.text(max_size=20), outcome=st.sampled_from(Outcome))
def test_any_text_is_a_score_of_that_end_or_none(text: str, outcome: Outcome) -> None:
    score = read_score(text, outcome)

    assert score is None or score.outcome is outcome
