"""What a write changes in what is kept of its guild."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from scooty.core.call import Read
    from scooty.core.suggestions import IndexChange


class Extent(Enum):
    """How much of what is kept may not be used any more."""

    ANYTHING = auto()
    """Everything but the team's settings."""
    SETTINGS = auto()
    """The settings too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAdded:
    """One report was stored: the suggestion index can follow, and the player's card is known."""

    index: IndexChange
    known: tuple[Read[Any], Any]
    """A read, and what the database answers to it now."""


Change: TypeAlias = Extent | tuple[ReportAdded, ...]
ANYTHING_CHANGED: Final = Extent.ANYTHING
SETTINGS_CHANGED: Final = Extent.SETTINGS
NOTHING_CHANGED: Final[tuple[ReportAdded, ...]] = ()
