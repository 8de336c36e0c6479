"""What a write changes in what is kept of its guild."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from scooty.core.call import Read
    from scooty.core.storage.suggestion_index import IndexChange


class Extent(Enum):
    """How much of what is kept may not be used any more."""

    NOTHING = auto()
    """Nothing was changed."""
    ANYTHING = auto()
    """Everything but the team's settings."""
    SETTINGS = auto()
    """The settings too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAdded:
    """One report was stored: the suggestion index can follow, and the player's card is known."""

    index: IndexChange
    known: tuple[tuple[Read[object], object], ...] = ()
    """Reads and what the database would answer to them now."""


Change: TypeAlias = Extent | ReportAdded
NOTHING_CHANGED: Final = Extent.NOTHING
ANYTHING_CHANGED: Final = Extent.ANYTHING
SETTINGS_CHANGED: Final = Extent.SETTINGS
