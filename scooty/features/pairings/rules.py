"""What is taken of a round's file: which round it is, and everybody in it once.

Files hold several rounds, and pastes of one round overlap. A player plays once in a round, so the
first table with a player in it is taken and a later one is not; a player whose name stands in the
round is nobody else in it, however alike another name is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

from scooty.domain.files import Reason, Skipped
from scooty.domain.ids import PlayerId
from scooty.domain.names import name_key
from scooty.domain.observations import LAST_ROUND

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from scooty.domain.files import PairingEntry
    from scooty.domain.roster_plan import PlannedPlayer

Identity: TypeAlias = "PlayerId | str"
"""A player who is known, else the key of a new one's name."""

E = TypeVar("E")
_BETWEEN: Final = " \N{EN DASH} "


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTaken:
    """The tables of one round of a file."""

    number: int | None
    """None when nothing tells it."""
    told: tuple[int, ...]
    """The rounds that the file tells of, in order."""
    entries: tuple[PairingEntry, ...]
    elsewhere: int
    """Tables of other rounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot(Generic[E]):
    """What stands or falls together: the people of a table, or of a row of standings."""

    number: int
    """The line or object of the file."""
    entry: E
    people: tuple[PlannedPlayer, ...]


def take_round(entries: Sequence[PairingEntry], asked: int | None) -> RoundTaken:
    """Take the tables of the round that is asked for, else of the file's newest.

    A file that tells one round only is taken whole: whoever asks for another one knows better. What
    does not tell its round belongs to the one round that is told.
    """
    told = tuple(sorted({number for each in entries if (number := _round(each)) is not None}))
    number = asked if asked is not None else max(told, default=None)
    whole = len(told) <= 1
    taken = tuple(each for each in entries if whole or _round(each) == number)
    return RoundTaken(number=number, told=told, entries=taken, elsewhere=len(entries) - len(taken))


def _round(entry: PairingEntry) -> int | None:
    return entry.round if entry.round is not None and 1 <= entry.round <= LAST_ROUND else None


def identity_of(planned: PlannedPlayer) -> Identity:
    """Return what makes two names of a file one player."""
    return name_key(planned.person.name) if planned.player_id is None else planned.player_id


def together_once(
    lots: Iterable[Lot[E]], taken: Collection[Identity] = frozenset()
) -> tuple[tuple[Lot[E], ...], tuple[Skipped, ...]]:
    """Keep every lot of which nobody was in an earlier one that was kept.

    Args:
        lots: In the order of the file.
        taken: Who was in earlier pastes.

    Returns:
        What is kept, without likenesses to players who are there themselves, and what is not.
    """
    there = set(taken)
    kept, repeated = list[Lot[E]](), list[Skipped]()
    for lot in lots:
        own = [identity_of(each) for each in lot.people]
        if len(set(own)) < len(own) or not there.isdisjoint(own):
            text = _BETWEEN.join(each.person.name for each in lot.people)
            repeated.append(Skipped(number=lot.number, reason=Reason.REPEATED, text=text))
        else:
            kept.append(lot)
            there.update(own)
    return tuple(_without_likeness(lot, there) for lot in kept), tuple(repeated)


def _without_likeness(lot: Lot[E], there: Collection[Identity]) -> Lot[E]:
    if all(each.likely is None or each.likely.player_id not in there for each in lot.people):
        return lot
    people = tuple(
        replace(each, likely=None) if each.likely and each.likely.player_id in there else each
        for each in lot.people
    )
    return replace(lot, people=people)
