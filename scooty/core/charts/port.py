"""`ActorCharts` and `ActorPrinter`: ask the drawer of charts for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.kernel import ActorKitError
from scooty.core.charts.messages import ChartDrawn, DrawChart, PrintSheets, SheetsPrinted
from scooty.core.ports import ChartsPort, PrinterPort

if TYPE_CHECKING:
    from actors.kernel import Address
    from scooty.core.charts.drawing import Chart
    from scooty.core.charts.messages import ChartsMessage
    from scooty.features.briefs.replies.sheets import Printout

_DRAW_S: Final = 2.0
"""The first picture takes about as long, since the library is loaded for it."""


class ActorCharts(ChartsPort):
    """The `ChartsPort` of the running program.

    Args:
        charts: Draws.
    """

    def __init__(self, charts: Address[ChartsMessage]) -> None:
        self._charts = charts

    @override
    async def draw(self, chart: Chart) -> bytes | None:
        try:
            drawn = await self._charts.ask(DrawChart(chart=chart), timeout_s=_DRAW_S)
        except ActorKitError:
            return None
        return drawn.png if isinstance(drawn, ChartDrawn) else None


class ActorPrinter(PrinterPort):
    """The `PrinterPort` of the running program.

    Args:
        charts: Draws pages too.
    """

    def __init__(self, charts: Address[ChartsMessage]) -> None:
        self._charts = charts

    @override
    async def print_sheets(self, printout: Printout) -> bytes | None:
        try:
            printed = await self._charts.ask(PrintSheets(printout=printout), timeout_s=_DRAW_S)
        except ActorKitError:
            return None
        return printed.pdf if isinstance(printed, SheetsPrinted) else None
