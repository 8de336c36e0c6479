"""The interactions in flight and the rules of time: 3 s to the first answer, 15 min to the last.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from sandbox.config import SandboxConfig
    from sandbox.trace import Trace
    from sandbox.wire import JsonObject, Snowflake
    from sandbox.world import Message

COMMAND: Final = 2
COMPONENT: Final = 3
AUTOCOMPLETE: Final = 4
MODAL_SUBMIT: Final = 5
DID_NOT_RESPOND: Final = "The application did not respond"
"""What people read in Discord after 3 s of silence."""


class Caller(Protocol):
    """The page that a person acted on."""

    def interaction_done(self, interaction: Interaction, error: str | None) -> None:
        """Tell that the first answer came, or that it did not."""
        ...

    def choices_offered(
        self, interaction: Interaction, choices: list[JsonObject], error: str | None
    ) -> None:
        """Tell the suggestions."""
        ...

    def modal_opened(self, interaction: Interaction, modal: JsonObject) -> None:
        """Show a form."""
        ...


@dataclass(slots=True, kw_only=True)
class Interaction:
    """Something a person did and what has been answered so far."""

    id: Snowflake
    token: str = field(repr=False)
    kind: int
    """Discord's interaction type, 2 to 5."""
    user_id: Snowflake
    guild_id: Snowflake | None
    channel_id: Snowflake
    name: str
    """The command's name, or the component's custom id."""
    nonce: str | int | None
    caller: Caller
    source: Message | None = None
    """The message whose component was used."""
    started_s: float = field(default_factory=time.monotonic)
    answer_kind: int | None = None
    """The callback type of the first answer."""
    original: Message | None = None
    """What ``@original`` means."""
    modal: JsonObject | None = None
    """The form that was opened, until it is submitted."""
    expired: bool = False
    """Nobody answered in time."""
    acknowledged_ms: float | None = None
    awaits_first_message: bool = False
    """Deferred: the first follow-up fills the "thinking…" message."""
    follow_ups: dict[Snowflake, Message] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What the panel calls it."""
        match self.kind:
            case 2:
                return f"/{self.name}"
            case 4:
                return f"/{self.name} (autocomplete)"
            case _:
                return self.name

    @property
    def is_ephemeral(self) -> bool:
        """Whether the first answer, or the deferral, was for the person alone."""
        return self.original is not None and self.original.ephemeral_to is not None


class InteractionBook:
    """Opens interactions, finds them by token, and lets them expire."""

    def __init__(self, config: SandboxConfig, trace: Trace) -> None:
        self._config = config
        self._trace = trace
        self._by_token: OrderedDict[str, Interaction] = OrderedDict()
        self._by_id: dict[Snowflake, Interaction] = {}
        # all wait equally long, so the oldest is always due first and one sleeper is enough
        self._waiting: deque[Interaction] = deque()
        self._salt = secrets.token_urlsafe(60)

    def open(self, interaction: Interaction) -> None:
        """Start waiting for the first answer."""
        self._by_token[interaction.token] = interaction
        self._by_id[interaction.id] = interaction
        self._waiting.append(interaction)
        self._trace.interactions += 1
        while len(self._by_token) > self._config.interactions_kept:
            _, oldest = self._by_token.popitem(last=False)
            del self._by_id[oldest.id]

    def make_token(self, interaction_id: Snowflake) -> str:
        """Return a token that cannot be guessed and is about as long as Discord's."""
        return f"{self._salt}{secrets.token_urlsafe(24)}{interaction_id}"

    def find(self, token: str) -> Interaction | None:
        """Return an interaction that is still kept."""
        return self._by_token.get(token)

    def find_by_id(self, interaction_id: Snowflake) -> Interaction | None:
        """Return an interaction that is still kept."""
        return self._by_id.get(interaction_id)

    def is_token_alive(self, interaction: Interaction) -> bool:
        """Whether the 15 minutes are not over."""
        return time.monotonic() - interaction.started_s < self._config.token_life_s

    def is_late(self, interaction: Interaction) -> bool:
        """Whether the first answer would come after the 3 s."""
        return (
            interaction.expired
            or time.monotonic() - interaction.started_s > self._config.answer_within_s
        )

    def acknowledge(self, interaction: Interaction, answer_kind: int) -> None:
        """Note the first answer."""
        interaction.answer_kind = answer_kind
        interaction.acknowledged_ms = (time.monotonic() - interaction.started_s) * 1000
        self._trace.acknowledged(interaction.acknowledged_ms)
        elapsed_ms = round(interaction.acknowledged_ms, 2)
        self._trace.add("interaction", f"{interaction.label} acknowledged", ms=elapsed_ms)

    async def expire_forever(self) -> None:
        """Fail whatever was not answered in time, until cancelled."""
        while True:
            next_due_s = self._expire_due()
            await asyncio.sleep(next_due_s)

    def _expire_due(self) -> float:
        limit_s = self._config.answer_within_s
        waiting = self._waiting
        while waiting:
            interaction = waiting[0]
            if interaction.answer_kind is not None:
                waiting.popleft()
                continue
            left_s = interaction.started_s + limit_s - time.monotonic()
            if left_s > 0:
                return left_s
            waiting.popleft()
            self._expire(interaction)
        return limit_s / 10

    def _expire(self, interaction: Interaction) -> None:
        interaction.expired = True
        self._trace.failed += 1
        waited_ms = self._config.answer_within_s * 1000
        self._trace.add("interaction", f"{interaction.label}: no answer in time", ms=waited_ms)
        if interaction.kind == AUTOCOMPLETE:
            interaction.caller.choices_offered(interaction, [], "Loading options failed")
        else:
            interaction.caller.interaction_done(interaction, DID_NOT_RESPOND)
