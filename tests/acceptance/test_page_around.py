"""Around the messages: people, languages, the panel, a narrow screen, and a lost connection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.acceptance.conftest import PHONE, rehearsal_bot, sandbox
from tests.free_ports import free_port

if TYPE_CHECKING:
    from tests.acceptance.conftest import OpenPage

pytestmark = [pytest.mark.chaos, pytest.mark.browser]

_RECONNECTED_WITHIN_MS = 20_000


def test_another_person_sees_their_own_servers(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)
    expect(page.page.locator(".guild-name")).to_have_text("Team Azorius")

    page.become("Sacha")

    expect(page.page.locator(".guild-name")).to_have_text("Team Rakdos")
    expect(page.page.get_by_role("button", name="Team Azorius")).to_have_count(0)


def test_a_reload_keeps_the_person_and_the_channel(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)
    page.become("Sam")
    page.page.locator('[data-channel="live-board"]').click()
    expect(page.page.locator(".channel-title")).to_have_text("live-board")

    page.page.reload()

    expect(page.page.locator(".channel-title")).to_have_text("live-board")
    expect(page.page.locator(".person-opener")).to_contain_text("Sam")


def test_the_language_is_that_of_the_page_and_of_the_commands(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)

    page.speak("fr")
    page.text.focus()
    page.type("/note")

    expect(page.choices.first).to_contain_text("Noter ce que joue un adversaire")
    page.press("Enter")
    expect(page.page.locator(".popover-heading")).to_contain_text("Le joueur en face")
    expect(page.page.locator(".chip-name").first).to_have_text("joueur")
    expect(page.page.locator(".aside h2")).to_have_text("Ce que Discord a vu")


def test_a_browser_in_french_is_greeted_in_french(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal, locale="fr-FR")

    expect(page.text).to_have_attribute("placeholder", "Envoyer un message dans #general")


def test_both_languages_say_the_same_things(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)

    missing = page.page.evaluate(
        """async () => {
          const { WORDS } = await import("/page/words.js");
          const holes = (text) => (text.match(/\\{\\w+\\}/g) ?? []).sort().join();
          const [one, other] = [WORDS["en-US"], WORDS.fr];
          const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
          const same = (key) => key in one && key in other && holes(one[key]) === holes(other[key]);
          return [...keys].filter((key) => !same(key));
        }"""
    )

    assert missing == []


def test_the_panel_counts_and_paints_a_breach_red(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal)
    page.run("breach")

    expect(page.answer_to("breach")).to_contain_text("Shorter")

    tile = page.page.locator(".tile", has_text="Breaches")
    expect(tile).to_have_class(re.compile("is-bad"))
    expect(page.page.locator(".trace-row.is-breach").first).to_be_visible()
    page.page.get_by_role("button", name="Breaches only").click()
    expect(page.page.locator(".trace-row:not(.is-breach)")).to_have_count(0)


def test_faults_show_that_they_are_on_until_they_are_cleared(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)
    latency = page.page.locator('[data-fault="latency"][data-value="100"]')

    latency.click()
    expect(latency).to_have_attribute("aria-pressed", "true")
    expect(page.page.locator(".fault-row.is-active")).to_have_count(1)
    page.page.get_by_role("button", name="Clear all").click()

    expect(page.page.locator(".fault-row.is-active")).to_have_count(0)
    expect(page.page.get_by_text("No fault is active.")).to_be_visible()


def test_a_dropped_gateway_is_seen_in_the_trace_and_commands_go_on(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal)

    page.page.locator('[data-fault="drop_gateway"]').click()
    expect(page.page.locator(".trace-row", has_text="RESUME").first).to_be_visible()
    page.run("slow")

    expect(page.answer_to("slow")).to_contain_text("At last")


def test_the_page_fits_a_phone_and_its_columns_are_drawers(
    open_page: OpenPage, rehearsal: str
) -> None:
    page = open_page(rehearsal, size=PHONE)
    overflow = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.page.evaluate(overflow) == 0
    channel = page.page.locator('[data-channel="admin"]')
    expect(channel).not_to_be_in_viewport()

    page.page.get_by_role("button", name="Show channels").tap()
    expect(channel).to_be_in_viewport()
    channel.tap()

    expect(page.page.locator(".channel-title")).to_have_text("admin")
    expect(channel).not_to_be_in_viewport()
    page.page.get_by_role("button", name="What Discord saw").tap()
    expect(page.page.get_by_role("complementary", name="What Discord saw")).to_be_visible()
    page.press("Escape")
    expect(page.page.get_by_role("complementary")).to_have_count(0)


def test_what_is_touched_on_a_phone_is_large_enough(open_page: OpenPage, rehearsal: str) -> None:
    page = open_page(rehearsal, size=PHONE)
    page.page.get_by_role("button", name="Use a command").tap()
    expect(page.choices).to_have_count(6)

    small = page.page.evaluate(
        """() => [...document.querySelectorAll("button, [role=option]")]
          .filter((one) => one.checkVisibility() && !one.closest(".only-you"))
          .map((one) => [one.ariaLabel ?? one.textContent, one.getBoundingClientRect()])
          .filter(([, box]) => box.width < 36 || box.height < 36)
          .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )

    assert small == []


def test_the_page_comes_back_by_itself_and_says_so(open_page: OpenPage) -> None:
    port = free_port()
    with sandbox(port) as url, rehearsal_bot(url):
        page = open_page(url)
    expect(page.page.locator(".notice.is-bad")).to_contain_text("The sandbox is not answering")

    with sandbox(port) as url, rehearsal_bot(url):
        bot = page.page.locator(".bot-state.is-online")
        expect(bot).to_be_visible(timeout=_RECONNECTED_WITHIN_MS)
        expect(page.page.locator(".notice.is-bad")).to_have_count(0)
        page.type("Back again")
        page.press("Enter")
        expect(page.last).to_contain_text("Back again")

    # Chromium itself writes each refused connection on the console.
    page.complaints[:] = [each for each in page.complaints if "ERR_CONNECTION_REFUSED" not in each]
