"""The drawer of charts by its address, and the port in front of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from structlog.testing import capture_logs

from actors.kernel import ActorSystem
from actors.testing import ManualClock, run_actor
from scooty.core.charts.actor import Charts
from scooty.core.charts.messages import ChartDrawn, ChartFailed, DrawChart
from scooty.core.charts.port import ActorCharts
from scooty.features.stats.replies.share_chart import Bar, ShareChart

CHART = ShareChart(
    title="RC Lyon",
    caption="12 of 12 players are known",
    bars=(Bar(label="Burn", figure="100% (12)", players=12, colour=0xE5533D),),
)
NOTHING = ShareChart(title="RC Lyon", caption="", bars=())
"""Cannot be drawn."""


async def test_a_chart_is_drawn_while_the_loop_goes_on() -> None:
    async with run_actor(Charts()) as charts:
        drawing = asyncio.create_task(charts.ask(DrawChart(chart=CHART), timeout_s=30))
        turns = 0
        while not drawing.done():
            await asyncio.sleep(0)
            turns += 1
        drawn = await drawing

    assert isinstance(drawn, ChartDrawn)
    assert drawn.png.startswith(b"\x89PNG")
    assert turns > 10


async def test_a_chart_that_cannot_be_drawn_is_a_failure_and_the_next_one_is_drawn() -> None:
    with capture_logs() as lines:
        async with run_actor(Charts()) as charts:
            failed = await charts.ask(DrawChart(chart=NOTHING), timeout_s=30)
            drawn = await charts.ask(DrawChart(chart=CHART), timeout_s=30)

    (failure,) = (line for line in lines if line["event"] == "charts.failed")
    assert failure["exc_info"]  # where in the drawing
    assert isinstance(failed, ChartFailed)
    assert isinstance(drawn, ChartDrawn)


async def test_people_get_the_picture_or_none() -> None:
    async with run_actor(Charts()) as charts:
        await charts.ask(DrawChart(chart=CHART), timeout_s=30)
        port = ActorCharts(charts)
        drawn, failed = await port.draw(CHART), await port.draw(NOTHING)

    assert drawn is not None
    assert failed is None


async def test_people_get_no_picture_where_nobody_draws() -> None:
    nobody = ActorSystem().address("charts")

    assert await ActorCharts(nobody).draw(CHART) is None


async def test_a_picture_of_the_last_five_seconds_is_good_enough_and_tells_when_it_was_drawn() -> (
    None
):
    clock = ManualClock()
    changed = replace(CHART, caption="13 of 13 players are known")
    async with run_actor(Charts()) as charts:
        await charts.ask(DrawChart(chart=CHART), timeout_s=30)
        port = ActorCharts(charts, clock=clock)
        drawn_at = clock.now()
        first = await port.draw_lately(CHART, "field")
        await clock.advance(4.9)
        same = await port.draw_lately(CHART, "field")
        earlier = await port.draw_lately(changed, "field")
        other = await port.draw_lately(changed, "another field")
        await clock.advance(0.1)
        anew = await port.draw_lately(changed, "field")

    assert first is not None
    assert first == same
    assert first.as_of is None
    assert earlier == replace(first, as_of=drawn_at)
    assert anew == other
    assert anew is not None
    assert anew.as_of is None
    assert anew.png != first.png


async def test_a_picture_that_failed_is_not_tried_again_at_once() -> None:
    clock = ManualClock()
    async with run_actor(Charts()) as charts:
        await charts.ask(DrawChart(chart=CHART), timeout_s=30)
        port = ActorCharts(charts, clock=clock)
        failed = await port.draw_lately(NOTHING, "field")
        soon = await port.draw_lately(CHART, "field")
        await clock.advance(5)
        later = await port.draw_lately(CHART, "field")

    assert failed is None
    assert soon is None
    assert later is not None
