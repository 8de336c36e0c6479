"""Writing on the page: the command picker, options as chips, choices, and plain messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.conftest import OpenPage

pytestmark = pytest.mark.browser


def test_a_slash_offers_the_commands_and_typing_narrows_them(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)

    page.type("/")
    expect(page.choices).to_have_count(6)
    page.type("no")

    expect(page.choices).to_have_count(1)
    expect(page.choices.first).to_contain_text("Note what an opponent plays")
    expect(page.choices.first).to_have_attribute("aria-selected", "true")


def test_a_command_that_does_not_exist_is_said_to_match_nothing(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)

    page.type("/nothing-like-it")

    expect(page.hint).to_have_text("No command matches “/nothing-like-it”.")


def test_a_command_is_filled_in_and_sent_by_keyboard_alone(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)

    page.begin("note")
    page.take_choice("jane", "Doe, Jane (seen)")
    expect(page.option("deck")).to_be_focused()
    page.type("Jeskai Control")
    page.press("Tab")
    page.type("sou")
    expect(page.choices).to_have_count(1)
    page.press("Enter")
    page.take_choice("pl", "played")
    page.press("Enter")

    answer = page.answer_to("note")
    expect(answer.locator(".embed-title")).to_have_text("Doe, Jane")
    expect(answer.locator(".embed-field")).to_contain_text("played")
    expect(page.text).to_be_focused()


def test_the_arrows_move_through_the_choices(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)
    page.begin("note")
    expect(page.choices).to_have_count(3)

    page.press("ArrowDown")

    expect(page.choices.nth(1)).to_have_attribute("aria-selected", "true")
    active = page.option("player").get_attribute("aria-activedescendant")
    assert active == page.choices.nth(1).get_attribute("id")


def test_a_choice_is_taken_by_the_mouse(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)
    page.begin("note")

    page.choices.nth(1).click()

    expect(page.option("player")).to_have_value("Roe, Rick (seen)")
    expect(page.option("deck")).to_be_focused()


def test_a_required_option_left_empty_is_named_in_its_place(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)
    page.begin("note")
    page.take_choice("rick", "Roe, Rick")

    page.press("Enter")

    expect(page.hint).to_have_text("This option is required. Specify a value.")
    expect(page.option("deck")).to_be_focused()
    expect(page.option("deck")).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize(
    ("option", "typed", "sentence"),
    [
        ("round_number", "99", "The largest value is 18."),
        ("round_number", "two", "Enter a whole number."),
        ("sure", "maybe", "Choose True or False."),
        ("source", "guessed", "Choose one from the list."),
        ("comment", "far too long for twenty", "At most 20 characters (23 now)."),
    ],
)
def test_a_value_that_discord_would_refuse_is_not_sent(
    open_page: OpenPage, rehearsal: str, option: str, typed: str, sentence: str
) -> None:
    page = open_page(rehearsal)
    page.begin("note")
    page.take_choice("rick", "Roe, Rick")
    page.type("Burn")
    page.press("Tab")
    page.type(option)
    page.press("Enter")
    expect(page.option(option)).to_be_focused()

    page.type(typed)
    page.press("Enter")

    expect(page.hint).to_have_text(sentence)
    expect(page.option(option)).to_have_attribute("aria-invalid", "true")
    expect(page.page.locator(".command-form")).to_be_visible()


def test_what_no_choice_matches_is_kept_as_it_was_typed(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)
    page.begin("note")

    page.type("Somebody New")
    expect(page.hint).to_contain_text("No options match your search")
    page.press("Tab")
    page.type("Burn")
    page.press("Enter")

    expect(page.answer_to("note").locator(".embed-title")).to_have_text("Somebody New")


def test_choices_that_the_bot_fails_to_give_are_said_to_have_failed(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)
    page.begin("note")
    page.take_choice("jane", "Doe, Jane")

    expect(page.hint).to_have_text("Loading options…")

    expect(page.hint).to_have_text("Loading options failed.", timeout=10_000)


def test_backspace_leads_back_through_the_options_to_the_name(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)
    page.begin("note")
    page.type("x")
    page.press("Tab")
    expect(page.option("deck")).to_be_focused()

    page.press("Backspace")
    expect(page.option("player")).to_be_focused()
    page.press("Backspace", "Backspace")

    expect(page.text).to_have_value("/note")
    expect(page.text).to_be_focused()


def test_escape_puts_the_choices_away_and_then_the_command(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)
    page.begin("note")
    expect(page.choices).to_have_count(3)

    page.press("Escape")
    expect(page.choices).to_have_count(0)
    expect(page.option("player")).to_be_focused()
    page.press("Escape")

    expect(page.text).to_be_focused()
    expect(page.text).to_have_value("")


def test_a_member_is_chosen_from_the_people_of_the_server(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)
    page.begin("note")
    page.take_choice("rick", "Roe, Rick")
    page.type("Burn")
    page.press("Tab")
    page.type("member")
    page.press("Enter")

    page.take_choice("sam", "@Sam")
    page.press("Enter")

    expect(page.answer_to("note").locator(".embed-field")).to_contain_text("@Sam")


def test_a_file_is_chosen_from_the_keyboard_and_sent(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)
    # Playwright begins to intercept dialogs some time after the first interest in them.
    page.page.on("filechooser", lambda _chooser: None)
    page.begin("upload")
    expect(page.hint).to_have_text("Press Enter to choose a file of up to 10 MiB.")

    with page.page.expect_file_chooser() as chooser:
        page.press("Enter")
    chooser.value.set_files(
        {"name": "pairings.csv", "mimeType": "text/csv", "buffer": b"1;Doe, Jane"}
    )
    expect(page.option("file")).to_have_value("pairings.csv")
    page.press("Enter")

    expect(page.answer_to("upload")).to_contain_text("pairings.csv: 1;Doe, Jane")


def test_a_file_that_is_too_large_is_refused_at_once(
    open_page: OpenPage, rehearsal: str, tmp_path: Path
) -> None:
    page = open_page(rehearsal)
    page.begin("upload")
    # The browser looks at the size alone, so the file needs no content on the disk either.
    huge = tmp_path / "huge.bin"
    with huge.open("wb") as file:
        file.truncate(10 * 1024 * 1024 + 1)

    page.page.locator('[data-file-of="file"]').set_input_files(huge)

    expect(page.hint).to_have_text("huge.bin is larger than 10 MiB.")
    expect(page.option("file")).to_have_value("")


def test_text_without_a_slash_is_a_message_that_all_can_read(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)
    other = open_page(rehearsal)
    other.become("Sam")

    page.type("Pairings are up")
    page.press("Enter")

    expect(other.last).to_contain_text("Pairings are up")
    expect(other.last.locator(".author")).to_have_text("Camille")
