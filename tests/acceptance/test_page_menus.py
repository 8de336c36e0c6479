"""The menus of messages and persons, and the live board, as people meet them on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.acceptance.conftest import OpenPage
    from tests.acceptance.discord_page import DiscordPage

pytestmark = [pytest.mark.chaos, pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.fixture
def captain(open_page: OpenPage, whole_bot: str) -> DiscordPage:
    page = open_page(whole_bot)
    page.go_to("Camille", "live-board")
    return page


def test_a_chat_line_becomes_a_report_and_the_board_shows_it(captain: DiscordPage) -> None:
    page = captain
    page.begin("setup language")  # the server's own is French
    page.take_choice("eng", "English")
    page.press("Enter")
    expect(page.answer_to("setup language")).to_be_visible()
    page.run("live start")
    board = page.page.locator(".message", has_text="Last reports").last
    expect(board).to_be_visible(timeout=10_000)
    page.type("R5 opponent Grace Hopper plays Burn, fast hands")
    page.press("Enter")
    line = page.page.locator(".message", has_text="Grace Hopper plays Burn").last
    expect(line).to_be_visible()

    line.click(button="right")
    page.page.get_by_role("menuitem", name="Turn into scout").press("Enter")
    form = page.page.get_by_role("dialog")
    expect(form.locator("input, textarea").first).to_have_value("Grace Hopper")
    page.picture("sandbox-desktop-menu-form")
    form.get_by_role("button", name="Submit").click()

    expect(page.page.locator(".message", has_text="Saved").last).to_be_visible()
    expect(board).to_contain_text("Grace Hopper", timeout=10_000)
    board.scroll_into_view_if_needed()
    page.picture("sandbox-desktop-live-board")


def test_a_members_profile_opens_by_the_keyboard_too(captain: DiscordPage) -> None:
    page = captain
    page.page.get_by_role("button", name="Members").click()
    page.page.locator(".member", has_text="Sam").click(button="right")
    item = page.page.get_by_role("menuitem", name="Scouting profile")

    expect(item).to_be_focused()
    page.press("Escape")
    expect(item).to_be_hidden()
    page.page.locator(".member", has_text="Sam").click(button="right")
    page.press("ArrowDown", "Enter")

    expect(page.page.locator(".message", has_text="Scouting profile").last).to_be_visible()
    page.picture("sandbox-desktop-profile")
