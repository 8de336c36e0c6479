"""A round as a team lives it on the page: pasted, looked at, applied, and each opponent a tap away.

On a phone in French and at a desk in English, in the event that the sandbox begins with, whose
pictures `SCOOTY_PICTURES=1` puts into `docs/pictures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from scooty.core.i18n import ENGLISH, Translator, translator_for
from scooty.features.reports.demo import DEMO_EVENT_NAME
from tests.acceptance.conftest import DESKTOP, PHONE
from tests.desk_fixture.decks import ENERGY

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator

    from tests.acceptance.conftest import OpenPage
    from tests.acceptance.discord_page import DiscordPage

pytestmark = [pytest.mark.chaos, pytest.mark.browser, pytest.mark.timeout(240)]

_DEVICES: Final = {"desktop": DESKTOP, "phone": PHONE}
_LANGUAGES: Final = {"en-US": "English", "fr": "français"}
_TOLD_WITHIN_MS: Final = 15_000
_BOARD: Final = "live-board"
_LINKED: Final = {"Sam": "Sam Vernier", "Robin": "Robin Sellier"}
_OPPONENT: Final = "Darius Whitlock"
"""Sam's, known to the team."""
_UNKNOWN: Final = "Nora Feldmann"
"""Robin's, whom nobody has seen."""
_TABLES: Final = (
    ("Hana Kurosawa", "Pia Lunde", 9, 9),
    ("Mattis Ekholm", "Zoë Papadaki", 9, 9),
    (_LINKED["Sam"], _OPPONENT, 9, 9),
    ("Théo Bonnaire", "Ruben Castro", 9, 6),
    ("Chiara Bellomo", "Finn Albrecht", 6, 6),
    ("Irina Sokol", "Léo Vasseur", 6, 6),
    (_UNKNOWN, _LINKED["Robin"], 6, 6),
    ("Greta Nordahl", "Wouter Smit", 6, 6),
    ("Ivo Petrov", "Saoirse Kinnane", 6, 6),
    ("Anselm Richter", "Yusuf Demir", 6, 3),
    ("Jana Kovářová", "Bram Verhoeven", 3, 3),
    ("Kaito Morinaga", "Paloma Echeverri", 3, 3),
    ("Olga Brandt", "Emeka Obiora", 3, 3),
    ("Juno Castellane", "Viktor Halász", 3, 3),
    ("Ulrike Steinbach", "Lars Møller", 3, 0),
    ("Hugo Delacroix", "Fenna de Wit", 0, 0),
)
"""Two players a table, and the points of each."""
_EARLIER_RESULTS: Final = (
    ("win", "Beatriz Olmedo"),
    ("win", "Greta Nordahl"),
    ("loss", "Ines Carvalho"),
    ("win", "Milo Haverkamp"),
    ("win", "Viktor Halász"),
    ("loss", "Zoë Papadaki"),
    ("draw", "Hugo Delacroix"),
)
"""Sam's, of rounds that nobody imported; the first five were on Dimir Midrange."""
_NO_PAIRING: Final = "Hall 2"


@dataclass(frozen=True, slots=True)
class Look:
    """One device and one language."""

    page: DiscordPage
    device: str
    locale: str

    @property
    def t(self) -> Translator:
        return translator_for(self.locale)

    def picture(self, what: str) -> None:
        self.page.picture(f"sandbox-{self.device}-{what}")

    def ask(self, command: str, *values: str, **options: str) -> Locator:
        """Use a command, its options without and with a name, whose words are the catalogue's."""
        self.page.begin(command)
        for value in values:
            self.page.type(value)
            self.page.press("Tab")
        for option, value in options.items():
            self.choose_option(option)
            self.page.type(value)
            self.page.press("Tab")
        self.page.press("Enter")
        answer = self.page.answer_to(command)
        expect(answer.locator(".embed-title")).to_be_visible()
        return answer

    def choose_option(self, option: str) -> None:
        """Go to an option that may be left out."""
        self.page.type(self.t(f"option.{option}.name"))
        self.page.press("Enter")
        expect(self.page.option(ENGLISH(f"option.{option}.name"))).to_be_focused()

    def press(self, answer: Locator, key: str) -> None:
        """Press the button under ``answer`` that is labelled so."""
        answer.get_by_role("button", name=self.t(key)).click()


