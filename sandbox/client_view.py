"""What a person of `sandbox.client` sees, kept from the page's frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sandbox.wire import JsonObject, Snowflake

_MESSAGES_KEPT: Final = 1000
_TRACE_KEPT: Final = 1000


@dataclass(slots=True)
class PersonView:
    """A page's state."""

    bot_online: bool = False
    channel_id: Snowflake = ""
    commands: list[JsonObject] = field(default_factory=list)
    summary: JsonObject = field(default_factory=dict)
    """The panel's figures; only for those who watch the trace."""
    trace: list[JsonObject] = field(default_factory=list)
    """The panel's newest lines; only for those who watch the trace."""
    faults: JsonObject = field(default_factory=dict)
    drills: list[str] = field(default_factory=list)
    """The bot's actors that can be hurt."""
    drills_done: list[JsonObject] = field(default_factory=list)
    direct: list[JsonObject] = field(default_factory=list)
    """This person's conversations with the app."""
    takes_direct: bool = True
    histories: int = 0
    fault_changes: int = 0
    _messages: dict[Snowflake, JsonObject] = field(default_factory=dict)

    @property
    def messages(self) -> list[JsonObject]:
        """The channel's messages, the oldest first, as far as they are kept."""
        return list(self._messages.values())

    def find(self, message_id: Snowflake) -> JsonObject | None:
        """Return a message that is still shown."""
        return self._messages.get(message_id)

    def is_loading(self, message_id: Snowflake) -> bool:
        """Whether a message still says "thinking…"."""
        message = self._messages.get(message_id)
        return message is not None and bool(message["loading"])

    def apply(self, frame: JsonObject) -> None:
        """Take in a frame of the page's socket."""
        match frame["t"]:
            case "message" | "message_update":
                self._keep(frame["message"])
            case "message_delete":
                self._messages.pop(frame["id"], None)
            case "history":
                self.channel_id = frame["channel_id"]
                self._messages = {each["id"]: each for each in frame["messages"]}
                self.histories += 1
            case "direct":
                self.direct, self.takes_direct = frame["channels"], frame["open"]
            case "commands":
                self.commands = frame["commands"]
            case "hello":
                self.bot_online = frame["bot"]["online"]
            case "bot":
                self.bot_online = frame["online"]
            case _:
                self._apply_panel(frame)

    def _apply_panel(self, frame: JsonObject) -> None:
        match frame["t"]:
            case "trace":
                self.summary = frame["summary"]
                self.trace = [*self.trace, *frame["entries"]][-_TRACE_KEPT:]
            case "faults":
                self.faults = frame["active"]
                self.fault_changes += 1
            case "drills":
                self.drills = frame["actors"]
            case "drill_done":
                self.drills_done.append(frame)
            case _:
                pass

    def _keep(self, message: JsonObject) -> None:
        if message["channel_id"] != self.channel_id:
            return
        self._messages[message["id"]] = message
        if len(self._messages) > _MESSAGES_KEPT:
            del self._messages[next(iter(self._messages))]
