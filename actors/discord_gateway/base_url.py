"""Which Discord-speaking server is allowed instead of Discord: one on this machine, no other.

The bot's token is sent to that server, so an address elsewhere would give the bot away.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from actors.discord_gateway.errors import DiscordBaseRefusedError

if TYPE_CHECKING:
    from urllib.parse import SplitResult


def check_base_url(base_url: str) -> str:
    """Accept the address of a Discord-speaking server on this machine.

    Args:
        base_url: Such as ``http://127.0.0.1:8123``.

    Returns:
        The address without a slash at its end.

    Raises:
        DiscordBaseRefusedError: When it is no HTTP address, or not on the loopback interface.
    """
    try:
        parts = urlsplit(base_url.strip())
        plain = _is_plain(parts)
    except ValueError:
        plain = False
    if not plain:
        raise DiscordBaseRefusedError(
            "SCOOTY_DISCORD_BASE must look like http://127.0.0.1:8123 (scheme, host and port only)."
        )
    if not is_loopback(parts.hostname):
        raise DiscordBaseRefusedError(
            "SCOOTY_DISCORD_BASE must be a loopback address such as http://127.0.0.1:8123, because"
            " the bot's token is sent to it; leave it empty to use Discord."
        )
    return f"{parts.scheme}://{parts.netloc}"


def is_loopback(host: str | None) -> bool:
    """Tell whether a host is this machine; no name but ``localhost`` is looked up or trusted."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _is_plain(parts: SplitResult) -> bool:
    """Scheme, host and a port in range, and nothing else (``port`` raises for a wrong one)."""
    extras = parts.username or parts.password or parts.query or parts.fragment
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and parts.port != 0
        and parts.path in ("", "/")
        and not extras
    )
