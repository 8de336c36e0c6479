"""How a value lies in Redis: a version, when it was put, a checksum, then the value.

Whatever does not parse is no value: written by another version, cut short, or by a stranger.
"""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime, timedelta

from actors.cache.messages import Hit

_VERSION = 1
_HEADER = struct.Struct(">BqI")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def pack_value(value: bytes, stored_at: datetime) -> bytes:
    """Wrap ``value`` for Redis."""
    stored_us = (stored_at - _EPOCH) // _MICROSECOND
    return _HEADER.pack(_VERSION, stored_us, zlib.crc32(value)) + value


def parse_value(raw: bytes) -> Hit | None:
    """Unwrap what lies in Redis; None when it is not a value of this version, whole."""
    if len(raw) < _HEADER.size:
        return None
    version, stored_us, checksum = _HEADER.unpack_from(raw)
    value = raw[_HEADER.size :]
    if version != _VERSION or checksum != zlib.crc32(value):
        return None
    try:
        return Hit(value=value, stored_at=_EPOCH + timedelta(microseconds=stored_us))
    except OverflowError:
        return None
