"""The drawer of charts and of pages to print, on a thread of its own.

Owns:
    Nothing that lasts: one picture at a time.

Loses at restart:
    The picture in hand; whoever waits for it answers without one.

Failure modes:
    The library refuses to draw: logged, and answered as a failure, since no picture is worth a
    restart. It takes long: whoever asked stops waiting, and later pictures are drawn in time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from typing_extensions import override

from actors.kernel import ThreadActor
from scooty.core.charts.messages import (
    ChartDrawn,
    ChartFailed,
    ChartsMessage,
    DrawChart,
    PrintSheets,
    SheetsPrinted,
)

if TYPE_CHECKING:
    from scooty.core.charts.drawing import Chart
    from scooty.features.briefs.replies.sheets import Printout

_log = structlog.get_logger("scooty.charts")


class Charts(ThreadActor[ChartsMessage]):
    """Draws charts and pages to print."""

    @override
    def on_receive(self, message: ChartsMessage) -> ChartDrawn | SheetsPrinted | ChartFailed:
        try:
            match message:
                case DrawChart(chart=chart):
                    return ChartDrawn(png=_draw(chart))
                case PrintSheets(printout=printout):
                    return SheetsPrinted(pdf=_print(printout))
        except Exception as error:  # noqa: BLE001 - whatever a drawing library raises
            _log.exception("charts.failed", kind=type(error).__name__)
            return ChartFailed()


def _draw(chart: Chart) -> bytes:
    from scooty.core.charts.drawing import draw  # noqa: PLC0415 - 4 MiB at every start

    return draw(chart)


def _print(printout: Printout) -> bytes:
    from scooty.features.briefs.replies.printing import draw_printout  # noqa: PLC0415 - 13 MiB, and 0.2 s of start

    return draw_printout(printout)
