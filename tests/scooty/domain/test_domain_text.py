from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.text import clean, escape, length, shorten

UNESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
"""What Discord takes for a literal character."""


def test_clean_trims_and_folds_white_space_and_line_breaks() -> None:
    assert clean("  Jane \t\n  Doe\u00a0 ") == "Jane Doe"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Jane\u202eeoD", "JaneeoD"),
        ("\u2066Jane\u2069", "Jane"),
        ("Ja\u0000ne\u0007", "Jane"),
        ("Ja\u200bne\ufeff", "Jane"),
        ("\u3164\u3164", ""),
        ("\u200d \u200d", ""),
        ("Jane\udc80", "Jane"),
    ],
)
def test_clean_removes_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_clean_composes_accents_so_that_equal_looks_are_equal_texts() -> None:
    assert clean("Ame\u0301lie") == "Am\u00e9lie"


def test_clean_keeps_the_joiners_of_emoji_and_of_persian_names() -> None:
    joined = "👩\u200d🚀 \u0645\u06cc\u200c\u062e"

    assert clean(joined) == joined


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("*bold* _under_ ~~gone~~", r"\*bold\* \_under\_ \~\~gone\~\~"),
        ("`code` ||spoiler||", r"\`code\` \|\|spoiler\|\|"),
        ("[click](http://x.example)", r"\[click\](http://x.example)"),
        ("<@123> <#4> <t:5:R>", r"\<@123> \<#4> \<t:5:R>"),
        ("# title", r"\# title"),
        ("- item", r"\- item"),
        ("> quote", r"\> quote"),
        ("1. first", r"1\. first"),
        ("Mono-Red", "Mono-Red"),
        (r"back\slash", r"back\\slash"),
    ],
)
def test_escape_takes_the_meaning_out_of_markdown(typed: str, escaped: str) -> None:
    assert escape(typed) == escaped


@pytest.mark.parametrize("mention", ["@everyone", "@here", "@EveryOne"])
def test_escape_breaks_mentions_of_all(mention: str) -> None:
    assert mention not in escape(f"hello {mention}!")


@given(st.text())
def test_an_escaped_text_reads_as_it_was_typed(text: str) -> None:
    line = clean(text)

    read = UNESCAPED.sub(lambda match: match[0][1], escape(line)).replace("@\u200b", "@")

    assert read == line


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_shorten_never_passes_the_limit_and_leaves_short_texts_alone(text: str, limit: int) -> None:
    short = shorten(text, limit)

    assert length(short) <= limit
    assert short == text or length(text) > limit


def test_length_counts_an_emoji_as_two() -> None:
    assert length("a🚀") == 3