@pytest.fixture(scope="module", params=["phone-fr", "desktop-en-US"])
def way(request: pytest.FixtureRequest) -> str:
    """A device and a language."""
    return str(request.param)


@pytest.fixture(scope="module")
def state_dir(state_dir: Path, way: str) -> Path:
    """Another folder for each way, and so another bot: none shows the other's language."""
    folder = state_dir / way
    folder.mkdir()
    return folder


@pytest.fixture
def look(way: str, open_page: OpenPage, whole_bot: str) -> Look:
    """A captain whose team has a board, in their language, and says who is who."""
    device, _, locale = way.partition("-")
    page = open_page(whole_bot, size=_DEVICES[device], locale=locale)
    look = Look(page, device, locale)
    page.go_to("Camille", "admin")
    page.begin("setup language")
    page.take_choice(_LANGUAGES[locale], _LANGUAGES[locale])
    page.press("Enter")
    expect(page.answer_to("setup language")).to_be_visible()
    for member, player in _LINKED.items():
        look.ask("team link", player, team_member=member)
    page.go_to("Camille", _BOARD)
    look.ask("live start")
    return look


def pasted(number: int, t: Translator) -> str:
    """The round as it is on the wall, with a line that is none of it."""
    tables = (
        f"{table}  {left} ({points})  vs.  {right} ({others})"
        for table, (left, right, points, others) in enumerate(_TABLES, start=1)
    )
    return "\n".join((t("round.number", number=number), *tables, _NO_PAIRING))


def fill_form(look: Look, number: int) -> Locator:
    """Open the form for pairings and paste a round into it."""
    look.page.run("pairings import")
    form = look.page.page.get_by_role("dialog")
    form.locator("textarea").fill(pasted(number, look.t))
    return form


def preview_of(look: Look, number: int) -> Locator:
    title = look.t("pairings.title", round=number, event=DEMO_EVENT_NAME)
    return look.page.page.locator(".message", has_text=title).last


def announcement_of(look: Look, number: int) -> Locator:
    """The message that tells the team; the captain's own answer may have the same title."""
    my_opponent = look.page.page.get_by_role("button", name=look.t("round.my_opponent"))
    up = look.page.page.locator(".message", has_text=look.t("round.up", number=number))
    return up.filter(has=my_opponent)


def apply_round(look: Look, number: int) -> Locator:
    """Paste and apply a round, and return the message that tells the team."""
    fill_form(look, number).locator("button[type=submit]").click()
    look.press(preview_of(look, number), "player.import.apply")
    announced = announcement_of(look, number)
    expect(announced).to_be_visible(timeout=_TOLD_WITHIN_MS)
    return announced


def test_a_pasted_round_is_told_to_the_team_and_each_opponent_is_a_tap_away(look: Look) -> None:
    page, t, number = look.page, look.t, 8
    page.go_to("Sam", "general")
    look.ask("team notify on")
    expect(look.ask("team list")).to_contain_text(_LINKED["Sam"])
    look.picture("team-list")
    page.go_to("Camille", _BOARD)

    form = fill_form(look, number)
    form.locator("textarea").evaluate("(area) => { area.scrollTop = 0; }")
    look.picture("pairings-paste")
    form.locator("button[type=submit]").click()
    preview = preview_of(look, number)
    expect(preview).to_contain_text(_NO_PAIRING)
    look.picture("pairings-preview")
    look.press(preview, "player.import.apply")
    announced = announcement_of(look, number)
    expect(announced).to_be_visible(timeout=_TOLD_WITHIN_MS)
    look.picture("round-up")

    page.go_to("Sam", _BOARD)
    look.press(announced, "round.my_opponent")
    expect(page.last.locator(".embed-title")).to_contain_text(_OPPONENT)
    expect(page.last).to_contain_text(t("round.table", number=3))
    expect(page.last).to_contain_text("Azorius Control")
    look.picture("opponent")
    page.go_to("Sam", "Scooty")
    expect(page.last).to_contain_text(_OPPONENT, timeout=_TOLD_WITHIN_MS)

    page.go_to("Robin", _BOARD)
    look.press(announced, "round.my_opponent")
    expect(page.last.locator(".embed-title")).to_contain_text(_UNKNOWN)
    expect(page.last).to_contain_text(t("opponent.unknown"))


