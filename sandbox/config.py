"""What a sandbox is started with."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

REQUEST_LOG_VARIABLE: Final = "SCOOTY_SANDBOX_REQUEST_LOG"


def require_loopback(host: str) -> str:
    """Return ``host`` when it is a loopback address.

    Raises:
        ValueError: For every other address; the sandbox has no passwords to guard it.
    """
    if host == "localhost":
        return host
    try:
        is_loopback = ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise ValueError(
            f"The sandbox serves this machine only: {host!r} is not a loopback address"
            " (use 127.0.0.1, ::1 or localhost)."
        )
    return host


def _logged_to() -> Path | None:
    named = os.environ.get(REQUEST_LOG_VARIABLE)
    return Path(named) if named else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxConfig:
    """Everything that can differ between two sandboxes.

    Raises:
        ValueError: When ``host`` is not a loopback address.
    """

    host: str = "127.0.0.1"
    port: int = 0
    """0 lets the system choose; `Sandbox.base_url` tells the port."""
    token: str = field(default="sandbox-token", repr=False)
    """What the bot must log in with."""
    application_id: str = "1000000000000000001"
    """Also the bot user's id, as with every application made since 2016."""
    bot_name: str = "Scooty"
    state_dir: Path | None = None
    """Where commands and public messages outlive a restart; None keeps them in memory."""
    bot_drills_url: str | None = None
    """The bot's own port, where ``POST /drills/crash/<actor>`` is answered."""
    request_log: Path | None = field(default_factory=_logged_to)
    """A JSONL file that every bot-facing REST request is appended to, without secrets.

    By default the one that the environment variable ``SCOOTY_SANDBOX_REQUEST_LOG`` names.
    """
    privileged_intents: int = 0
    """The bits of the privileged intents that the developer portal would have switched on."""
    interactions_endpoint_url: str | None = None
    """Where the developer portal would send interactions instead of to the gateway."""
    heartbeat_interval_s: float = 41.25
    """Source: the usual value of the real gateway's HELLO."""
    resume_window_s: float = 180.0
    """How long a dropped session can be resumed."""
    replay_size: int = 5000
    """Dispatches kept for a RESUME."""
    identify_spacing_s: float = 0.0
    """Least time between two IDENTIFYs; Discord's is 5 s, 0 lets restarted bots in at once."""
    answer_within_s: float = 3.0
    """Source: interactions/receiving-and-responding, "respond within 3 seconds"."""
    token_life_s: float = 900.0
    """Source: the same page, interaction tokens are valid for 15 minutes."""
    global_requests_per_s: int = 50
    """Source: topics/rate-limits; interaction endpoints are exempt."""
    messages_kept: int = 500
    """Newest public messages kept of each channel; as many ephemeral ones besides."""
    interactions_kept: int = 20_000
    """Newest interactions that can still be answered or edited."""
    injected_retry_after_s: float = 0.5
    """What an injected 429 asks the bot to wait."""
    injected_scope: Literal["shared", "user"] = "shared"
    """Whose limit an injected 429 names; only those of ``user`` count towards a ban."""

    def __post_init__(self) -> None:
        require_loopback(self.host)
