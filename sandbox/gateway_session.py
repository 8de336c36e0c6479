"""A bot's gateway session: numbered dispatches, kept for a while so that a RESUME can replay them.

Source: https://discord.com/developers/docs/events/gateway#resuming
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sandbox.wire import Snowflake


class Link(Protocol):
    """The connection that a session speaks through at the moment."""

    def send(self, frame: bytes) -> None:
        """Queue a frame; never blocks."""
        ...

    def close_soon(self, code: int, reason: str) -> None:
        """Close after the frames queued so far."""
        ...

    def cut(self) -> None:
        """Drop the connection without a word, as a broken network does."""
        ...


class Session:
    """One logical connection of a bot, which may outlive several sockets.

    Args:
        session_id: What READY tells and RESUME asks for.
        intents: Which events it wants.
        shard: Its number and the number of all; it gets the events of its own guilds only.
        replay_size: How many dispatches are kept.
    """

    def __init__(
        self, session_id: str, intents: int, shard: tuple[int, int], replay_size: int
    ) -> None:
        self.session_id = session_id
        self.intents = intents
        self.shard = shard
        self.sequence = 0
        self.link: Link | None = None
        self.detached_at_s: float | None = None
        """Monotonic; when the last socket went away."""
        self._replay: deque[tuple[int, bytes]] = deque(maxlen=replay_size)

    def dispatch(self, event: str, body: bytes) -> None:
        """Number an event, keep it, and send it when a socket is attached."""
        self.sequence += 1
        frame = b'{"op":0,"s":%d,"t":"%b","d":%b}' % (self.sequence, event.encode(), body)
        self._replay.append((self.sequence, frame))
        if self.link is not None:
            self.link.send(frame)

    def serves(self, guild_id: Snowflake | None) -> bool:
        """Whether a guild is this session's; direct messages are the first shard's.

        Source: events/gateway#sharding
        """
        index, count = self.shard
        return count == 1 or (int(guild_id or 0) >> 22) % count == index

    def attach(self, link: Link) -> None:
        """Speak through ``link`` from now on."""
        self.link = link
        self.detached_at_s = None

    def detach(self, link: Link, now_s: float) -> None:
        """Forget ``link``, unless another one has taken over already."""
        if self.link is link:
            self.link = None
            self.detached_at_s = now_s

    def list_missed(self, sequence: int) -> list[bytes] | None:
        """Return the frames after ``sequence``, or None when some are no longer kept."""
        missed = [frame for number, frame in self._replay if number > sequence]
        return missed if len(missed) == self.sequence - sequence else None
