"""Who draws charts."""

from __future__ import annotations

from typing import Final

from actors.kernel import ChildSpec
from scooty.core.charts.actor import Charts

_WAITING: Final = 8
"""Pictures that are drawn before whoever asked for the last of them has stopped waiting."""


def charts_spec() -> ChildSpec:
    """Say who draws charts."""
    return ChildSpec(
        name="charts",
        start=Charts,
        mailbox_size=_WAITING,
        handle_timeout_s=30.0,
    )
