"""The cache without Redis: the same messages and promises, within one process.

**Owns** nothing outside the process. **Loses at restart** nothing: the values lie on the shelf,
which whoever started the actor holds. **Failure modes** only the outage asked for by
`Shelf.go_away`, in which it behaves as `Cache` does while Redis is away.

`InMemoryCache` stands for `Cache` in tests. `ProcessCache` is for a program that was given no
Redis and runs in one process at a time.
"""

from __future__ import annotations

from collections import Counter, deque
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, assert_never

from typing_extensions import override

from actors.cache.actor import MAX_VALUE_BYTES
from actors.cache.change_log import MAX_CHANGES
from actors.cache.messages import (
    AddCounts,
    AppendChange,
    CacheHealth,
    CacheMessage,
    Change,
    ChangeAppended,
    ChangeNotAppended,
    ChangesLost,
    ChangesRead,
    CountsAdded,
    CountsNotAdded,
    DropValues,
    GetCacheHealth,
    GetValue,
    Hit,
    Miss,
    PutValue,
    ReadChanges,
    ValuesDropped,
)
from actors.kernel import AsyncioActor

if TYPE_CHECKING:
    from collections.abc import Iterable

_AWAY = "Redis is away (on purpose)"
_MOST_BYTES: Final = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    hit: Hit
    until_s: float


@dataclass(slots=True)
class _Counts:
    numbers: Counter[str] = field(default_factory=Counter)
    batches: dict[str, int] = field(default_factory=dict)
    until_s: float = 0.0


