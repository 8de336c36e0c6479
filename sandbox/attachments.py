"""Uploaded files: kept in memory, newest first to stay, and on disk with a state directory."""

from __future__ import annotations

import re
import shutil
import struct
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from sandbox.rest.router import Upload
    from sandbox.wire import JsonObject, Snowflake

_BYTES_KEPT: Final = 64 * 1024 * 1024
_UNSAFE: Final = re.compile(r"[^\w.\-]+")
_PNG_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PNG_HEADER_BYTES: Final = 24


class FileStore:
    """Files by their path under ``/cdn``."""

    def __init__(self, state_dir: Path | None) -> None:
        self._directory = state_dir / "cdn" if state_dir is not None else None
        self._files: dict[str, tuple[str, bytes]] = {}
        self._total = 0

    def add(
        self,
        upload: Upload,
        *,
        attachment_id: Snowflake,
        channel_id: Snowflake,
        base_url: str,
        ephemeral: bool,
    ) -> JsonObject:
        """Keep a file and return Discord's attachment object.

        Source: resources/message#attachment-object
        """
        filename = _UNSAFE.sub("_", upload.filename).lstrip(".") or "unknown"
        path = f"attachments/{channel_id}/{attachment_id}/{filename}"
        self._keep(path, upload.content_type, upload.content, on_disk=not ephemeral)
        url = f"{base_url}/cdn/{quote(path)}"
        attachment: JsonObject = {
            "id": attachment_id,
            "filename": filename,
            "size": len(upload.content),
            "url": url,
            "proxy_url": url,
            "content_type": upload.content_type,
        }
        if ephemeral:
            attachment["ephemeral"] = True
        if (size := _png_size(upload.content)) is not None:
            attachment["width"], attachment["height"] = size
        return attachment

    def find(self, path: str) -> tuple[str, bytes] | None:
        """Return content type and bytes of a file."""
        found = self._files.get(path)
        if found is not None or self._directory is None:
            return found
        stored = (self._directory / path).resolve()
        if not stored.is_relative_to(self._directory.resolve()) or not stored.is_file():
            return None
        kind = "image/png" if stored.suffix == ".png" else "application/octet-stream"
        return kind, stored.read_bytes()

    def forget_all_but(self, attachment_ids: Collection[Snowflake]) -> None:
        """Remove from the disk the files of messages that are no longer kept."""
        if self._directory is None:
            return
        for folder in self._directory.glob("attachments/*/*"):
            if folder.name not in attachment_ids:
                shutil.rmtree(folder, ignore_errors=True)

    def _keep(self, path: str, content_type: str, content: bytes, *, on_disk: bool) -> None:
        self._files[path] = (content_type, content)
        self._total += len(content)
        while self._total > _BYTES_KEPT and len(self._files) > 1:
            oldest = next(iter(self._files))
            self._total -= len(self._files.pop(oldest)[1])
        if self._directory is not None and on_disk:
            stored = self._directory / path
            stored.parent.mkdir(parents=True, exist_ok=True)
            stored.write_bytes(content)


def _png_size(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(_PNG_SIGNATURE) or len(content) < _PNG_HEADER_BYTES:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height
