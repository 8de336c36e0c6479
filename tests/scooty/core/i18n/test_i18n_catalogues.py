"""The two catalogues say the same things, with the same placeholders, in good typography."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from scooty.core.i18n.catalogues import read_catalogue
from scooty.core.i18n.typography import NARROW_SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKUP = re.compile(r"<[^>]*>|`[^`]*`")
"""Markup and code, whose colons are not the sentence's."""


def sentences(language: str) -> Mapping[str, tuple[str, ...]]:
    """Every key with its forms: one, or two when it has a plural."""
    by_key = {}
    for message in read_catalogue(language):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            string = message.string
            by_key[key] = (string,) if isinstance(string, str) else tuple(string or ())
    return by_key


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


ENGLISH, FRENCH = sentences("en"), sentences("fr")


def test_both_catalogues_have_the_same_keys_and_forms() -> None:
    assert {k: len(v) for k, v in ENGLISH.items()} == {k: len(v) for k, v in FRENCH.items()}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_untranslated_fuzzy_or_obsolete(language: str) -> None:
    catalogue = read_catalogue(language)

    assert [key for key, forms in sentences(language).items() if not all(forms)] == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert not catalogue.obsolete


def test_both_languages_use_the_same_placeholders() -> None:
    used = [
        {key: set().union(*map(placeholders, forms)) for key, forms in catalogue.items()}
        for catalogue in (ENGLISH, FRENCH)
    ]

    assert used[0] == used[1]


def test_french_puts_a_narrow_no_break_space_where_it_belongs() -> None:
    prose = {key: [MARKUP.sub("", form) for form in forms] for key, forms in FRENCH.items()}

    assert [
        (key, form)
        for key, forms in prose.items()
        for form in forms
        if re.search(rf"[^{NARROW_SPACE}!?](?=[!?])|[^{NARROW_SPACE}](?=[:;»])", form)
        or re.search(rf"«(?!{NARROW_SPACE})", form)
    ] == []


@pytest.mark.parametrize("catalogue", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_apostrophes_and_quotation_marks_are_typographic(
    catalogue: Mapping[str, tuple[str, ...]],
) -> None:
    straight = [k for k, forms in catalogue.items() if any(re.search("['\"]", f) for f in forms)]

    assert straight == []


def test_english_has_no_space_before_its_punctuation() -> None:
    assert [
        k for k, forms in ENGLISH.items() if any(re.search(r"\s[!?:;]", f) for f in forms)
    ] == []
