from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.core.text.custom_ids import PICK_ARCHETYPE, UNDO_REPORT, Verb, parse

SNOWFLAKES = st.integers(0, 2**63 - 1)


def test_an_id_reads_as_name_verb_version_and_arguments() -> None:
    assert UNDO_REPORT(42) == "scout:undo@1:42"


@given(SNOWFLAKES, SNOWFLAKES)
def test_an_id_is_parsed_back_and_never_too_long(draft: int, archetype: int) -> None:
    custom_id = PICK_ARCHETYPE(draft, archetype)

    assert len(custom_id) <= 100
    assert parse(custom_id) == (PICK_ARCHETYPE, (draft, archetype))


def test_another_version_is_another_verb() -> None:
    assert parse("scout:undo@2:42") == (Verb("scout", "undo", 2), (42,))


@pytest.mark.parametrize(
    "foreign",
    [
        "",
        "scout",
        "scout:undo",
        "scout:undo:42",
        "scout:undo@1:x",
        "scout:undo@1:-1",
        "scout:undo@1:9999999999999999999",
        "a:b@1:1:2:3",
    ],
)
def test_what_is_not_of_the_scheme_is_none(foreign: str) -> None:
    assert parse(foreign) is None


@given(st.text())
def test_no_text_breaks_the_parser(text: str) -> None:
    parse(text)
