"""Pages of a browser, used again by test after test: a new one costs a second of a processor."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

__all__ = ["PagePool"]


class PagePool:
    """Lends pages that hold nothing of their last use; each is alone in its browser context.

    A context's device and language are given once and for all, so pages are kept by both.

    Args:
        browser: Where the pages are.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[tuple[tuple[int, int], str], list[Page]] = {}

    @contextlib.contextmanager
    def lent(self, size: tuple[int, int], locale: str) -> Iterator[Page]:
        """Lend a blank page for the length of a block; taller than wide, it is a phone's."""
        free = self._free.setdefault((size, locale), [])
        page = free.pop() if free else self._open(size, locale)
        yield page
        _forget(page)
        free.append(page)

    def _open(self, size: tuple[int, int], locale: str) -> Page:
        is_phone = size[0] < size[1]
        device: dict[str, Any] = {"has_touch": is_phone, "is_mobile": is_phone}
        viewport: Any = {"width": size[0], "height": size[1]}
        return self._browser.new_context(viewport=viewport, locale=locale, **device).new_page()


def _forget(page: Page) -> None:
    """Remove what a person has left in the browser, and go away from the sandbox."""
    page.evaluate("() => { sessionStorage.clear(); localStorage.clear(); }")
    page.context.clear_cookies()
    page.goto("about:blank")
