"""Drawing half pages as a PDF: two to a page of A4, with room for handwriting.

It takes the processor for a moment, so this is for a thread of its own.
"""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from scooty.features.briefs.replies.printed_letters import (
    BOLD,
    REGULAR,
    ensure_fonts,
    printable,
    width_of,
)
from scooty.features.briefs.replies.wrapping import cut_to, wrapped
from scooty.features.briefs.rules import in_visual_order

if TYPE_CHECKING:
    from scooty.features.briefs.replies.sheets import PrintedSheet, Printout

_WIDTH, _HEIGHT = A4
"""Points, as all lengths here; 72 are an inch. Printed on Letter it becomes a little smaller."""
_HALF: Final = _HEIGHT / 2
_LEFT: Final = 42.0
_RIGHT: Final = _WIDTH - 42.0
_TEXT_WIDTH: Final = _RIGHT - _LEFT
_TOP: Final = 40.0
_BOTTOM: Final = 24.0
_LABELS: Final = 96.0
"""How wide the column of labels is."""
_ROW: Final = 12.5
_WRITING_FROM: Final = 132.0
"""Above the bottom of a half: what is known ends here, so that four lines are left to write on."""
_WRITING: Final = 22.0
"""Between two lines of handwriting."""
_FACT_LINES: Final = 2
_NOTE_LINES: Final = 3
_BODY: Final = 9.5
_SMALLEST: Final = 8.0
_PALE: Final = 0.4
"""Of grey; 0 is black."""


def draw_printout(out: Printout) -> bytes:
    """Draw half pages as a PDF; equal ones give equal bytes."""
    ensure_fonts()
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4, invariant=1, lang=out.language, initialFontName=REGULAR)
    canvas.setTitle(out.title)
    canvas.setAuthor("Scooty")
    for place, sheet in enumerate(out.sheets):
        is_upper = place % 2 == 0
        _HalfPage(canvas, out, bottom=_HALF if is_upper else 0.0).draw(sheet)
        if is_upper:
            _draw_cut(canvas)
        else:
            canvas.showPage()
    canvas.save()
    return content.getvalue()


def _draw_cut(canvas: Any) -> None:
    """Draw where the page is cut in two."""
    canvas.setStrokeGray(0.6)
    canvas.setLineWidth(0.5)
    canvas.setDash(3, 3)
    canvas.line(0, _HALF, _WIDTH, _HALF)
    canvas.setDash()


class _HalfPage:
    """One half of a page, drawn from its top down.

    Args:
        canvas: Of the whole page; the library has no types.
        out: What all half pages have in common.
        bottom: Where the half ends, above the page's end.
    """

    def __init__(self, canvas: Any, out: Printout, *, bottom: float) -> None:
        self._canvas = canvas
        self._out = out
        self._bottom = bottom
        self._y = bottom + _HALF - _TOP

    def draw(self, sheet: PrintedSheet) -> None:
        self._draw_head(sheet)
        for fact in sheet.facts:
            self._draw_block(fact.label, fact.text, _FACT_LINES)
        for place, note in enumerate(sheet.notes):
            self._draw_block("" if place else self._out.notes, f"• {note}", _NOTE_LINES)
        self._draw_room_to_write()
        self._y = self._bottom + _BOTTOM
        self._write(_LEFT, self._out.footer, size=_SMALLEST, grey=_PALE)

    def _draw_head(self, sheet: PrintedSheet) -> None:
        place = width_of(sheet.place, BOLD, 13)
        self._write(_RIGHT - place, sheet.place, size=13, font=BOLD)
        self._write(_LEFT, sheet.name, size=13, most=_TEXT_WIDTH - place - 12)
        self._y -= 7
        self._rule(grey=0.0)
        self._y -= 22
        versus = self._write(_LEFT, self._out.versus, size=11, grey=_PALE)
        self._write(versus + 6, sheet.opponent, size=17, font=BOLD)
        self._y -= 21
        end = self._write(_LEFT, sheet.deck, size=13, most=_TEXT_WIDTH * 0.55, font=BOLD)
        if sheet.confidence:
            self._write(end + 6, f"· {sheet.confidence}", size=11)
        self._y -= 22

    def _draw_block(self, label: str, text: str, most_lines: int) -> None:
        """Write a label and a text beside it, as far as there is room."""
        room = int((self._y - self._bottom - _WRITING_FROM) // _ROW)
        if room <= 0:
            return
        measure = partial(width_of, font=REGULAR, size=_BODY)
        lines = wrapped(
            self._printable(text), _TEXT_WIDTH - _LABELS, min(most_lines, room), measure
        )
        self._write(_LEFT, label, size=_BODY, most=_LABELS - 6, font=BOLD)
        for line in lines:
            self._write(_LEFT + _LABELS, line, size=_BODY)
            self._y -= _ROW
        self._y -= 3

    def _draw_room_to_write(self) -> None:
        """Draw lines for handwriting, down to the footer."""
        self._y -= 4
        self._write(_LEFT, self._out.own_notes, size=_SMALLEST, grey=_PALE)
        self._y -= _WRITING
        while self._y > self._bottom + _BOTTOM + 12:
            self._rule(grey=0.75)
            self._y -= _WRITING

    def _rule(self, *, grey: float) -> None:
        self._canvas.setStrokeGray(grey)
        self._canvas.setLineWidth(0.6)
        self._canvas.line(_LEFT, self._y, _RIGHT, self._y)

    def _write(  # noqa: PLR0913 - where, what and how, by name
        self,
        x: float,
        text: str,
        *,
        size: float,
        most: float | None = None,
        font: str = REGULAR,
        grey: float = 0.0,
    ) -> float:
        """Write on the current line, smaller or cut where it is too long; return where it ends.

        Args:
            x: Where it begins.
            text: In the order in which it is read.
            size: Of the letters, when there is room for them.
            most: How wide it may be; up to the right margin when it is left out.
            font: Regular or bold.
            grey: 0 is black.
        """
        room = _RIGHT - x if most is None else most
        shown = self._printable(text)
        width = width_of(shown, font, size)
        if width > room:
            size = max(_SMALLEST, size * room / width)
            shown = cut_to(shown, room + 0.01, partial(width_of, font=font, size=size))
        self._canvas.setFillGray(grey)
        self._canvas.setFont(font, size)
        self._canvas.drawString(x, self._y, in_visual_order(shown))
        return x + width_of(shown, font, size)

    def _printable(self, text: str) -> str:
        return printable(text, instead=self._out.unprintable)
