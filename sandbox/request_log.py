"""Appends what the bot asked for to a JSONL file, so that a test can check it all.

Headers are left out, and so are path parameters: the token of an interaction is one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.rest.router import Call


class RequestLog:
    """Buffers lines until `flush`. Without a path it does nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._lines: list[bytes] = []

    def add(self, call: Call, content_type: str, status: int) -> None:
        """Note one request and the status of its answer."""
        if self._path is None:
            return
        line = {
            "method": call.route.method,
            "path": call.route.template,
            "query": dict(call.query),
            "content_type": content_type,
            "body": call.body,
            "files": [
                {
                    "field": upload.field_name,
                    "filename": upload.filename,
                    "size": len(upload.content),
                }
                for upload in call.uploads
            ],
            "status": status,
        }
        self._lines.append(orjson.dumps(line))

    def flush(self) -> None:
        """Write the buffered lines."""
        if self._path is None or not self._lines:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            file.write(b"\n".join(self._lines) + b"\n")
        self._lines.clear()
