"""Asking the gateway about channels, for those to whom its silence is an answer like another."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, TypeVar

from actors.discord_gateway.channel_message import NotPosted
from actors.kernel import ActorKitError

if TYPE_CHECKING:
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address, Asked

R = TypeVar("R")

_NONCE: Final = 24
"""Characters; Discord takes 25."""


async def ask_gateway(
    gateway: Address[GatewayMessage], query: Asked[GatewayMessage, R], *, timeout_s: float
) -> R | NotPosted:
    """Ask about a channel; a gateway that does not answer is not connected."""
    try:
        return await gateway.ask(query, timeout_s=timeout_s)
    except ActorKitError as error:
        return NotPosted(reason="not_connected", detail=type(error).__name__)


def nonce_of(said: str) -> str:
    """Name a message by whatever is the same in its repetitions alone."""
    return hashlib.sha256(said.encode()).hexdigest()[:_NONCE]
