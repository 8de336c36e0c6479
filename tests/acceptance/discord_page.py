"""A person at the sandbox's page: what they look for and what they press."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Request

__all__ = ["DiscordPage"]


class DiscordPage:
    """An open page, and a record of what it should never do.

    Args:
        page: A fresh page of the browser.
        pictures: Where `picture` puts its files.
    """

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page = page
        self.complaints: list[str] = []
        """Console errors, uncaught exceptions, failed requests, requests off this machine."""
        self._pictures = pictures
        page.on("console", self._note_console)
        page.on("pageerror", self._note_error)
        page.on("request", self._note_request)
        page.on("requestfailed", self._note_failure)

    def open(self, url: str) -> None:
        """Load the page and wait for the bot and its commands."""
        self.page.goto(url)
        expect(self.page.locator(".bot-state.is-online")).to_be_visible(timeout=20_000)
        # The welcome's buttons are the commands: they are there once these have arrived.
        expect(self.page.locator(".try").first).to_be_attached(timeout=20_000)
        expect(self.page.locator(".message-list.is-loading")).to_have_count(0)

    def stop_listening(self) -> None:
        """Record no more: what comes now is not the test's doing."""
        self.page.remove_listener("console", self._note_console)
        self.page.remove_listener("pageerror", self._note_error)
        self.page.remove_listener("request", self._note_request)
        self.page.remove_listener("requestfailed", self._note_failure)

    # --- writing ------------------------------------------------------------------------------

    @property
    def text(self) -> Locator:
        """The field for ordinary messages."""
        return self.page.locator(".composer-text")

    @property
    def choices(self) -> Locator:
        """The lines of the list over the composer."""
        return self.page.locator(".popover").get_by_role("option")

    @property
    def hint(self) -> Locator:
        """The line under that list."""
        return self.page.locator(".popover-status")

    def option(self, name: str) -> Locator:
        """The field of a command's option, by its name in the declaration."""
        return self.page.locator(f'[data-option="{name}"]')

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        """Press keys where the focus is."""
        for key in keys:
            self.page.keyboard.press(key)

    def begin(self, command: str) -> None:
        """Type a command's name and take it from the list; `answer_to` then means its answer."""
        self.page.evaluate(
            "() => document.querySelectorAll('.message').forEach((one) => one.dataset.old = '')"
        )
        self.text.focus()
        self.type(f"/{command}")
        expect(self.choices.first).to_contain_text(f"/{command}")
        self.press("Enter")
        expect(self.page.locator(".command-name")).to_have_text(f"/{command}")

    def run(self, command: str) -> None:
        """Send a command that needs no options."""
        self.begin(command)
        self.press("Enter")

    def take_choice(self, typed: str, choice: str | re.Pattern[str]) -> None:
        """Type into an option, wait for the choice to be on top, and take it."""
        self.type(typed)
        expect(self.choices.first).to_contain_text(choice)
        self.press("Enter")

    # --- reading ------------------------------------------------------------------------------

    @property
    def messages(self) -> Locator:
        """All messages, the oldest first."""
        return self.page.locator(".message")

    @property
    def last(self) -> Locator:
        """The newest message."""
        return self.messages.last

    def answer_to(self, command: str) -> Locator:
        """The message under "somebody used /command" that came since `begin`."""
        used = self.page.locator(".used-command", has_text=re.compile(rf"^{re.escape(command)}$"))
        return self.page.locator(".message:not([data-old])").filter(has=used).last

    def show_from_its_start(self, message: Locator) -> None:
        """Scroll to where a message begins that is longer than the screen."""
        message.evaluate("(message) => message.scrollIntoView({block: 'start'})")

    # --- people -------------------------------------------------------------------------------

    def become(self, name: str) -> None:
        """Switch to another person."""
        self.page.locator(".person-opener").click()
        self.page.locator(f'[data-person="{name}"]').click()
        expect(self.page.locator(".person-opener")).to_contain_text(name)

    def go_to(self, person: str, channel: str) -> None:
        """Be ``person`` in ``channel``, also where the channels are in a drawer."""
        drawer = self.page.locator(".only-narrow")
        if drawer.is_visible():
            drawer.click()
        self.become(person)
        self.page.locator(f'[data-channel="{channel}"]').click()
        expect(self.page.locator(".channel-title")).to_have_text(channel)

    def speak(self, locale: str) -> None:
        """Switch the language."""
        self.page.locator(f'[data-locale="{locale}"]').click()
        expect(self.page.locator("html")).to_have_attribute("lang", locale)

    # --- evidence -----------------------------------------------------------------------------

    def picture(self, name: str) -> None:
        """Take a picture of the page as it is."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        self.page.evaluate("() => document.fonts.ready.then(() => true)")
        self.page.screenshot(path=self._pictures / f"{name}.png", animations="disabled")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console: {message.text}")

    def _note_error(self, error: Error) -> None:
        self.complaints.append(f"uncaught: {error}")

    def _note_failure(self, request: Request) -> None:
        self.complaints.append(f"failed: {request.url}")

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
            self.complaints.append(f"asked the outside: {request.url}")
