"""What people type about an archetype."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.colours import COLOURS
from scooty.features.archetypes.rules import (
    FORMATS,
    read_colours,
    read_display_colour,
    read_emoji,
    read_formats,
)

WORDS = {
    "W": ("white", "Blanc", "blanche"),
    "U": ("blue", "BLEU", "bleue"),
    "B": ("black", "noir", "Noire"),
    "R": ("red", "Rouge"),
    "G": ("green", "vert", "verte"),
}


@pytest.mark.parametrize(
    ("typed", "colours"),
    [
        ("WUR", "WUR"),
        ("rug", "URG"),
        ("w/u", "WU"),
        ("bleu et rouge", "UR"),
        ("white, blue and red", "WUR"),
        ("Jeskai", "WUR"),
        ("mono-red", "R"),
        ("Mono vert", "G"),
        ("colourless", ""),
        ("incolore", ""),
        ("C", ""),
        ("azorius g", "WUG"),
    ],
)
def test_colours_are_read_as_letters_and_as_words(typed: str, colours: str) -> None:
    assert read_colours(typed) == colours


@pytest.mark.parametrize("typed", ["", " ", "purple", "mono", "et", "red deck", "-", "wux"])
def test_what_names_no_colours_is_none(typed: str) -> None:
    assert read_colours(typed) is None


@given(st.lists(st.sampled_from(COLOURS), min_size=1, unique=True), st.data())
def test_any_order_and_any_words_for_colours_read_the_same(
    colours: list[str], data: st.DataObject
) -> None:
    words = [data.draw(st.sampled_from(WORDS[colour])) for colour in colours]
    separator = data.draw(st.sampled_from([" ", ", ", "/", " and ", " et ", "-"]))

    expected = "".join(colour for colour in COLOURS if colour in colours)

    assert read_colours(separator.join(words)) == read_colours("".join(colours)) == expected


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    colours, formats = read_colours(text), read_formats(text)

    assert colours is None or colours == "".join(each for each in COLOURS if each in colours)
    assert formats is None or set(formats) <= set(FORMATS)
    assert read_emoji(text) in {None, text}
    assert (number := read_display_colour(text)) is None or 0 <= number <= 0xFFFFFF


@given(st.lists(st.sampled_from(FORMATS), min_size=1))
def test_formats_are_read_in_any_order_once_each(formats: list[str]) -> None:
    assert read_formats(", ".join(each.title() for each in formats)) == tuple(
        each for each in FORMATS if each in formats
    )


@pytest.mark.parametrize(
    "emoji",
    [
        "🔥",
        "❤️",
        "👍🏽",
        "🏴‍☠️",
        "👨‍👩‍👧",
        "🇫🇷",
        "1️⃣",
        "⚡",
        "<:burn:123456789012345678>",
        "<a:x_1:1234567890123456789>",
    ],
)
def test_one_emoji_is_taken_as_it_is(emoji: str) -> None:
    assert read_emoji(emoji) == emoji


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "1",
        "🔥🔥",
        "🔥 ",
        "<@123456789012345678>",
        "<@&123456789012345678>",
        "@everyone",
        "<:burn:12>",
        "<#123456789012345678>",
        "<:b u:123456789012345678>",
        ":fire:",
        "**",
    ],
)
def test_what_is_not_one_emoji_is_refused(text: str) -> None:
    assert read_emoji(text) is None


@pytest.mark.parametrize(
    ("typed", "colour"),
    [("#3BA55D", 0x3BA55D), ("3ba55d", 0x3BA55D), ("#000000", 0), ("#3BA55", None), ("red", None)],
)
def test_a_colour_on_charts_is_six_hexadecimal_digits(typed: str, colour: int | None) -> None:
    assert read_display_colour(typed) == colour
