"""All routes in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.rest import channels, commands, guilds, identity, interactions, pins, webhooks

if TYPE_CHECKING:
    from sandbox.rest.router import Route

ROUTES: Final[tuple[Route, ...]] = (
    *identity.ROUTES,
    *commands.ROUTES,
    *interactions.ROUTES,
    *webhooks.ROUTES,
    *channels.ROUTES,
    *pins.ROUTES,
    *guilds.ROUTES,
)
