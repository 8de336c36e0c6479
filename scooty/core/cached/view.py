"""What one process knows of a guild since it began to follow the guild's log of changes.

A value is current at a position of the log. Instead of dropping values when something changes, a
view knows what changed since, and so which values are still right:

- a card, unless its player has a newer report;
- the suggestion index, which follows every change;
- what no report changes, such as events' names, unless anything else happened;
- the team's settings, unless they themselves may have changed;
- everything else, unless anything changed at all.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from scooty.core.cached.values import parse_change
from scooty.core.changes import SETTINGS_CHANGED, Extent
from scooty.domain.ids import EventId, PlayerId, ReportId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.cache.messages import Change
    from scooty.core.cached.held_index import HeldIndex
    from scooty.core.storage.player_card import PlayerCard
    from scooty.core.suggestions import IndexChange

_RECENT: Final = 512
"""Changes kept for an index that was read while they happened."""


class GuildView:
    """One guild as its log tells.

    Args:
        began: The position from which on the log is known.
    """

    def __init__(self, began: int) -> None:
        self.position = began
        """Up to where the log is known."""
        self.owed = began
        """Up to where the log must be, as this process appended to it itself. A log that ends
        sooner, when it is read after that, has lost something."""
        self._settings_change = began
        self._begin(began)

    def _begin(self, position: int) -> None:
        self._began = position
        self._last_change = position
        self._recent: deque[tuple[int, IndexChange]] = deque()
        self._recent_since = position
        self._newest: dict[tuple[EventId, PlayerId], ReportId] = {}
        self._index: HeldIndex | None = None
        self._index_until_s = 0.0

    def owe(self, position: int) -> None:
        """Note what this process itself appended to the log at ``position``."""
        self.owed = max(self.owed, position)

    def follow(self, changes: Iterable[Change]) -> None:
        """Take note of what was appended to the log."""
        for change in changes:
            if change.position <= self.position:
                continue  # two reads at once are both told of it
            self.position = change.position
            parsed = parse_change(change.value)
            if not isinstance(parsed, Extent):
                self._note(change.position, parsed)
                continue
            self._begin(change.position)
            if parsed is SETTINGS_CHANGED:
                self._settings_change = change.position

    def _note(self, position: int, change: IndexChange) -> None:
        self._last_change = position
        self._recent.append((position, change))
        if len(self._recent) > _RECENT:
            self._recent_since, _ = self._recent.popleft()
        player = change.event_id, change.opponent.player_id
        if change.opponent.report_id > self._newest.get(player, 0):
            self._newest[player] = change.opponent.report_id
        if self._index is not None and not self._index.apply(change):
            self._index = None

    def is_unchanged_since(self, position: int) -> bool:
        """Tell whether nothing happened after ``position``."""
        return position >= self._last_change

    def had_only_reports_since(self, position: int) -> bool:
        """Tell whether nothing but reports happened after ``position``."""
        return position >= self._began

    def has_settings_of(self, position: int) -> bool:
        """Tell whether settings that were read at ``position`` are right."""
        return position >= self._settings_change

    def has_card(self, card: PlayerCard, position: int) -> bool:
        """Tell whether a card that was read at ``position`` is right."""
        newest = self._newest.get((card.event.id, card.player_id), 0)
        return position >= self._began and newest <= card.reports[0].id

    def index(self, *, now_s: float) -> HeldIndex | None:
        """Return the suggestion index, if there is one and it is not too old."""
        return self._index if now_s < self._index_until_s else None

    def keep_index(self, index: HeldIndex, position: int, *, until_s: float) -> None:
        """Keep an index that was read at ``position``, and follow what happened since."""
        if position < self._recent_since:
            return
        later = (change for at, change in self._recent if at > position)
        if all(index.apply(change) for change in later):
            self._index, self._index_until_s = index, until_s
