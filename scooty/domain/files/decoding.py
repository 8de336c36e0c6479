"""The text of a file of which nobody says how it is encoded."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

MAX_FILE_BYTES: Final = 5 * 1024 * 1024
"""A round of 2,000 players as nested JSON, at 1 kB a player, twice over."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT: Final = 1024
"""Bytes by which UTF-16 without a mark is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTooLarge:
    """The file is not read."""

    size_bytes: int
    limit_bytes: int = MAX_FILE_BYTES


def decode(content: bytes) -> str | FileTooLarge:
    """Return the text of a file: UTF-8, UTF-16, else Latin-1, which fits any bytes.

    Byte order marks and NULs are dropped; a broken end or character of UTF-16 is replaced.
    """
    if len(content) > MAX_FILE_BYTES:
        return FileTooLarge(size_bytes=len(content))
    return _text(content).replace("\0", "")


def _text(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    if wide := _wide_encoding(content[:_LOOKED_AT]):
        return content.decode(wide, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _wide_encoding(beginning: bytes) -> str | None:
    """Tell UTF-16 by its NULs: every other byte of text in Latin letters is one."""
    even, odd = beginning[::2].count(0), beginning[1::2].count(0)
    if 2 * odd > len(beginning[1::2]) and even < odd:
        return "utf-16-le"
    if 2 * even > len(beginning[::2]) and odd < even:
        return "utf-16-be"
    return None
