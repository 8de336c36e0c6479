"""What is wrong with which part of the gateway, as one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from actors.kernel import AsyncioActor


class Complaints:
    """Keeps one complaint a part, and the actor's own state in step with them.

    Args:
        actor: Who is degraded while there is any.
    """

    def __init__(self, actor: AsyncioActor[Any]) -> None:
        self._actor = actor
        self._by_part: dict[str, str] = {}

    def note(self, part: str, reason: str | None) -> None:
        """Complain of a part; None takes it back."""
        if reason is None:
            self._by_part.pop(part, None)
        else:
            self._by_part[part] = reason
        if self._by_part:
            self._actor.report_degraded("; ".join(self._by_part.values()))
        else:
            self._actor.report_recovered()
