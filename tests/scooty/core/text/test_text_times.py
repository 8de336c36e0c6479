"""Which way the whole seconds of Discord's relative times are rounded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scooty.core.text.style import not_before, relative_time

_SECOND = datetime(2026, 11, 24, 9, 0, 0, tzinfo=UTC)
_UNIX = int(_SECOND.timestamp())


@pytest.mark.parametrize("fraction_s", [0.0, 0.001, 0.5, 0.999])
def test_what_has_just_happened_is_never_shown_in_the_future(fraction_s: float) -> None:
    assert relative_time(_SECOND + timedelta(seconds=fraction_s)) == f"<t:{_UNIX}:R>"


@pytest.mark.parametrize(("fraction_s", "later_s"), [(0.0, 0), (0.001, 1), (0.999, 1)])
def test_nobody_is_told_to_try_again_too_early(fraction_s: float, later_s: int) -> None:
    assert not_before(_SECOND + timedelta(seconds=fraction_s)) == f"<t:{_UNIX + later_s}:R>"
