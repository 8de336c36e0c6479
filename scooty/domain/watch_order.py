"""Whom a team should watch next: players of whom nothing is known and whom it may meet soon.

**The rule.** Swiss rounds pair players of equal points, so a player is as near as the difference in
points to the teammate who is nearest, counted in matches: with equal points they may meet next
round, one match apart if one of both wins, and so on. A teammate who has met the player already
will not meet them again, and counts only where all have. Among the equally near, those with more
points come first, since more hangs on their matches; then those whose place in the standings is
nearest to that teammate's; then the better placed, and the lower table.

Whose points are unknown comes after all whose points are known, by place, then by table: at most
events the tables go by points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scooty.domain.ids import MemberId, PlayerId

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


POINTS_OF_A_MATCH: Final = 3
"""Source: Magic Tournament Rules, 2.1 (match points: 3 for a win, 1 for a draw)."""
_BEYOND: Final = 1_000_000
"""Further than any difference in points, places or tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teammate:
    """Somebody of the team, as far as the order needs it."""

    member_id: MemberId
    points: int | None
    rank: int | None
    """In the standings, from 1."""
    table: int | None
    met: frozenset[PlayerId] = frozenset()
    """Opponents in this event, that of the present round among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchable:
    """A player of whom it is not known what they play."""

    player_id: PlayerId
    name: str = field(repr=False)
    points: int | None
    rank: int | None
    table: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A player to watch, with what speaks for it."""

    player: Watchable
    nearest: Teammate | None
    """Who is to be expected to meet them first; None in a team of nobody."""
    matches_apart: int | None
    """0: equal points, they may meet next round. None: points are unknown."""


def order_watches(
    players: Iterable[Watchable], team: Sequence[Teammate], *, at_most: int
) -> tuple[Watch, ...]:
    """Return the players whom to watch first, by the rule above.

    Args:
        players: Of whom nothing is known, in any order.
        team: In any order.
        at_most: How many are returned.
    """
    watches = [_watch(player, team) for player in players]
    return tuple(sorted(watches, key=_key)[:at_most])


def _watch(player: Watchable, team: Sequence[Teammate]) -> Watch:
    nearest = min(team, key=lambda mate: _distance(player, mate), default=None)
    apart = None if nearest is None else _matches_apart(player.points, nearest.points)
    return Watch(player=player, nearest=nearest, matches_apart=apart)


def _distance(player: Watchable, mate: Teammate) -> tuple[bool, int, int, int, int]:
    apart = _matches_apart(player.points, mate.points)
    return (
        player.player_id in mate.met,
        _BEYOND if apart is None else apart,
        _difference(player.rank, mate.rank),
        _difference(player.table, mate.table),
        mate.member_id,
    )


def _matches_apart(points: int | None, others: int | None) -> int | None:
    if points is None or others is None:
        return None
    return -(-abs(points - others) // POINTS_OF_A_MATCH)


def _difference(number: int | None, other: int | None) -> int:
    return _BEYOND if number is None or other is None else abs(number - other)


def _key(watch: Watch) -> tuple[bool, int, int, int, int, int, int]:
    player, nearest = watch.player, watch.nearest
    return (
        watch.matches_apart is None,
        watch.matches_apart or 0,
        -(player.points or 0),
        _difference(player.rank, None if nearest is None else nearest.rank),
        _BEYOND if player.rank is None else player.rank,
        _BEYOND if player.table is None else player.table,
        player.player_id,
    )
