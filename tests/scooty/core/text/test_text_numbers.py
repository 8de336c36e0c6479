from __future__ import annotations

import pytest

from scooty.core.i18n import ENGLISH, FRENCH
from scooty.core.text.numbers import duration, percent


@pytest.mark.parametrize(
    ("seconds", "english", "french"),
    [
        (0.0123, "12_ms", "12_ms"),
        (0.24, "0.24_s", "0,24_s"),
        (1.5, "1.5_s", "1,5_s"),
        (42.4, "42_s", "42_s"),
        (300.0, "5_min", "5_min"),
        (21_600.0, "6_h", "6_h"),
        (259_200.0, "3_d", "3_j"),
    ],
)
def test_a_duration_is_told_in_the_largest_unit_that_fits_it(
    seconds: float, english: str, french: str
) -> None:
    told = (duration(seconds, ENGLISH), duration(seconds, FRENCH))

    assert told == (english.replace("_", "\u202f"), french.replace("_", "\u202f"))


@pytest.mark.parametrize(
    ("share", "english", "french"),
    [
        (1.0, "100%", "100_%"),
        (0.995, "99.5%", "99,5_%"),
        (0.99999, "99.9%", "99,9_%"),
        (0.95, "95%", "95_%"),
        (0.0, "0%", "0_%"),
    ],
)
def test_a_percentage_says_all_only_of_all(share: float, english: str, french: str) -> None:
    assert percent(share, ENGLISH) == english
    assert percent(share, FRENCH) == french.replace("_", "\u202f")
