"""A mailbox for several workers at once that keeps messages of one key in their order."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from typing_extensions import override

from actors.kernel.log import say
from actors.kernel.mailbox import Mailbox

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from actors.kernel.envelope import Envelope
    from actors.kernel.messages import Message
    from actors.kernel.spec import Overflow


class KeyedMailbox(Mailbox):
    """Holds a message back while another one with its key is in hand.

    Messages held back still count as waiting. Read on one thread, like every mailbox.
    """

    __slots__ = ("_held", "_in_hand", "_key_of", "_keys", "_number", "_ready")

    def __init__(
        self,
        *,
        size: int,
        overflow: Overflow,
        key_of: Callable[[Message], Hashable | None],
    ) -> None:
        super().__init__(size=size, overflow=overflow)
        self._key_of = key_of
        self._in_hand: dict[int, Hashable] = {}
        self._keys: dict[Hashable, deque[tuple[int, Envelope]]] = {}
        """For each key in hand, what is held back behind it."""
        self._ready: deque[tuple[int, Envelope]] = deque()
        self._number = 0

    @property
    @override
    def has_ready(self) -> bool:
        return bool(self._ready) or super().has_ready

    @property
    @override
    def head(self) -> Envelope | None:
        return self._ready[0][1] if self._ready else super().head

    @override
    def take(self) -> Envelope | None:
        """Return the next message whose key is free, and take its key in hand."""
        if self._ready:
            _, freed = self._ready.popleft()
            self._count_held(-1)
            return freed
        while (envelope := super().take()) is not None:
            key = self._find_key(envelope)
            if key is None:
                return envelope
            if key not in self._keys:
                self._keys[key] = deque()
                self._in_hand[id(envelope)] = key
                return envelope
            self._number += 1
            self._keys[key].append((self._number, envelope))
            self._count_held(1)
        return None

    @override
    def release(self, envelope: Envelope) -> None:
        """Let the next message with the same key be taken."""
        key = self._in_hand.pop(id(envelope), None)
        if key is None:
            return
        behind = self._keys[key]
        if behind:
            following = behind.popleft()
            self._in_hand[id(following[1])] = key
            self._ready.append(following)
        else:
            del self._keys[key]

    @override
    def release_all(self) -> None:
        """Put everything held back to the front, in its order: the reader is gone."""
        held = [*self._ready, *(pair for behind in self._keys.values() for pair in behind)]
        held.sort(key=lambda pair: pair[0], reverse=True)
        self._ready.clear()
        self._keys.clear()
        self._in_hand.clear()
        for _, envelope in held:
            self.put_back(envelope)
        self._count_held(-len(held))

    def _find_key(self, envelope: Envelope) -> Hashable | None:
        try:
            key = self._key_of(envelope.message)
            hash(key)
        except Exception as error:  # noqa: BLE001 - the function is the author's; order is lost, not the message
            say("error", "actor.order_by_failed", kind=type(error).__name__, exc_info=error)
            return None
        return key
