"""How pairings and standings are kept until they are applied: on a thread, since it folds names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scooty.domain.files import Outcome, PairingEntry
from scooty.domain.ids import RequestId
from scooty.features.players.calls.rosters import person_fields, skipped_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from actors.repository.messages import JsonValue
    from scooty.domain.files import Result, Skipped, StandingEntry
    from scooty.features.pairings.calls.round_files import NamesForRound, RoundFrom
    from scooty.features.pairings.rules import Lot

_LIKELY_KEPT: Final = 25
"""As many as a select offers."""
_LAST_TABLE: Final = 9_999
_MOST_POINTS: Final = 999
_LAST_RANK: Final = 99_999
_MOST_MATCHES: Final = 99
_MOST_GAMES: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTold:
    """Which round pairings are of, and how that is known."""

    number: int
    round_from: RoundFrom
    told: tuple[int, ...]
    """The rounds that the file tells of."""
    elsewhere: int
    """Tables of other rounds."""


def round_file_content(
    names: NamesForRound,
    lots: Sequence[Lot[PairingEntry | StandingEntry]],
    skipped: Sequence[Skipped],
    *,
    request_id: RequestId,
    told: RoundTold | None = None,
) -> dict[str, JsonValue]:
    """Write what was read of a file, or of one more paste.

    Args:
        names: With whom it was matched, and who is in the import already.
        lots: Its tables, or its rows of standings.
        skipped: What was not used.
        request_id: What brought it.
        told: Its round; standings have none.
    """
    before = len(names.taken)
    entries: list[JsonValue] = []
    likely: list[_Likely] = []
    players = names.by_id
    for lot in lots:
        number = before + len(entries)
        for planned, fields in zip(lot.people, _fields(lot.entry), strict=True):
            place = before + len(entries)
            entries.append({**person_fields(place, planned), "lot": number, **fields})
            if planned.likely is not None:
                player = players[planned.likely.player_id]
                is_mate = planned.likely.player_id in names.linked
                order = (not is_mate, -planned.likely.likeness, place)
                likely.append((order, planned.person.name, player))
    return {
        "event_id": names.event.id,
        "round": None if told is None else told.number,
        "round_from": None if told is None else told.round_from.value,
        "told": [] if told is None else list(told.told),
        "elsewhere": 0 if told is None else told.elsewhere,
        "pastes": [request_id],
        "places_before": before,
        "entries": entries,
        "skipped_count": len(skipped),
        "skipped": skipped_fields(skipped),
        "likely_count": len(likely),
        "likely": [
            {"place": place, "name": name, "player": player}
            for (_, _, place), name, player in sorted(likely)[:_LIKELY_KEPT]
        ],
    }


_Likely = tuple[tuple[bool, float, int], str, str]
"""Teammates first, since a pairing of theirs is what is wanted; then by likeness."""


def _fields(entry: PairingEntry | StandingEntry) -> Iterator[dict[str, JsonValue]]:
    """Yield what is kept of each person of a table, or of a row of standings."""
    if isinstance(entry, PairingEntry):
        yield from _of_table(entry)
        return
    record = entry.record
    for _ in entry.people:
        yield {
            "rank": _within(1, entry.rank, _LAST_RANK),
            "points": _within(0, entry.points, _MOST_POINTS),
            "wins": None if record is None else _within(0, record.wins, _MOST_MATCHES),
            "losses": None if record is None else _within(0, record.losses, _MOST_MATCHES),
            "draws": None if record is None else _within(0, record.draws, _MOST_MATCHES),
        }


def _of_table(entry: PairingEntry) -> Iterator[dict[str, JsonValue]]:
    # A result of teams is the team's: nobody knows by it who of them won.
    is_of_teams = any(len(side.people) > 1 for side in entry.sides)
    for number, side in enumerate(entry.sides):
        for seat, _ in enumerate(side.people, 1):
            yield {
                "side": number,
                "seat": seat if is_of_teams else None,
                "table_number": _within(1, entry.table, _LAST_TABLE),
                "points": _within(0, side.points, _MOST_POINTS),
                **({} if is_of_teams else _result(entry.result, number)),
            }


def _result(result: Result, side: int) -> dict[str, JsonValue]:
    """Write a result as the player of a side has it; nothing when nobody knows it."""
    if result.outcome is Outcome.DRAWN:
        outcome, is_first = "draw", side == 0
    elif result.outcome in (Outcome.WON, Outcome.FORFEITED) and result.winner is not None:
        is_first = side == result.winner
        outcome = "win" if is_first else "loss"
    else:
        return {}
    if result.games is None or max(result.games) > _MOST_GAMES:
        return {"outcome": outcome}
    won, lost, drawn = result.games
    return {
        "outcome": outcome,
        "games_won": won if is_first else lost,
        "games_lost": lost if is_first else won,
        "games_drawn": drawn,
    }


def _within(least: int, number: int | None, most: int) -> int | None:
    return number if number is not None and least <= number <= most else None
