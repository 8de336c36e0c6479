"""A cache in Redis that never makes anybody wait for it."""

from actors.cache.actor import Cache
from actors.cache.in_memory import ProcessCache, Shelf
from actors.cache.messages import (
    AppendChange,
    CacheHealth,
    CacheMessage,
    Change,
    ChangeAppended,
    ChangeNotAppended,
    ChangesLost,
    ChangesRead,
    DropValues,
    GetCacheHealth,
    GetValue,
    Hit,
    Miss,
    PutValue,
    ReadChanges,
    ValuesDropped,
)

__all__ = [
    "AppendChange",
    "Cache",
    "CacheHealth",
    "CacheMessage",
    "Change",
    "ChangeAppended",
    "ChangeNotAppended",
    "ChangesLost",
    "ChangesRead",
    "DropValues",
    "GetCacheHealth",
    "GetValue",
    "Hit",
    "Miss",
    "ProcessCache",
    "PutValue",
    "ReadChanges",
    "Shelf",
    "ValuesDropped",
]
