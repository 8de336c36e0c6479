"""Asking actors for those to whom silence is an answer like another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from actors.discord_gateway.channel_message import NotPosted
from actors.kernel import ActorKitError

if TYPE_CHECKING:
    from actors.kernel import Address, Asked

M = TypeVar("M")
R = TypeVar("R")
D = TypeVar("D")

NO_ANSWER: Final = NotPosted(reason="not_connected", detail="silent")
"""What becomes of a message when nobody answers who would post it."""


async def ask_or(
    address: Address[M] | None, query: Asked[M, R], *, timeout_s: float, otherwise: D
) -> R | D:
    """Return what an actor says, or ``otherwise`` when it is not there, has failed or is silent."""
    if address is None:
        return otherwise
    try:
        return await address.ask(query, timeout_s=timeout_s)
    except ActorKitError:
        return otherwise
