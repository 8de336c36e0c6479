"""A bounded queue with a system lane that outlives the incarnations which read it."""

from __future__ import annotations

import threading
from collections import deque
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from actors.kernel.envelope import Envelope, Reply
    from actors.kernel.spec import Overflow


class Verdict(Enum):
    """What became of an offered envelope."""

    ACCEPTED = auto()
    FULL = auto()
    """Refused; under the policy ``block`` an asker may wait for room."""
    SWALLOWED = auto()
    """Dropped by the policy ``drop_new``."""
    CLOSED = auto()


class Mailbox:
    """Safe for any number of writers on any threads; read by one incarnation at a time.

    Args:
        size: how many messages may wait; the system lane is not counted and not bounded.
        overflow: what happens to one more.
    """

    __slots__ = (
        "_held_count",
        "_lock",
        "_queue",
        "_system",
        "_waiters",
        "closed",
        "overflow",
        "peak",
        "size",
    )

    def __init__(self, *, size: int, overflow: Overflow) -> None:
        self.size = size
        self.overflow: Overflow = overflow
        self.peak = 0
        self.closed = False
        self._queue: deque[Envelope] = deque()
        # Made when they are needed, which is seldom: an empty deque has 760 bytes.
        self._system: deque[Envelope] | None = None
        self._waiters: deque[Reply] | None = None
        self._lock = threading.Lock()
        self._held_count = 0
        """Messages that were taken out of the queue and are still waiting."""

    def __len__(self) -> int:
        return len(self._queue) + len(self._system or ()) + self._held_count

    @property
    def has_ready(self) -> bool:
        """Whether `take` might return something."""
        return bool(self._queue) or bool(self._system)

    @property
    def head(self) -> Envelope | None:
        """What `take` might return next."""
        with self._lock:
            if self._system:
                return self._system[0]
            return self._queue[0] if self._queue else None

    def offer(self, envelope: Envelope) -> tuple[Verdict, Envelope | None]:
        """Put one message in; the second value is the message it displaced, if any."""
        displaced = None
        with self._lock:
            if self.closed:
                return Verdict.CLOSED, None
            queue = self._queue
            depth = len(queue) + self._held_count
            if depth >= self.size:
                if self.overflow == "drop_new":
                    return Verdict.SWALLOWED, None
                if self.overflow != "drop_old" or not queue:
                    return Verdict.FULL, None
                displaced = queue.popleft()
                depth -= 1
            queue.append(envelope)
            if depth >= self.peak:
                self.peak = depth + 1
        return Verdict.ACCEPTED, displaced

    def offer_system(self, envelope: Envelope) -> bool:
        """Put one message in the system lane; False when the mailbox is closed for good."""
        with self._lock:
            if self.closed:
                return False
            if self._system is None:
                self._system = deque()
            self._system.append(envelope)
        return True

    def take(self) -> Envelope | None:
        """Return the next message, system lane first, or None."""
        with self._lock:
            if self._system:
                return self._system.popleft()
            if not self._queue:
                return None
            envelope = self._queue.popleft()
            waiter = self._waiters.popleft() if self._waiters else None
        if waiter is not None:
            waiter.resolve(None)
        return envelope

    def release(self, envelope: Envelope) -> None:
        """Say that a message which was taken is done with; matters where order is kept."""

    def release_all(self) -> None:
        """Say that the reader is gone, with all that it had in hand."""

    def _count_held(self, change: int) -> None:
        with self._lock:
            self._held_count += change
            makes_room = change < 0 and len(self._queue) + self._held_count < self.size
            waiter = self._waiters.popleft() if makes_room and self._waiters else None
        if waiter is not None:
            waiter.resolve(None)

    def put_back(self, envelope: Envelope) -> None:
        """Return a message that was taken, to the front; never refused."""
        with self._lock:
            self._queue.appendleft(envelope)

    def wait_for_room(self, waiter: Reply) -> None:
        """Resolve ``waiter`` when there may be room, at once if there is some now."""
        with self._lock:
            has_room = self.closed or len(self._queue) + self._held_count < self.size
            if not has_room:
                if self._waiters is None:
                    self._waiters = deque()
                self._waiters.append(waiter)
        if has_room:
            waiter.resolve(None)

    def leave_room(self, waiter: Reply) -> None:
        """Take a waiter that gave up out of the line, and let the next one try in its place."""
        with self._lock:
            if self._waiters and waiter in self._waiters:
                self._waiters.remove(waiter)
                return
            successor = self._waiters.popleft() if self._waiters else None
        if successor is not None:
            successor.resolve(None)

    def close(self) -> None:
        """Refuse everything from now on; what waits inside can still be taken."""
        with self._lock:
            self.closed = True
            waiters, self._waiters = self._waiters or (), None
        for waiter in waiters:
            waiter.resolve(None)

    def reopen(self) -> None:
        """Accept messages again."""
        with self._lock:
            self.closed = False

    def take_all(self) -> list[Envelope]:
        """Empty the mailbox, leaving out the system lane, and return what was in it."""
        with self._lock:
            left = list(self._queue)
            self._queue.clear()
            self._system = None
        return left
