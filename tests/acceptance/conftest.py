"""A browser, sandboxes with bots in processes of their own, and pages opened on them.

Browsers live no longer than a module: Playwright's synchronous face keeps an event loop running in
this thread, which asynchronous tests could not stand beside.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import pytest
from playwright.sync_api import sync_playwright

from sandbox.config import REQUEST_LOG_VARIABLE
from tests.acceptance.discord_page import DiscordPage
from tests.acceptance.page_pool import PagePool
from tests.free_ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser

DESKTOP: Final = (1280, 800)
PHONE: Final = (390, 844)

_ROOT: Final = Path(__file__).parents[2]
_CHROMIUM_ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_READY_WITHIN_S: Final = 30.0
_POLL_S: Final = 0.05
_STOP_WITHIN_S: Final = 15.0


class OpenPage(Protocol):
    """Opens a page as a person with a device of a size and a language."""

    def __call__(
        self, url: str, *, size: tuple[int, int] = DESKTOP, locale: str = "en-US"
    ) -> DiscordPage: ...


class Process:
    """A process of the test's own, and what it wrote."""

    def __init__(self, command: tuple[str, ...], variables: Mapping[str, str]) -> None:
        self._written = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `stop`
        self.popen = subprocess.Popen(
            command,
            cwd=_ROOT,
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=self._written,
            stderr=subprocess.STDOUT,
        )

    def stop(self) -> None:
        """Ask it to end, then make it."""
        self.popen.send_signal(signal.SIGTERM)
        try:
            self.popen.wait(_STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
        self._written.close()

    def read_end(self) -> str:
        """Return the last lines it wrote."""
        self._written.seek(0)
        return self._written.read()[-2000:].decode(errors="replace")


@contextlib.contextmanager
def running(*command: str, **variables: str) -> Iterator[Process]:
    """Run a process for the length of a block."""
    process = Process(command, variables)
    try:
        yield process
    finally:
        process.stop()


def wait_until_served(url: str, process: Process) -> None:
    """Return when ``url`` answers; fail when its process ends or the time is over."""
    deadline_s = time.monotonic() + _READY_WITHIN_S
    while True:
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - a loopback address
                return
        except (urllib.error.URLError, OSError) as error:
            if process.popen.poll() is not None:
                pytest.fail(f"ended with {process.popen.returncode}: {process.read_end()}")
            if time.monotonic() > deadline_s:
                pytest.fail(f"{url} was not served in time ({error}): {process.read_end()}")
            # The port belongs to another process, which has no event to wait for.
            time.sleep(_POLL_S)


@contextlib.contextmanager
def sandbox(port: int) -> Iterator[str]:
    """Run a sandbox alone; yields the page's address."""
    url = f"http://127.0.0.1:{port}/"
    command = (sys.executable, "-m", "sandbox", "--port", str(port))
    # The rehearsal's bot breaks Discord's rules on purpose: the run's log is not to have it.
    with running(*command, **_unset(REQUEST_LOG_VARIABLE)) as process:
        wait_until_served(url, process)
        yield url


@contextlib.contextmanager
def rehearsal_bot(url: str) -> Iterator[None]:
    """Run the bot that has a command for each thing the page must show."""
    script = Path(__file__).with_name("rehearsal_bot.py")
    with running(sys.executable, str(script), url.rstrip("/")):
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not on the PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(_CHROMIUM_ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def rehearsal(browser: Browser) -> Iterator[str]:  # noqa: ARG001 - skips before it starts anything
    """A sandbox with the rehearsal bot; the page's address."""
    with sandbox(free_port()) as url, rehearsal_bot(url):
        yield url


@pytest.fixture(scope="module")
def state_dir() -> Iterator[Path]:
    """An empty folder that is open to the user as whom PostgreSQL runs when we are root."""
    with tempfile.TemporaryDirectory(prefix="scooty-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def whole_bot(
    browser: Browser,  # noqa: ARG001 - skips before it starts anything
    state_dir: Path,
) -> Iterator[str]:
    """``scooty run --sandbox`` with an empty state folder; the page's address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    variables = {
        "SCOOTY_SANDBOX_PORT": str(port),
        "PORT": str(free_port()),
        "SCOOTY_STATE_DIR": str(state_dir),
        # One person plays all the journeys, quicker than a person could.
        "SCOOTY_COMMAND_LIMIT": "200/6000",
        "SCOOTY_AUTOCOMPLETE_LIMIT": "200/6000",
        **_unset("DISCORD_TOKEN", "DISCORD_GUILD_ID", "DATABASE_URL", "REDIS_URL"),
    }
    with running(sys.executable, "-m", "scooty", "run", "--sandbox", **variables) as process:
        wait_until_served(url, process)
        yield url


def _unset(*names: str) -> Mapping[str, str]:
    """Settings that the person at this machine may have; blank means not set."""
    return dict.fromkeys(names, "")


@pytest.fixture(scope="module")
def page_pool(browser: Browser) -> PagePool:
    """The browser's pages, for one test after another."""
    return PagePool(browser)


@pytest.fixture
def open_page(page_pool: PagePool, pictures: Path) -> Iterator[OpenPage]:
    """Opens pages; in the end none may have complained or asked the outside for anything."""
    pages: list[DiscordPage] = []
    with contextlib.ExitStack() as stack:

        def open_one(
            url: str, *, size: tuple[int, int] = DESKTOP, locale: str = "en-US"
        ) -> DiscordPage:
            page = DiscordPage(stack.enter_context(page_pool.lent(size, locale)), pictures)
            stack.callback(page.stop_listening)
            pages.append(page)
            page.open(url)
            return page

        yield open_one
        complaints = [complaint for page in pages for complaint in page.complaints]
    assert complaints == []


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: into the documentation only when that is asked for."""
    wanted = os.environ.get("SCOOTY_PICTURES") == "1"
    return _ROOT / "docs" / "pictures" if wanted else tmp_path
