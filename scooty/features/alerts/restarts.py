"""Which actors restart again and again, and which have given up: pure."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, Final

from scooty.features.alerts.rules import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

_STORM: Final = 3
_WITHIN_S: Final = 300.0


class Restarts:
    """Remembers the last few restarts of each actor."""

    def __init__(self) -> None:
        self._at_s: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_STORM))
        self._failures: dict[str, str] = {}
        self._given_up: dict[str, str] = {}

    def note_restart(self, actor: str, failure: str, now_s: float) -> None:
        """Take in that an actor works again after a failure of that type."""
        self._at_s[actor].append(now_s)
        self._failures[actor] = failure
        self._given_up.pop(actor, None)

    def note_end(self, actor: str, failure: str) -> None:
        """Take in that an actor failed and is not started again."""
        self._given_up[actor] = failure

    def troubles(self, now_s: float) -> Iterator[Trouble]:
        """Yield what of it operators are to know."""
        for actor, at_s in self._at_s.items():
            if len(at_s) == _STORM and now_s - at_s[0] < _WITHIN_S:
                facts = (
                    ("actor", actor),
                    ("restarts", _STORM),
                    ("window_s", _WITHIN_S),
                    ("failure", self._failures[actor]),
                )
                yield Trouble(kind="unstable", about=actor, facts=facts)
        for actor, failure in self._given_up.items():
            yield Trouble(
                kind="gave_up", about=actor, facts=(("actor", actor), ("failure", failure))
            )
