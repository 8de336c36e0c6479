"""The page of the actor kit's public names is the one that its docstrings make."""

from __future__ import annotations

from importlib import import_module

from tests.docs.actors_api import PACKAGES, PAGE, page


def test_the_page_says_what_the_docstrings_say_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run make api"


def test_every_public_name_has_an_entry_that_says_something() -> None:
    entries = page().split("\n### ")[1:]

    assert len(entries) == sum(len(import_module(package).__all__) for package in PACKAGES)
    for entry in entries:
        assert len(entry.splitlines()) > 2, entry
