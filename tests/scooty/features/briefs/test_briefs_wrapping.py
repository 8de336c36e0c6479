"""Breaking texts into lines: nothing is lost where there is room, nothing is too wide."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scooty.features.briefs.replies.wrapping import cut_to, wrapped

texts = st.text(alphabet=" ab é-", max_size=120)


def wide(text: str) -> float:
    return float(len(text))


def test_a_text_breaks_between_words() -> None:
    assert wrapped("keeps two lands", 10, 3, wide) == ("keeps two", "lands")


def test_a_word_that_is_too_long_breaks_anywhere() -> None:
    assert wrapped("abcdefgh", 3, 4, wide) == ("abc", "def", "gh")


def test_what_does_not_fit_is_cut_with_an_ellipsis() -> None:
    assert wrapped("keeps two lands", 6, 2, wide) == ("keeps", "two l…")


@given(texts, st.integers(2, 30), st.integers(1, 8))
def test_no_line_is_too_wide_and_there_are_never_too_many(
    text: str, width: int, most_lines: int
) -> None:
    lines = wrapped(text, width, most_lines, wide)

    assert len(lines) <= most_lines
    assert all(len(line) <= width for line in lines)


@given(texts, st.integers(2, 30))
def test_nothing_is_lost_where_there_is_room(text: str, width: int) -> None:
    lines = wrapped(text, width, 1_000, wide)

    assert "".join(lines).replace(" ", "") == "".join(text.split())


@given(texts, st.integers(2, 30))
def test_a_cut_text_begins_as_the_whole_one(text: str, width: int) -> None:
    cut = cut_to(text, width, wide)

    assert len(cut) <= width
    assert text.startswith(cut.removesuffix("…").rstrip())
