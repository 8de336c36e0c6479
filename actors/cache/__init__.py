"""A cache in Redis that never makes anybody wait for it."""

from actors.cache.actor import Cache
from actors.cache.messages import (
    CacheHealth,
    CacheMessage,
    DropValues,
    GetCacheHealth,
    GetValue,
    Hit,
    Miss,
    PutValue,
    ValuesDropped,
)

__all__ = [
    "Cache",
    "CacheHealth",
    "CacheMessage",
    "DropValues",
    "GetCacheHealth",
    "GetValue",
    "Hit",
    "Miss",
    "PutValue",
    "ValuesDropped",
]
