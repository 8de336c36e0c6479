"""The scouting desk's main paths, as people at a tournament take them on the page.

In the event that the sandbox begins with: at a desk in English and on a phone in French, whose
pictures `SCOOTY_PICTURES=1` puts into `docs/pictures`. What is done in a hurry, reporting and
looking up, is done the other way round as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from scooty.core.i18n import Translator, translator_for
from tests.acceptance.conftest import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.acceptance.conftest import OpenPage
    from tests.acceptance.discord_page import DiscordPage

pytestmark = [pytest.mark.chaos, pytest.mark.browser, pytest.mark.timeout(180)]

_DEVICES: Final = {"desktop": DESKTOP, "phone": PHONE}
_PICTURED: Final = ("desktop-en-US", "phone-fr")
_ALL: Final = (*_PICTURED, "desktop-fr", "phone-en-US")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whom a way of looking reports, so that no two meet, and where its answers stand."""

    channel: str
    contested: str
    """Somebody reported by others on two decks."""
    merged: str
    kept: str


_PLACES: Final = {
    ("desktop", "en-US"): Place(
        channel="general",
        contested="Adèle Fontanel",
        merged="Milo Haverkamp",
        kept="Maren Østby",
    ),
    ("desktop", "fr"): Place(
        channel="live-board",
        contested="Dag Lindqvist",
        merged="Nils Thorsen",
        kept="Nadia Benchekroun",
    ),
    ("phone", "en-US"): Place(
        channel="live-board",
        contested="Ines Carvalho",
        merged="Otto Grünwald",
        kept="Océane Rivault",
    ),
    ("phone", "fr"): Place(
        channel="admin",
        contested="Gaspard Lemoine",
        merged="Rhys Penhallow",
        kept="Quentin Harcourt",
    ),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One device and one language."""

    page: DiscordPage
    device: str
    locale: str

    @property
    def place(self) -> Place:
        return _PLACES[self.device, self.locale]

    @property
    def t(self) -> Translator:
        return translator_for(self.locale)

    def picture(self, what: str) -> None:
        """Keep what is seen now, for one language a device."""
        if f"{self.device}-{self.locale}" in _PICTURED:
            self.page.picture(f"sandbox-{self.device}-{what}")

    def ask(self, command: str, *typed: str) -> Locator:
        """Use a command, its required options as typed, or taken where a list suggests them."""
        self.page.begin(command)
        for text in typed:
            self.page.type(text)
            self.page.press("Tab")
        self.page.press("Enter")
        answer = self.page.answer_to(command)
        expect(answer.locator(".embed-title")).to_be_visible()
        return answer

    def press(self, answer: Locator, key: str) -> None:
        """Press the button under ``answer`` that is labelled so."""
        answer.get_by_role("button", name=self.t(key)).click()


@pytest.fixture(params=_PICTURED)
def look(request: pytest.FixtureRequest, open_page: OpenPage, whole_bot: str) -> Look:
    device, _, locale = str(request.param).partition("-")
    look = Look(open_page(whole_bot, size=_DEVICES[device], locale=locale), device, locale)
    look.page.go_to("Camille", look.place.channel)
    return look


@pytest.mark.parametrize("look", _ALL, indirect=True)
def test_a_report_that_differs_is_detailed_corrected_and_kept(look: Look) -> None:
    page, t, place = look.page, look.t, look.place

    page.begin("scout")
    page.take_choice(place.contested, place.contested)
    page.take_choice("jeskai", "Jeskai")
    for option, value in (
        ("round", "4"),
        ("source", t("source.played")),
        ("confidence", t("confidence.likely")),
    ):
        page.type(t(f"option.{option}.name"))
        page.press("Enter")
        expect(page.option(option)).to_be_focused()
        page.type(value)
        page.press("Tab")
    look.picture("scout-options")
    page.press("Enter")
    answer = page.answer_to("scout")
    expect(answer).to_contain_text(t("sighting.round", number=4))
    expect(answer).to_contain_text(t("source.played"))
    look.picture("differs")

    look.press(answer, "report.button.details")
    form = page.page.get_by_role("dialog")
    form.get_by_label(t("report.field.companion")).fill("Kaheera, the Orphanguard")
    form.get_by_label(t("report.field.key_cards")).fill("4 Phlage, 3 Consult the Star Charts")
    form.get_by_label(t("report.field.sideboard")).fill("Wear // Tear, 2 Mystical Dispute")
    look.picture("details")
    form.locator("button[type=submit]").click()
    expect(page.last).to_contain_text("Kaheera")
    look.picture("changed")

    look.press(answer, "report.button.edit")
    expect(form.get_by_label(t("report.field.round"))).to_have_value("4")
    look.picture("edit")
    page.press("Escape")
    look.press(answer, "scout.keep_both")
    expect(answer.get_by_role("button", name=t("scout.undo"))).to_be_visible()
    look.picture("kept")


@pytest.mark.parametrize("look", _ALL, indirect=True)
def test_a_part_of_a_name_leads_to_a_card_with_its_conflict(look: Look) -> None:
    page, t = look.page, look.t

    several = look.ask("check", "th")
    several.locator(".select-opener").click()
    expect(several.get_by_role("option").first).to_be_visible()
    page.page.mouse.move(0, 0)
    look.picture("check-several")
    several.get_by_role("option", name=re.compile("Théo Bonnaire")).click()

    expect(several.locator(".embed-title")).to_contain_text("Théo Bonnaire")
    conflicted = look.ask("check", "Katya Volkonska")
    expect(conflicted).to_contain_text(t("card.footer", event="Demo Open"))
    look.picture("conflict")


def test_the_field_is_counted_drawn_and_listed(look: Look) -> None:
    page = look.page

    stats = look.ask("stats")
    expect(stats.locator("img")).to_be_visible()
    look.picture("stats")
    look.ask("event list")
    look.ask("event show")
    look.picture("events")
    look.ask("archetype list")
    look.picture("archetypes")

    assert page.complaints == []


def test_two_names_of_one_person_are_merged_after_a_look_and_parted_again(look: Look) -> None:
    page, t, place = look.page, look.t, look.place

    preview = look.ask("player merge", place.merged, place.kept)
    expect(preview).to_contain_text(t("player.merge.nothing_yet"))
    look.picture("merge")
    look.press(preview, "player.merge.confirm")
    look.press(page.last, "player.merged.undo")

    expect(page.last).to_contain_text(t("player.unmerged.title"))
    look.ask("player list")
    look.picture("players")


def test_own_reports_are_paged_and_their_changes_told(look: Look) -> None:
    mine = look.ask("report mine")
    look.picture("mine")
    look.press(mine, "report.button.older")
    expect(mine.get_by_role("button", name=look.t("report.button.newer"))).to_be_visible()

    page, contested = look.page, look.place.contested
    page.begin("report history")
    page.take_choice(contested, contested)
    page.press("Enter")
    expect(page.answer_to("report history")).to_contain_text("Kaheera")
    look.picture("history")


def test_setup_help_and_privacy_are_read(look: Look) -> None:
    look.ask("setup show")
    look.picture("setup")
    policy = look.ask("privacy policy")
    expect(policy).to_contain_text(look.t("privacy.policy.kept"))
    look.picture("privacy")
    look.page.show_from_its_start(look.ask("help"))
    look.picture("help")


@pytest.mark.parametrize("look", ["phone-fr"], indirect=True)
def test_the_board_stands_in_its_channel_on_a_phone(look: Look) -> None:
    page = look.page
    page.go_to("Camille", "live-board")

    look.ask("live start")

    board = page.page.locator(".message", has_text="Adèle Fontanel").last
    expect(board).to_be_visible(timeout=10_000)
    board.scroll_into_view_if_needed()
    look.picture("live-board")
