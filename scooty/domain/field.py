"""What a field is made of: shares with their denominator, the unknown, and the coverage.

Counted by players, not by matches: the two differ by 3 to 4 points.

Source: DOMAIN, "Statistics that are honest".
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

from scooty.domain.intervals import Interval, wilson_interval

if TYPE_CHECKING:
    from collections.abc import Iterable

FEWEST_FOR_PERCENTAGES: Final = 10
"""Players known. Below, one player would be more than 10 %."""


class Sortable(Protocol):
    """What players are counted by: an archetype's id, colours, a scout's id."""

    def __lt__(self, other: Any, /) -> bool: ...


Kind = TypeVar("Kind", bound=Sortable)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShare(Generic[Kind]):
    """One kind's part of a field."""

    kind: Kind
    players: int
    share: float | None
    """Of the players known; None where percentages are withheld."""
    interval: Interval | None
    """Of the share in the whole field, if who is known is known by chance; None as ``share``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Generic[Kind]):
    """A field as far as it is known."""

    known: int
    """The denominator of all shares."""
    active: int
    """Players in the field, known or not."""
    shares: tuple[FieldShare[Kind], ...]
    """Most players first."""

    @property
    def unknown(self) -> int:
        """Players of whom nothing counts."""
        return self.active - self.known

    @property
    def coverage(self) -> float | None:
        """Known of active players, 0 to 1; None of an empty field."""
        return self.known / self.active if self.active else None

    @property
    def has_percentages(self) -> bool:
        """Whether enough players are known for percentages to mean something."""
        return self.known >= FEWEST_FOR_PERCENTAGES


def share_of(players: int, known: int) -> float | None:
    """Return the share of the known players, 0 to 1; None where percentages are withheld."""
    return players / known if known >= FEWEST_FOR_PERCENTAGES else None


def count_field(kinds: Iterable[Kind | None], *, active: int | None = None) -> Field[Kind]:
    """Count a field.

    Args:
        kinds: One for each player; None of a player who is unknown.
        active: How many players there are, when more than those given (a roster's size).
    """
    given = list(kinds)
    counts = Counter(kind for kind in given if kind is not None)
    known = counts.total()
    return Field(
        known=known,
        active=max(len(given), active or 0),
        shares=tuple(
            FieldShare(
                kind=kind,
                players=counts[kind],
                share=share_of(counts[kind], known),
                interval=(
                    wilson_interval(counts[kind], known)
                    if known >= FEWEST_FOR_PERCENTAGES
                    else None
                ),
            )
            for kind in sorted(sorted(counts), key=lambda kind: -counts[kind])
        ),
    )
