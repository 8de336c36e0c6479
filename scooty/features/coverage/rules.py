"""How much of a field a team knows, and who is at which table: counts, and the order of a map."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from scooty.domain.ids import MemberId, PlayerId
from scooty.domain.watch_order import Watchable, order_watches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scooty.domain.watch_order import Teammate


class Knowledge(StrEnum):
    """What there is to do about a player; each has exactly one."""

    KNOWN = "known"
    """It is known what they play; of the team or not."""
    CLAIMED = "claimed"
    """Unknown, and somebody watches."""
    UNKNOWN = "unknown"
    """And nobody watches."""
    TEAM = "team"
    """One of the team, whom nobody reported: there is nothing to find out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlayer:
    """One of those who play."""

    player_id: PlayerId
    name: str = field(default="", repr=False)
    """Empty for who is known."""
    table: int | None = None
    seat: int | None = None
    """In a team event."""
    opponent_id: PlayerId | None = None
    points: int | None = None
    rank: int | None = None
    """In the standings, from 1."""
    is_known: bool = False
    watcher_id: MemberId | None = None
    is_team: bool = False

    @property
    def knowledge(self) -> Knowledge:
        """What there is to do."""
        if self.is_known:
            return Knowledge.KNOWN
        if self.is_team:
            return Knowledge.TEAM
        return Knowledge.UNKNOWN if self.watcher_id is None else Knowledge.CLAIMED


def count_knowledge(players: Iterable[FieldPlayer]) -> Mapping[Knowledge, int]:
    """Count players by what there is to do; each of them is there, if with nobody."""
    counted = Counter(player.knowledge for player in players)
    return {each: counted[each] for each in Knowledge}


def watched_first(
    players: Sequence[FieldPlayer], team: Sequence[Teammate]
) -> tuple[FieldPlayer, ...]:
    """Return whoever is unknown, in the order in which they are worth watching.

    Who is watched already comes after who is not, and who has a bye, whom nobody can watch, last of
    either; among the others the rule is that of `scooty.domain.watch_order`.
    """
    in_a_round = any(player.opponent_id is not None for player in players)
    groups: dict[tuple[bool, bool], list[FieldPlayer]] = defaultdict(list)
    for player in players:
        if player.knowledge in (Knowledge.UNKNOWN, Knowledge.CLAIMED):
            has_bye = in_a_round and player.opponent_id is None
            groups[player.knowledge is Knowledge.CLAIMED, has_bye].append(player)
    ordered: list[FieldPlayer] = []
    for group in sorted(groups):
        by_id = {player.player_id: player for player in groups[group]}
        watches = order_watches(map(_watchable, by_id.values()), team, at_most=len(by_id))
        ordered += [by_id[watch.player.player_id] for watch in watches]
    return tuple(ordered)


def _watchable(player: FieldPlayer) -> Watchable:
    return Watchable(
        player_id=player.player_id,
        name=player.name,
        points=player.points,
        rank=player.rank,
        table=player.table,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A table of a room, or a place of a ranking where there are no tables."""

    number: int | None
    """None: at no table."""
    pairs: tuple[tuple[FieldPlayer, ...], ...]
    """Of two who play each other, or of one; several in a team event, by seat."""


def in_places(players: Sequence[FieldPlayer]) -> tuple[Place, ...]:
    """Put all players in their places: by table, and after the tables those who have none.

    Where nobody has a table, each has the place that they have in the standings; those without one
    come last. Everybody is in one place exactly.
    """
    if all(player.table is None for player in players):
        ranked = sorted(players, key=_by_rank)
        return tuple(
            Place(number=number, pairs=((player,),)) for number, player in enumerate(ranked, 1)
        )
    seated: dict[int, list[FieldPlayer]] = defaultdict(list)
    for player in players:
        seated[_NO_TABLE if player.table is None else player.table].append(player)
    unseated = seated.pop(_NO_TABLE, [])
    places = [Place(number=table, pairs=_paired(seated[table])) for table in sorted(seated)]
    places += [Place(number=None, pairs=(pair,)) for pair in _paired(unseated)]
    return tuple(places)


_NO_TABLE: Final = 0
_LAST: Final = 1_000_000
"""After any seat or place."""


def _paired(players: Iterable[FieldPlayer]) -> tuple[tuple[FieldPlayer, ...], ...]:
    """Put those who play each other side by side, in the order of their seats."""
    waiting = {player.player_id: player for player in sorted(players, key=_by_seat)}
    pairs = []
    while waiting:
        player = waiting.pop(next(iter(waiting)))
        opponent = None
        if player.opponent_id is not None:
            opponent = waiting.pop(player.opponent_id, None)
        pairs.append((player,) if opponent is None else (player, opponent))
    return tuple(pairs)


def _by_seat(player: FieldPlayer) -> tuple[int, int]:
    return _LAST if player.seat is None else player.seat, player.player_id


def _by_rank(player: FieldPlayer) -> tuple[int, int]:
    return _LAST if player.rank is None else player.rank, player.player_id
