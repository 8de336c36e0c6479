"""What goes over the wire: JSON objects as Discord shapes them."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object of Discord's; typed loosely because Discord adds keys at any time."""
Snowflake: TypeAlias = str
"""An id in the form that JSON carries it: a decimal string."""

API_PREFIX: Final = "/api/v10"
EPHEMERAL: Final = 1 << 6
"""Message flag: only the addressee sees it."""
LOADING: Final = 1 << 7
"""Message flag: "thinking…", a deferred answer that was not filled yet."""