def test_a_captain_is_briefed_prints_and_has_players_watched(look: Look) -> None:
    page, t, number = look.page, look.t, 9
    announced = apply_round(look, number)

    look.press(announced, "brief.open")
    brief = page.last
    expect(brief.locator(".embed-title")).to_contain_text(t("brief.title", round=number))
    expect(brief).to_contain_text(_UNKNOWN)
    page.show_from_its_start(brief)
    look.picture("brief")
    look.press(brief, "brief.print")
    expect(page.last).to_contain_text(f"round-{number}.pdf", timeout=_TOLD_WITHIN_MS)

    look.ask("assign", "Sam")
    coverage = look.ask("coverage")
    coverage.locator(".select-opener").first.click()
    coverage.get_by_role("option").first.click()
    expect(coverage).to_contain_text(t("coverage.own").strip("*"))
    expect(coverage.locator("img")).to_be_visible()
    expect(coverage.locator(".select-opener").first).to_be_enabled()
    page.show_from_its_start(coverage)
    look.picture("coverage")


def test_a_pasted_decklist_is_recognised_kept_and_read(look: Look) -> None:
    page, t = look.page, look.t
    page.go_to("Sam", "general")
    player = "Pia Lunde"

    page.begin("deck add")
    page.type(player)
    page.press("Tab", "Enter")
    form = page.page.get_by_role("dialog")
    form.get_by_label(t("deck.form.list")).fill(ENERGY)
    form.locator("button[type=submit]").click()
    title = t("deck.preview.title", player=player)
    preview = page.page.locator(".message", has_text=title).last
    expect(preview).to_contain_text("Boros Energy")
    look.picture("deck-add")
    preview.get_by_role("button", name=t("deck.report_as", archetype="Boros Energy")).click()
    added = page.page.locator(".message", has_text=t("deck.added.title", player=player))
    expect(added).to_be_visible()

    shown = look.ask("deck show", player)
    expect(shown).to_contain_text("Guide of Souls")
    look.picture("deck-show")


def test_results_make_the_teams_record_with_a_picture_of_what_to_expect(look: Look) -> None:
    page = look.page
    apply_round(look, 10)
    page.go_to("Sam", "general")
    look.ask("scout", _LINKED["Sam"], "Boros Energy")

    for number, (how, opponent) in enumerate(_EARLIER_RESULTS, start=1):
        told = look.ask(f"result {how}", round=str(number), opponent=opponent)
        expect(told.locator(".embed-title")).to_contain_text("✅")
    told = look.ask("result win", score="2-1")
    expect(told).to_contain_text(_OPPONENT)
    look.picture("result")
    expect(look.ask("matchup", "Boros Energy", "Dimir Midrange")).to_contain_text("80")
    record = look.ask("team record")
    expect(record.locator("img")).to_be_visible()
    record.locator("img").evaluate("(image) => image.scrollIntoView({block: 'end'})")
    look.picture("team-record")


def test_cards_that_were_seen_lead_to_a_guess_with_its_reasons(look: Look) -> None:
    page, t = look.page, look.t
    page.go_to("Robin", "general")

    guess = look.ask("predict", "Lars Møller", cards="Guide of Souls, Ocelot Pride")

    expect(guess).to_contain_text(t("predict.title", player="Lars Møller"))
    expect(guess).to_contain_text("Boros Energy")
    look.picture("predict")
