"""What the gateway actor is asked, and what it replies: plain frozen values, no Discord objects.

Interactions come in as `InteractionReceived`. Answers go out as `Answer`, whose ``response`` says
what the person is to see. The gateway keeps track of what was already sent for an interaction, so
an `Answer` after a `Defer` becomes an edit.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from actors.kernel import Query

if TYPE_CHECKING:
    from datetime import datetime

    from actors.discord_gateway.interactions import InteractionKey
    from actors.discord_gateway.replies import Reply, Response
    from actors.discord_gateway.standing import RateLimited, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Discord has accepted the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerNotDelivered:
    """Discord did not take the answer; the person has seen nothing of it."""

    reason: Literal["too_late", "refused", "unreachable"]
    detail: str
    """For operators' logs; no text of the reply, no token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Query[Answered | AnswerNotDelivered]):
    """Ask to answer an interaction: at first a callback, after a `Defer` an edit."""

    key: InteractionKey
    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """Discord shows "thinking…" (or keeps the button pressed); there are 15 minutes now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Defer(Query[Deferred | AnswerNotDelivered]):
    """Ask for more time. Harmless when the interaction has been answered meanwhile."""

    key: InteractionKey
    ephemeral: bool = True
    update: bool = False
    """True for a button or select whose own message will be updated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Query[Answered | AnswerNotDelivered]):
    """Ask to send one more message after the first answer."""

    key: InteractionKey
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayHealth:
    """How the connection to Discord is."""

    state: Literal["disconnected", "connecting", "connected"]
    latency_ms: float | None
    """Round trip of the last heartbeat; None before the first."""
    ready_at: datetime | None
    guild_count: int
    resumes: int
    """How often a dropped session was taken up again in this incarnation."""
    rest_failures: int
    """Answers that Discord did not take, in this incarnation."""
    rate_limited: tuple[RateLimited, ...] = ()
    """The 429s to all requests."""
    invalid_requests: int = 0
    """Refusals that count towards Discord's ban of the address, in this incarnation."""
    standing: Standing | None = None
    """What the bot is allowed, as far as the last look found; None before the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GetGatewayHealth(Query[GatewayHealth]):
    """Ask how the connection to Discord is; answered from memory."""