class Shelf:
    """Where the values lie; a test may take it away for a while.

    Args:
        most_bytes: Of values; beyond it those that were put longest ago are forgotten.
    """

    def __init__(self, *, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: dict[str, _Kept] = {}  # in the order in which they were put
        self._logs: dict[str, deque[Change]] = {}
        self._appended = 0
        self._counts: dict[str, _Counts] = {}
        self._is_away = False

    @property
    def is_away(self) -> bool:
        """Whether there is an outage."""
        return self._is_away

    def go_away(self) -> None:
        """Begin an outage: every read is a miss, values put are thrown away."""
        self._is_away = True

    def come_back(self) -> None:
        """End the outage; what was neither dropped nor replaced meanwhile is there again."""
        self._is_away = False

    def keep(self, key: str, hit: Hit, *, until_s: float) -> None:
        """Put a value, or lose the older one when there is no reaching the shelf."""
        self._forget(key)
        if self._is_away or len(hit.value) > MAX_VALUE_BYTES:
            return
        self._kept[key] = _Kept(hit=hit, until_s=until_s)
        self._bytes += len(hit.value)
        while self._bytes > self._most_bytes:
            self._forget(next(iter(self._kept)))

    def find(self, key: str, *, now_s: float) -> Hit | None:
        """Return the value of ``key`` if it may still be served."""
        kept = self._kept.get(key)
        if kept is None or self._is_away or now_s >= kept.until_s:
            return None
        return kept.hit

    def drop(self, keys: Iterable[str]) -> None:
        """Forget values, in an outage too."""
        for key in keys:
            self._forget(key)

    def _forget(self, key: str) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._bytes -= len(kept.hit.value)

    def append(self, log: str, change: bytes) -> int | None:
        """Append to a log and return the change's position; None in an outage."""
        if self._is_away:
            return None
        self._appended += 1
        entries = self._logs.setdefault(log, deque(maxlen=MAX_CHANGES))
        entries.append(Change(position=self._appended, value=change))
        return self._appended

    def changes_after(self, log: str, position: int) -> tuple[Change, ...] | None:
        """Return what was appended after a position; None when the log does not hold it."""
        later: list[Change] = []
        for entry in reversed(self._logs.get(log, ())):
            if entry.position == position:
                return tuple(reversed(later))
            if entry.position < position:
                return None
            later.append(entry)
        return None

    def add(self, added: AddCounts, *, now_s: float) -> bool:
        """Add counts to a hash, unless that batch was added before; False in an outage."""
        if self._is_away:
            return False
        kept = self._counts.get(added.key)
        if kept is None or now_s >= kept.until_s:
            kept = self._counts[added.key] = _Counts()
        if kept.batches.get(added.writer, added.batch - 1) < added.batch:
            kept.batches[added.writer] = added.batch
            kept.until_s = now_s + added.ttl_s
            kept.numbers.update(dict(added.counts))
        return True

    def counts(self, key: str, *, now_s: float) -> dict[str, int]:
        """Return the numbers of a hash."""
        kept = self._counts.get(key)
        return {} if kept is None or now_s >= kept.until_s else dict(kept.numbers)

    def forget_everything(self) -> None:
        """Lose values, logs and counts, as a Redis that is restarted does."""
        self._kept.clear()
        self._bytes = 0
        self._logs.clear()
        self._counts.clear()

    def copy(self) -> Shelf:
        """Return what lies here now, as a replica has it."""
        return deepcopy(self)

    def become(self, replica: Shelf) -> None:
        """Lose what happened since, as when a replica takes the place of Redis."""
        self._kept = dict(replica._kept)
        self._bytes = replica._bytes
        self._logs = deepcopy(replica._logs)
        self._counts = deepcopy(replica._counts)


class InMemoryCache(AsyncioActor[CacheMessage]):
    """Answers like `Cache` with a Redis, without one.

    Args:
        shelf: Where the values lie.
    """

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._was_away = False
        self._hits = 0
        self._misses = 0

    @override
    async def on_receive(self, message: CacheMessage) -> object:  # noqa: PLR0911 - one a message
        """Handle one message."""
        self._show_state()
        match message:
            case GetValue():
                return self._get(message.key)
            case PutValue():
                self._put(message)
                return None
            case DropValues():
                self._shelf.drop(message.keys)
                return ValuesDropped()
            case ReadChanges():
                return self._read_changes(message)
            case AppendChange():
                return self._append_change(message)
            case AddCounts():
                return self._add_counts(message)
            case GetCacheHealth():
                return self._describe_health()
            case _:
                assert_never(message)

    def _get(self, key: str) -> Hit | Miss:
        found = self._shelf.find(key, now_s=self.clock.monotonic_s())
        if found is None:
            self._misses += 1
            return Miss()
        self._hits += 1
        return found

    def _put(self, message: PutValue) -> None:
        hit = Hit(value=message.value, stored_at=self.clock.now())
        until_s = self.clock.monotonic_s() + message.ttl_s
        self._shelf.keep(message.key, hit, until_s=until_s)

    def _read_changes(self, message: ReadChanges) -> ChangesRead | ChangesLost | Miss:
        self._hits += message.hits
        self._misses += message.misses
        if self._shelf.is_away:
            return Miss()
        changes = self._shelf.changes_after(message.log, message.after)
        if changes is None:
            return ChangesLost()
        now_s = self.clock.monotonic_s()
        value = None if message.key is None else self._shelf.find(message.key, now_s=now_s)
        return ChangesRead(changes=changes, value=value)

    def _append_change(self, message: AppendChange) -> ChangeAppended | ChangeNotAppended:
        position = self._shelf.append(message.log, message.change)
        if position is None:
            return ChangeNotAppended()
        for put in message.values:
            if len(put.value) <= MAX_VALUE_BYTES:
                self._put(put)
        return ChangeAppended(position=position)

    def _add_counts(self, message: AddCounts) -> CountsAdded | CountsNotAdded:
        now_s = self.clock.monotonic_s()
        return CountsAdded() if self._shelf.add(message, now_s=now_s) else CountsNotAdded()

    def _describe_health(self) -> CacheHealth:
        is_away = self._shelf.is_away
        return CacheHealth(
            state="reconnecting" if is_away else "connected",
            latency_ms=None if is_away else 0.0,
            detail=_AWAY if is_away else None,
            hits=self._hits,
            misses=self._misses,
        )

    def _show_state(self) -> None:
        if self._was_away == self._shelf.is_away:
            return
        self._was_away = self._shelf.is_away
        if self._was_away:
            self.report_degraded(f"no cache: {_AWAY}")
        else:
            self.report_recovered()


class ProcessCache(InMemoryCache):
    """The cache of a program without Redis.

    Args:
        shelf: Where the values lie; held by the program, so that they outlive this actor.
    """

    @override
    def _describe_health(self) -> CacheHealth:
        return CacheHealth(
            state="in_memory", latency_ms=None, detail=None, hits=self._hits, misses=self._misses
        )
