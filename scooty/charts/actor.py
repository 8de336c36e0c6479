"""The drawer of charts, on a thread of its own.

Owns:
    Nothing that lasts: one picture at a time.

Loses at restart:
    The picture in hand; whoever waits for it answers without one.

Failure modes:
    The library refuses to draw: logged, and answered as a failure, since no picture is worth a
    restart. It takes long: whoever asked stops waiting, and later pictures are drawn in time.
"""

from __future__ import annotations

import structlog
from typing_extensions import override

from actors.kernel import ThreadActor
from scooty.charts.messages import ChartDrawn, ChartFailed, DrawChart
from scooty.rendering.charts import draw

__all__ = ["Charts"]

_log = structlog.get_logger("scooty.charts")


class Charts(ThreadActor[DrawChart]):
    """Draws charts."""

    @override
    def on_receive(self, message: DrawChart) -> ChartDrawn | ChartFailed:
        try:
            return ChartDrawn(png=draw(message.chart))
        except Exception as error:  # noqa: BLE001 - whatever a drawing library raises
            _log.exception("charts.failed", kind=type(error).__name__)
            return ChartFailed()
