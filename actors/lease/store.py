"""Where leases are kept: a place that all processes share and that tells the time for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


class LeaseUnavailableError(Exception):
    """The store cannot be asked now, so nobody knows who holds what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How a lease is after somebody tried to take it."""

    held: bool
    """Whether it is the asker's."""
    epoch: int
    """Grows whenever the lease changes hands or had run out."""
    expires_at: datetime


class LeaseStore(Protocol):
    """Every method raises `LeaseUnavailableError` when the store cannot be asked."""

    async def take(self, name: str, *, owner: str, lease_s: float) -> Taken:
        """Take a lease that is free, or renew one's own."""
        ...

    async def release(self, name: str, *, owner: str) -> bool:
        """Give one's own lease back at once; False when it was another's."""
        ...


class InMemoryLeases(LeaseStore):
    """The store's twin in memory.

    Args:
        now: the store's own clock.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._rows: dict[str, tuple[str, int, datetime]] = {}
        self.is_away = False
        """A test's switch: every call fails while it is set."""

    @override
    async def take(self, name: str, *, owner: str, lease_s: float) -> Taken:
        self._check()
        now = self._now()
        holder, epoch, expires_at = self._rows.get(name, (owner, 1, now + timedelta(days=1)))
        if holder == owner or expires_at <= now:
            epoch += holder != owner or expires_at <= now
            holder, expires_at = owner, now + timedelta(seconds=lease_s)
            self._rows[name] = (holder, epoch, expires_at)
        return Taken(held=holder == owner, epoch=epoch, expires_at=expires_at)

    @override
    async def release(self, name: str, *, owner: str) -> bool:
        self._check()
        row = self._rows.get(name)
        if row is None or row[0] != owner:
            return False
        self._rows[name] = (owner, row[1], self._now())
        return True

    def _check(self) -> None:
        if self.is_away:
            raise LeaseUnavailableError("the store is away")
