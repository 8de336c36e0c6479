"""`ActorCharts`: asks the drawer of charts for people."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.kernel import SystemClock
from scooty.core.asking import ask_or
from scooty.core.charts.messages import ChartDrawn, DrawChart
from scooty.core.ports import ChartsPort, Picture

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime

    from actors.kernel import Address, Clock
    from scooty.core.charts.drawing import Chart
    from scooty.core.charts.messages import ChartsMessage

_DRAW_S: Final = 2.0
"""The first picture takes about as long, since the library is loaded for it."""
_RECENT: Final = timedelta(seconds=5)
"""While people report, each ``/stats`` would draw anew: 30 ms of a core that all others want."""
_SUBJECTS: Final = 32
"""Pictures of some 30 KB."""


@dataclass(slots=True)
class _Subject:
    """What was drawn last of a subject."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Whoever comes while it is drawn waits, and gets the same picture."""
    chart: Chart | None = None
    png: bytes | None = None
    drawn_at: datetime | None = None


class ActorCharts(ChartsPort):
    """The `ChartsPort` of the running program.

    Args:
        charts: Draws.
        clock: Says how old a picture is.
    """

    def __init__(self, charts: Address[ChartsMessage], *, clock: Clock | None = None) -> None:
        self._charts = charts
        self._clock = clock or SystemClock()
        self._subjects: OrderedDict[Hashable, _Subject] = OrderedDict()

    @override
    async def draw(self, chart: Chart) -> bytes | None:
        query = DrawChart(chart=chart)
        drawn = await ask_or(self._charts, query, timeout_s=_DRAW_S, otherwise=None)
        return drawn.png if isinstance(drawn, ChartDrawn) else None

    @override
    async def draw_lately(self, chart: Chart, subject: Hashable) -> Picture | None:
        last = self._subjects.setdefault(subject, _Subject())
        self._subjects.move_to_end(subject)
        if len(self._subjects) > _SUBJECTS:
            self._subjects.popitem(last=False)
        async with last.lock:
            now = self._clock.now()
            if last.drawn_at is None or now - last.drawn_at >= _RECENT:
                # One that failed is not tried again at once either: others wait for the drawer.
                last.chart, last.png = chart, await self.draw(chart)
                last.drawn_at = now
            if last.png is None:
                return None
            return Picture(png=last.png, as_of=None if last.chart == chart else last.drawn_at)
