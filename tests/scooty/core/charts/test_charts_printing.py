"""The drawer of pages to print by its address."""

from __future__ import annotations

import asyncio

from structlog.testing import capture_logs

from actors.testing import run_actor
from scooty.core.charts.actor import Charts
from scooty.core.charts.messages import ChartFailed, PrintSheets, SheetsPrinted
from scooty.features.briefs.replies.sheets import PrintedSheet, Printout

SHEET = PrintedSheet(
    name="Sam Vimes",
    place="Round 5",
    opponent="Jane Doe",
    deck="Burn",
    confidence="sure",
    facts=(),
    notes=(),
)
OUT = Printout(
    title="Round 5",
    language="en",
    sheets=(SHEET,) * 12,
    versus="against",
    notes="Notes:",
    own_notes="Own notes:",
    unprintable="?",
    footer="RC Lyon",
)
NOTHING = Printout(
    title="",
    language="no such language: \ud800",
    sheets=(),
    versus="",
    notes="",
    own_notes="",
    unprintable="",
    footer="",
)
"""Cannot be drawn: half of a letter is none."""


async def test_pages_are_drawn_while_the_loop_goes_on() -> None:
    async with run_actor(Charts()) as charts:
        drawing = asyncio.create_task(charts.ask(PrintSheets(printout=OUT), timeout_s=30))
        turns = 0
        while not drawing.done():
            await asyncio.sleep(0)
            turns += 1
        printed = await drawing

    assert isinstance(printed, SheetsPrinted)
    assert printed.pdf.startswith(b"%PDF-")
    assert turns > 10


async def test_pages_that_cannot_be_drawn_are_a_failure_and_the_next_ones_are_drawn() -> None:
    with capture_logs() as lines:
        async with run_actor(Charts()) as charts:
            failed = await charts.ask(PrintSheets(printout=NOTHING), timeout_s=30)
            printed = await charts.ask(PrintSheets(printout=OUT), timeout_s=30)

    (failure,) = (line for line in lines if line["event"] == "charts.failed")
    assert failure["exc_info"]  # where in the drawing
    assert isinstance(failed, ChartFailed)
    assert isinstance(printed, SheetsPrinted)
