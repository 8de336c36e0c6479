"""The page's own files: HTML, CSS and JavaScript, nothing from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from aiohttp import web

_FOLDER: Final = Path(__file__).parent / "page"
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    # the browser itself enforces that nothing is asked from outside this machine
    "Content-Security-Policy": "default-src 'self' data: blob: ws://127.0.0.1:* ws://localhost:*;"
    " style-src 'self'",
}


def find_page_file(path: str) -> web.Response:
    """Return ``/`` and ``/page/*``, or 404."""
    name = "index.html" if path in {"", "/"} else path.removeprefix("/page/")
    file = (_FOLDER / name).resolve()
    known = _TYPES.get(file.suffix)
    if known is None or not file.is_relative_to(_FOLDER) or not file.is_file():
        return web.Response(status=404, text="There is no such page.")
    return web.Response(body=file.read_bytes(), headers={"Content-Type": known, **_HEADERS})
