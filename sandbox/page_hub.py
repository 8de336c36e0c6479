"""Who looks at which channel, and what they are shown."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.trace import Trace
    from sandbox.wire import JsonObject, Snowflake
    from sandbox.world import Channel, Message


class Viewer(Protocol):
    """An open page."""

    person_id: Snowflake
    wants_trace: bool

    def send(self, frame: bytes) -> None:
        """Queue an encoded frame; never blocks."""
        ...

    def commands_changed(self) -> None:
        """Send the commands that this person is offered."""
        ...

    def bot_came_online(self) -> None:
        """Take notice that a bot has logged in."""
        ...

    def direct_changed(self) -> None:
        """Send this person's direct conversations."""
        ...


def message_view(message: Message) -> JsonObject:
    """Return a message as the page gets it."""
    interaction = None
    if message.interaction_name is not None:
        interaction = {
            "name": message.interaction_name,
            "user_id": message.interaction_user_id,
        }
    return {
        **message.body,
        "ephemeral": message.ephemeral_to is not None,
        "interaction": interaction,
        "loading": message.loading,
    }


class PageHub:
    """All open pages."""

    def __init__(self) -> None:
        self.viewers: set[Viewer] = set()
        self._by_channel: defaultdict[Snowflake, set[Viewer]] = defaultdict(set)

    def watch(self, viewer: Viewer, channel_ids: Iterable[Snowflake]) -> None:
        """Show the news of these channels to ``viewer`` from now on."""
        for channel_id in channel_ids:
            self._by_channel[channel_id].add(viewer)

    def unwatch(self, viewer: Viewer) -> None:
        """Stop showing any channel's news."""
        for viewers in self._by_channel.values():
            viewers.discard(viewer)

    def viewers_of(self, person_id: Snowflake) -> list[Viewer]:
        """Return the pages of one person."""
        return [viewer for viewer in self.viewers if viewer.person_id == person_id]

    def broadcast(self, frame: JsonObject) -> None:
        """Send to every page."""
        if self.viewers:
            encoded = orjson.dumps(frame)
            for viewer in self.viewers:
                viewer.send(encoded)

    def commands_changed(self) -> None:
        """Let every page fetch the commands anew."""
        for viewer in self.viewers:
            viewer.commands_changed()

    def send_trace(self, viewers: list[Viewer], trace: Trace) -> None:
        """Send the newest lines and figures, when there is anything new."""
        entries, changed = trace.take()
        if changed:
            frame = {"t": "trace", "entries": entries, "summary": trace.summarise()}
            encoded = orjson.dumps(frame)
            for viewer in viewers:
                viewer.send(encoded)

    def message_changed(self, event: str, channel: Channel, message: Message) -> None:
        """Show a created or updated message to whoever may see it."""
        if channel.recipient_id is not None and len(channel.messages) == 1:
            for viewer in self.viewers_of(channel.recipient_id):
                viewer.direct_changed()
        encoded: bytes | None = None
        for viewer in self._viewers_of(channel, message):
            encoded = encoded or orjson.dumps({"t": event, "message": message_view(message)})
            viewer.send(encoded)

    def message_deleted(self, channel: Channel, message: Message) -> None:
        """Take a message away from whoever saw it."""
        encoded = orjson.dumps({"t": "message_delete", "channel_id": channel.id, "id": message.id})
        for viewer in self._viewers_of(channel, message):
            viewer.send(encoded)

    def _viewers_of(self, channel: Channel, message: Message) -> list[Viewer]:
        if channel.recipient_id is not None:
            return self.viewers_of(channel.recipient_id)
        addressee = message.ephemeral_to
        return [
            viewer
            for viewer in self._by_channel.get(channel.id, ())
            if addressee is None or viewer.person_id == addressee
        ]
