"""Files of answers, made to fit what Discord takes."""

from __future__ import annotations

import asyncio
import io
import zipfile
from typing import Final

from actors.discord_gateway.replies import File

_ZIPPED_AT: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that the format knows: equal contents make equal files."""


async def fitting_file(name: str, content: bytes, limit: int) -> File | None:
    """Return the file, zipped when it is too big for Discord; None when it still is.

    Args:
        name: Of the file inside, too.
        content: All of it.
        limit: Bytes a file of the answer may have.
    """
    if len(content) <= limit:
        return File(name=name, content=content)
    # zlib lets other threads run, so the event loop is not held up.
    zipped = await asyncio.to_thread(_zipped, name, content)
    return File(name=f"{name}.zip", content=zipped) if len(zipped) <= limit else None


def _zipped(name: str, content: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writer:
        entry = zipfile.ZipInfo(name, date_time=_ZIPPED_AT)
        entry.compress_type = zipfile.ZIP_DEFLATED
        writer.writestr(entry, content)
    return archive.getvalue()
