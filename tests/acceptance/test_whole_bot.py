"""The whole bot, as a newcomer meets it: typed at the page, in both languages, at two sizes.

The journey uses the keyboard alone. `SCOOTY_PICTURES=1` puts its pictures into `docs/pictures`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from tests.acceptance.conftest import DESKTOP, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.acceptance.conftest import OpenPage
    from tests.acceptance.discord_page import DiscordPage

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

_MOST_TABS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the bot and the page say in one language."""

    created: str
    saved: str
    seen: str
    cancel: str
    undone: str
    only_you: str
    unknown_archetype: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Who goes on a journey, and where."""

    person: str
    channel: str
    event: str
    first_name: str
    """Of the opponent: what is known from another event is on the card too."""


_WORDS: Final = {
    "en-US": Words(
        created="Event created",
        saved="Saved",
        seen="already seen",
        cancel="Cancel",
        undone="Undone",
        only_you="Only you can see this",
        unknown_archetype="NOT saved: unknown archetype",
    ),
    "fr": Words(
        created="Tournoi créé",
        saved="Enregistré",
        seen="déjà vu",
        cancel="Annuler",
        undone="Annulé",
        only_you="Vous seul·e pouvez voir ceci",
        unknown_archetype="NON enregistré : archétype inconnu",
    ),
}
_PLACES: Final = {
    ("desktop", "en-US"): Place(
        person="Camille", channel="general", event="RC Lyon", first_name="Ada"
    ),
    ("desktop", "fr"): Place(
        person="Camille", channel="admin", event="RC Turin", first_name="Alba"
    ),
    ("phone", "en-US"): Place(person="Sacha", channel="admin", event="RC Prague", first_name="Ada"),
    ("phone", "fr"): Place(
        person="Sacha", channel="general", event="RC Utrecht", first_name="Alba"
    ),
}
"""Each journey has a place of its own, so that its pictures show nobody else's answers."""
_DEVICES: Final = {"desktop": DESKTOP, "phone": PHONE}
_PICTURED: Final = {("desktop", "en-US"), ("phone", "fr")}


@dataclass(frozen=True, slots=True)
class Journey:
    """One device and one language."""

    page: DiscordPage
    device: str
    locale: str

    @property
    def words(self) -> Words:
        return _WORDS[self.locale]

    @property
    def place(self) -> Place:
        return _PLACES[self.device, self.locale]

    def picture(self, what: str) -> None:
        """Keep what is seen now, for one language a device."""
        if (self.device, self.locale) in _PICTURED:
            self.page.picture(f"sandbox-{self.device}{what}")


@pytest.fixture(params=[f"{device}-{locale}" for device in _DEVICES for locale in _WORDS])
def journey(request: pytest.FixtureRequest, open_page: OpenPage, whole_bot: str) -> Journey:
    device, _, locale = str(request.param).partition("-")
    page = open_page(whole_bot, size=_DEVICES[device], locale=locale)
    journey = Journey(page, device, locale)
    page.go_to(journey.place.person, journey.place.channel)
    return journey


def step_back_to(page: DiscordPage, target: Locator) -> None:
    """Press Shift+Tab until ``target`` has the focus."""
    for _ in range(_MOST_TABS):
        page.press("Shift+Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail("the keyboard does not lead there")


def create_event(journey: Journey, name: str) -> None:
    page = journey.page
    page.begin("admin create-event")
    page.type(name)
    page.press("Enter")
    expect(page.answer_to("admin create-event")).to_contain_text(journey.words.created)


def scout(journey: Journey, opponent: str, archetype: str) -> None:
    """Report somebody new, on an archetype from the list."""
    page = journey.page
    page.begin("scout")
    page.type(opponent)
    page.press("Tab")
    expect(page.option("archetype")).to_be_focused()
    page.take_choice(archetype.lower(), archetype)
    page.press("Enter")
    expect(page.answer_to("scout")).to_contain_text(journey.words.saved)


def test_ping_names_each_part(journey: Journey) -> None:
    page = journey.page

    page.run("ping")

    answer = page.answer_to("ping")
    for part in ("gateway", "desk", "repository"):
        expect(answer).to_contain_text(part)
    expect(answer).to_contain_text(journey.words.only_you)
    journey.picture("-ping")


def test_a_report_is_written_found_and_undone_by_keyboard_alone(journey: Journey) -> None:
    page, words = journey.page, journey.words
    name = f"{journey.place.first_name} Lovelace"
    create_event(journey, journey.place.event)
    scout(journey, name, "Jeskai")

    page.begin("scout")
    page.type(name.lower())
    expect(page.choices.first).to_contain_text(name)
    expect(page.choices.first).to_contain_text(words.seen)
    page.press("Enter")
    page.type("izz")
    expect(page.choices.first).to_contain_text("Izzet")
    journey.picture("-scout")
    page.press("Enter", "Enter")
    second = page.answer_to("scout")
    expect(second).to_contain_text(words.saved)
    expect(second).to_contain_text("Jeskai")
    journey.picture("")

    step_back_to(page, second.get_by_role("button", name=words.cancel))
    page.press("Enter")
    expect(page.answer_to("scout")).to_contain_text(words.undone)

    page.begin("check")
    page.type(f"lovelace {journey.place.first_name}")
    page.press("Enter")
    card = page.answer_to("check")
    expect(card).to_contain_text(name)
    expect(card).to_contain_text("Jeskai")
    expect(card).not_to_contain_text("Izzet")
    journey.picture("-check")


def test_an_archetype_that_does_not_exist_offers_the_nearest(journey: Journey) -> None:
    page = journey.page
    create_event(journey, f"{journey.place.event}, day 2")

    page.begin("scout")
    page.type("Grace Hopper")
    page.press("Tab")
    page.type("jeskia cntrol")
    page.press("Escape", "Enter")

    answer = page.answer_to("scout")
    expect(answer).to_contain_text(journey.words.unknown_archetype)
    answer.get_by_role("button", name=re.compile("Jeskai")).first.press("Enter")
    expect(page.answer_to("scout")).to_contain_text(journey.words.saved)


def test_the_panel_has_seen_no_breach(open_page: OpenPage, whole_bot: str) -> None:
    page = open_page(whole_bot)

    page.run("ping")

    expect(page.answer_to("ping")).to_contain_text("gateway")
    breaches = page.page.locator(".tile", has_text="Breaches").locator("dd")
    expect(breaches).to_have_text("0")


def test_a_crashed_actor_is_back_before_the_next_command(
    open_page: OpenPage, whole_bot: str
) -> None:
    page = open_page(whole_bot)
    page.page.get_by_role("combobox", name="Actor").select_option("repository")

    page.page.locator('[data-drill="crash"]').click()

    expect(page.page.locator(".panel-note[role=status]")).to_have_text(
        "repository: crash injected."
    )
    page.begin("check")
    page.type("nobody at all")
    page.press("Enter")
    expect(page.answer_to("check").locator(".embed-title")).to_be_visible()
