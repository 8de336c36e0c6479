"""Tables that leave the bot as files."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.exports import Cell, Sheet, neutralise, to_csv

_text = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
_cells = (
    st.none() | st.integers() | _text | st.sampled_from(["=1+1", " @x", "\t=2", "-3", "\uff1d1"])
)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", " =1", "\uff1d1"])
def test_text_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["Jane Doe", "O'Brien", "a=b", "", None, -3, 0.5])
def test_other_cells_stay_as_they_are(cell: Cell) -> None:
    assert neutralise(cell) == cell


@given(_cells)
def test_no_text_begins_like_a_formula(cell: Cell) -> None:
    safe = neutralise(cell)

    assert not isinstance(safe, str) or safe.lstrip()[:1] not in {*"=+-@\uff1d\uff0b\uff0d\uff20"}


@given(st.lists(st.tuples(_cells, _cells), max_size=5))
def test_every_cell_comes_back_from_the_file(rows: list[tuple[Cell, Cell]]) -> None:
    written = to_csv(Sheet(name="reports", columns=("player", "comment"), rows=tuple(rows)))

    read = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert read[0] == ["player", "comment"]
    assert read[1:] == [
        ["" if cell is None else str(neutralise(cell)) for cell in row] for row in rows
    ]


def test_a_file_begins_with_the_mark_by_which_excel_reads_accents() -> None:
    written = to_csv(Sheet(name="reports", columns=("joueur",), rows=(("Élodie",),)))

    assert written == b"\xef\xbb\xbfjoueur\r\n" + "Élodie\r\n".encode()
