"""Half pages as a PDF: what can be read in it, where it stands, and what it does with any text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scooty.features.briefs.replies.printing import draw_printout
from scooty.features.briefs.replies.sheets import Line, PrintedSheet, Printout, printout_as_text
from tests.desk_fixture.pdf_text import Words, pages_of

SHEET = PrintedSheet(
    name="Sam Vimes",
    place="Round 5 · Table 12",
    opponent="Doe, Jane",
    deck="Jeskai Control (WUR)",
    confidence="likely",
    facts=(Line(label="Key cards:", text="Phlage, Solitude"),),
    notes=("Keeps two lands", "Wear // Tear in the side"),
)
OUT = Printout(
    title="Round 5: RC Lyon",
    language="en",
    sheets=(SHEET,),
    versus="against",
    notes="Newest notes:",
    own_notes="Your own notes:",
    unprintable="(see the text file)",
    footer="RC Lyon",
)
A4_WIDTH, A4_HALF = 595.28, 420.94

texts = st.text(max_size=300)
sheets = st.builds(
    PrintedSheet,
    name=texts,
    place=st.text(max_size=40),
    opponent=texts,
    deck=texts,
    confidence=texts,
    facts=st.lists(st.builds(Line, label=st.just("Key cards:"), text=texts), max_size=8).map(tuple),
    notes=st.lists(texts, max_size=6).map(tuple),
)


def read(*sheets: PrintedSheet) -> list[list[Words]]:
    return pages_of(draw_printout(replace(OUT, sheets=sheets)))


def words(*sheets: PrintedSheet) -> list[str]:
    return [each.text for page in read(*sheets) for each in page]


def test_everything_of_a_half_page_can_be_read_in_it() -> None:
    (page,) = read(SHEET)

    assert sorted(each.text for each in page) == sorted(
        (
            "Sam Vimes",
            "Round 5 · Table 12",
            "against",
            "Doe, Jane",
            "Jeskai Control (WUR)",
            "· likely",
            "Key cards:",
            "Phlage, Solitude",
            "Newest notes:",
            "• Keeps two lands",
            "• Wear // Tear in the side",
            "Your own notes:",
            "RC Lyon",
        )
    )


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (2, 1), (3, 2), (12, 6), (40, 20)])
def test_two_half_pages_stand_on_a_page(count: int, pages: int) -> None:
    named = [replace(SHEET, name=f"Player {number}") for number in range(count)]

    drawn = read(*named)

    assert len(drawn) == pages
    found = [
        (n, each.text, each.y > A4_HALF)
        for n, page in enumerate(drawn)
        for each in page
        if each.text.startswith("Player")
    ]
    assert found == [(n // 2, f"Player {n}", n % 2 == 0) for n in range(count)]


@pytest.mark.parametrize(
    "name",
    [
        "Żółć, Łukasz",
        "Jürgen Großmann-Ñuñez",
        "Ἀλέξανδρος Παπαδόπουλος",
        "Иван Ёлкин",
        "Արամ Խաչատրյան",
        "ნინო ბერიძე",
        "Nguyễn Thị Ánh",
        "*Sam* _Vimes_ ~`|> #1 \\ [x](y)",
        "Æsir Þór Ðurin",
    ],
)
def test_names_of_any_script_that_the_letters_have_are_printed(name: str) -> None:
    assert name in words(replace(SHEET, opponent=name))


def test_emojis_are_left_out_and_the_words_around_them_stay() -> None:
    sheet = replace(SHEET, opponent="Jane 🔥 Doe 👩‍👩‍👧", notes=("🔥🔥",))

    found = words(sheet)

    assert "Jane Doe" in found
    assert all("🔥" not in text for text in found)


def test_letters_in_fancy_shapes_are_printed_as_plain_ones() -> None:
    assert "Sam Vimes" in words(replace(SHEET, opponent="𝕊𝕒𝕞 𝓥𝓲𝓶𝓮𝓼"))


def test_of_a_name_that_cannot_be_printed_the_paper_says_where_it_stands() -> None:
    sheet = replace(SHEET, opponent="李小龍")

    assert "(see the text file)" in words(sheet)
    assert "李小龍" in printout_as_text(replace(OUT, sheets=(sheet,)))


def test_names_from_right_to_left_are_drawn_in_the_order_in_which_they_are_seen() -> None:
    found = words(replace(SHEET, opponent="שלום", name="محمد"))

    assert "םולש" in found
    assert "\ufeaa\ufee4\ufea4\ufee3" in found  # each letter in the form that joins its neighbours


def test_too_much_is_cut_where_it_would_run_into_the_room_to_write() -> None:
    sheet = replace(
        SHEET,
        name="W" * 100,
        opponent="M" * 100,
        deck="D" * 100,
        facts=tuple(Line(label="Key cards:", text="word " * 100) for _ in range(6)),
        notes=("x" * 500,) * 5,
    )

    (page,) = read(sheet)

    own_notes = next(each.y for each in page if each.text == "Your own notes:")
    assert own_notes > A4_HALF + 24 + 3 * 22  # the footer, and three lines to write on
    assert any(each.text.endswith("…") for each in page)


def test_equal_half_pages_give_equal_files() -> None:
    assert draw_printout(OUT) == draw_printout(OUT)


@settings(max_examples=25, deadline=None)
@given(st.lists(sheets, min_size=1, max_size=3))
def test_any_text_can_be_printed_and_stays_within_its_half(drawn: list[PrintedSheet]) -> None:
    pages = read(*drawn)

    assert len(pages) == (len(drawn) + 1) // 2
    assert all(40 < each.x < A4_WIDTH - 40 and each.size >= 8 for page in pages for each in page)
    assert all(20 < each.y % A4_HALF < A4_HALF - 30 for page in pages for each in page)
