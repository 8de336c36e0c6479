"""Whom of the players known so far each name of a roster means, before anything is stored.

The same name, and the same words in another order where that is no other name, are taken to be the
player. A name that is only alike is a question for a person. All others are new.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scooty.domain.ids import PlayerId
from scooty.domain.matching import Ask, Candidate, Roster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scooty.domain.files import Person, RosterEntry

LIKE_FROM: Final = 0.8
"""A letter or two of a whole name, or an initial. Below, most of 2,000 names are alike."""
_BREATH: Final = 8
"""Names after which others get a turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPlayer:
    """One name of the roster."""

    person: Person
    player_id: PlayerId | None
    """Who it is for certain; None when nobody known is."""
    likely: Candidate | None = None
    """Who it may be, when nobody is certain."""


def plan_roster(
    entries: Iterable[RosterEntry],
    spellings: Iterable[tuple[PlayerId, str]],
    *,
    breathe: Callable[[], None] = lambda: None,
) -> tuple[PlannedPlayer, ...]:
    """Match a roster with everybody known.

    Args:
        entries: The roster.
        spellings: Every name and alias of every player.
        breathe: Called every few names, to let others have the processor.
    """
    return plan_people((entry.person for entry in entries), spellings, breathe=breathe)


def plan_people(
    people: Iterable[Person],
    spellings: Iterable[tuple[PlayerId, str]],
    *,
    breathe: Callable[[], None] = lambda: None,
) -> tuple[PlannedPlayer, ...]:
    """Match people of any file with everybody known, in their order."""
    known = Roster(spellings)
    planned = []
    for place, person in enumerate(people):
        if place % _BREATH == 0:
            breathe()
        planned.append(_plan(person, known))
    return tuple(planned)


def _plan(person: Person, known: Roster) -> PlannedPlayer:
    certain = known.find(person.name)
    if certain is None and person.username is not None:
        certain = known.find(person.username)
    if certain is not None:
        return PlannedPlayer(person=person, player_id=certain)
    match = known.match(person.name, quickly=True)
    likely = match.candidates[0] if isinstance(match, Ask) else None
    if likely is not None and likely.likeness < LIKE_FROM:
        likely = None
    return PlannedPlayer(person=person, player_id=None, likely=likely)
