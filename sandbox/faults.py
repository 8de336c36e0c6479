"""Faults that are injected into what the bot sees; people on the page never feel them directly."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, get_args

FaultKind: TypeAlias = Literal[
    "drop_gateway", "invalid_session", "reconnect", "rate_limit", "server_error", "latency"
]
FAULT_KINDS: Final[tuple[FaultKind, ...]] = get_args(FaultKind)


@dataclass(slots=True)
class Faults:
    """The standing faults. One-shot ones act on the gateway at once and are not kept."""

    rate_limit: float = 0.0
    """Share of REST requests answered 429, 0 to 1."""
    server_error: float = 0.0
    """Share of REST requests answered 500, 0 to 1."""
    latency_s: float = 0.0
    """Added to every REST request and every gateway frame."""
    _random: random.Random = field(default_factory=random.Random, repr=False)

    def set(self, kind: FaultKind, value: float) -> None:
        """Set a standing fault; ``latency`` takes milliseconds, the shares 0 to 1."""
        match kind:
            case "rate_limit":
                self.rate_limit = min(max(value, 0.0), 1.0)
            case "server_error":
                self.server_error = min(max(value, 0.0), 1.0)
            case "latency":
                self.latency_s = max(value, 0.0) / 1000
            case "drop_gateway" | "invalid_session" | "reconnect":
                pass

    def draws_rate_limit(self) -> bool:
        """Decide whether this request is answered 429."""
        return self.rate_limit > 0 and self._random.random() < self.rate_limit

    def draws_server_error(self) -> bool:
        """Decide whether this request is answered 500."""
        return self.server_error > 0 and self._random.random() < self.server_error

    def list_active(self) -> dict[str, float]:
        """Return the standing faults that are on, as the page shows them."""
        values = {
            "rate_limit": self.rate_limit,
            "server_error": self.server_error,
            "latency": self.latency_s * 1000,
        }
        return {kind: value for kind, value in values.items() if value}
