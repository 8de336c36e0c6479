"""The user guides: both say the same, every command and picture has its place and exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from scooty.core.i18n import translator_for
from scooty.core.text.sightings import CONFIDENCE_WORDS, SOURCE_WORDS
from scooty.domain.consensus import CONFIDENCE_WEIGHTS, HALF_LIFE, SOURCE_WEIGHTS
from scooty.domain.observations import PLAIN, Confidence, Source
from scooty.features.registry import COMMANDS

DOCS: Final = Path(__file__).parents[2] / "docs"
GUIDES: Final = {language: (DOCS / f"guide.{language}.md").read_text() for language in ("en", "fr")}
MENUS: Final = {"Turn into scout": "menu.report", "Scouting profile": "menu.profile"}
"""Keys of the catalogues, by the command's path."""
SLASH: Final = frozenset(path for path in COMMANDS if path not in MENUS)
"""What is typed after a slash."""


def commands_of(text: str) -> list[str]:
    """Return what stands in code and begins as a command does, in its order."""
    return [span.removeprefix("/") for span in re.findall(r"`(/[^`\n]+)`", text)]


def pictures_of(text: str) -> set[str]:
    return set(re.findall(r"pictures/([\w-]+\.png)", text))


def outline_of(text: str) -> list[str]:
    """Return the marks of headings, tables and lists: what the two have in common."""
    return re.findall(r"^(#+|\|[-|]+\||- |\d\. )", text, flags=re.MULTILINE)


def test_both_guides_have_the_same_sections_tables_and_lists() -> None:
    assert outline_of(GUIDES["en"]) == outline_of(GUIDES["fr"])


def test_both_guides_name_the_same_commands_in_the_same_sections() -> None:
    english, french = (re.split(r"^## ", GUIDES[each], flags=re.MULTILINE) for each in GUIDES)

    for one, other in zip(english, french, strict=True):
        assert set(commands_of(one)) == set(commands_of(other)), one.splitlines()[0]


@pytest.mark.parametrize("language", GUIDES)
def test_every_command_is_named_and_every_command_named_exists(language: str) -> None:
    assert set(commands_of(GUIDES[language])) == SLASH


@pytest.mark.parametrize("language", GUIDES)
def test_the_commands_of_menus_are_named_as_the_menus_name_them(language: str) -> None:
    t = translator_for(language)

    for path, key in MENUS.items():
        assert path in COMMANDS
        assert f"**{t(key)}**" in GUIDES[language]


def test_every_picture_is_shown_by_a_guide_and_every_picture_shown_exists() -> None:
    kept = {path.name for path in (DOCS / "pictures").glob("*.png")}

    assert pictures_of(GUIDES["en"]) | pictures_of(GUIDES["fr"]) == kept


@pytest.mark.parametrize("language", GUIDES)
def test_each_source_and_confidence_is_named_as_in_the_answers(language: str) -> None:
    t = translator_for(language)

    for key in (*SOURCE_WORDS.values(), *CONFIDENCE_WORDS.values()):
        assert t(key) in GUIDES[language], key


def test_what_the_guides_say_of_weights_is_the_rule() -> None:
    """Change both guides when this fails: they tell the rule in these words."""
    assert SOURCE_WEIGHTS[Source.DECKLIST] == 2 * SOURCE_WEIGHTS[Source.PLAYED]
    assert SOURCE_WEIGHTS[Source.SEEN] == SOURCE_WEIGHTS[Source.COVERAGE]
    assert SOURCE_WEIGHTS[Source.TOLD] < SOURCE_WEIGHTS[Source.SEEN] < SOURCE_WEIGHTS[Source.PLAYED]
    assert CONFIDENCE_WEIGHTS[Confidence.SURE] == 2 * CONFIDENCE_WEIGHTS[Confidence.LIKELY]
    assert CONFIDENCE_WEIGHTS[Confidence.SURE] == 5 * CONFIDENCE_WEIGHTS[Confidence.GUESS]
    assert HALF_LIFE.total_seconds() == 24 * 3600
    assert (PLAIN.source, PLAIN.confidence) == (Source.SEEN, Confidence.SURE)


@pytest.mark.parametrize("language", GUIDES)
def test_the_readme_leads_to_the_guide(language: str) -> None:
    assert f"(docs/guide.{language}.md)" in (DOCS.parent / "README.md").read_text()
