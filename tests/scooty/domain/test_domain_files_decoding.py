"""The text of a file of which nobody says how it is encoded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.files import MAX_FILE_BYTES, FileTooLarge, decode

PAIRING = "12  Doe, Élodie (9)  vs.  Roe, Rick (9)\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"]
)
def test_every_encoding_that_people_save_in_is_read(encoding: str) -> None:
    assert decode(PAIRING.encode(encoding)) == PAIRING


@given(st.binary(max_size=200))
def test_any_bytes_become_text_without_nuls(content: bytes) -> None:
    text = decode(content)

    assert isinstance(text, str)
    assert "\0" not in text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf_8_is_read_as_it_was_written(text: str) -> None:
    assert decode(text.encode()) == text


def test_a_file_above_the_limit_is_not_read() -> None:
    assert decode(b"x" * MAX_FILE_BYTES) == "x" * MAX_FILE_BYTES
    assert decode(b"x" * (MAX_FILE_BYTES + 1)) == FileTooLarge(size_bytes=MAX_FILE_BYTES + 1)
