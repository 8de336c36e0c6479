"""An event as tables: its reports, its players, the field that they make, and its rounds.

The columns have the same names whoever exports, so that a file can be read by a program and by
``/import``. Every figure is counted from the rows that stand beside it.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final

from scooty.domain.exports import Sheet
from scooty.domain.field import share_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scooty.domain.exports import Cell

REPORT_COLUMNS: Final = (
    "id",
    "player",
    "round",
    "table",
    "archetype",
    "archetype_colours",
    "colours",
    "companion",
    "key_cards",
    "sideboard",
    "play_pattern",
    "variant",
    "comment",
    "source",
    "confidence",
    "reporter_id",
    "reporter",
    "reported_at",
)
"""As the SQL function ``report_pages`` has them."""
_REPORTER_ID: Final = REPORT_COLUMNS.index("reporter_id")
_PLAYER_COLUMNS: Final = (
    "player",
    "archetype",
    "colours",
    "confidence",
    "contested",
    "reports",
    "last_reported_at",
)
"""As the SQL function ``player_pages`` has them."""
_STATS_COLUMNS: Final = ("archetype", "colours", "players", "of_known", "share")
_ROUND_COLUMNS: Final = (
    "round",
    "table",
    "seat",
    "player",
    "opponent",
    "points",
    "result",
    "games_won",
    "games_lost",
    "games_drawn",
)
"""As the SQL function ``round_pages`` has them; the result is the player's."""
_UNKNOWN: Final = "(unknown)"


def reports_sheet(pages: Iterable[str]) -> Sheet:
    """Return the reports that count.

    A Discord id stands as text: a spreadsheet keeps 15 digits of a number.
    """
    rows = (
        (*row[:_REPORTER_ID], str(row[_REPORTER_ID]), *row[_REPORTER_ID + 1 :])
        for row in _rows(pages)
    )
    return Sheet(name="reports", columns=REPORT_COLUMNS, rows=tuple(rows))


def players_sheet(pages: Iterable[str]) -> Sheet:
    """Return the players, each on what their reports come to."""
    return Sheet(name="players", columns=_PLAYER_COLUMNS, rows=tuple(_rows(pages)))


def rounds_sheet(pages: Iterable[str]) -> Sheet:
    """Return who played whom, once for each of the two, with the results that the team knows."""
    return Sheet(name="rounds", columns=_ROUND_COLUMNS, rows=tuple(_rows(pages)))


def stats_sheet(players: Sheet) -> Sheet:
    """Count a sheet of players by archetype, the most played first, the unknown ones last."""
    counts = Counter((row[1], row[2]) for row in players.rows if row[1] is not None)
    known = counts.total()
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0][0])))
    rows: list[tuple[Cell, ...]] = [
        (name, colours, count, known, share_of(count, known)) for (name, colours), count in ordered
    ]
    rows.append((_UNKNOWN, None, len(players.rows) - known, known, None))
    return Sheet(name="stats", columns=_STATS_COLUMNS, rows=tuple(rows))


def to_json(event_name: str, sheets: Iterable[Sheet]) -> bytes:
    """Write sheets as one JSON object with a list of objects each, one a line."""
    # Line by line: one join of megabytes would keep all other threads waiting.
    written = io.BytesIO()
    written.write(b'{\n"event": ' + _json(event_name))
    for sheet in sheets:
        written.write(b",\n" + _json(sheet.name) + b": [")
        for number, row in enumerate(sheet.rows):
            written.write(b",\n" if number else b"\n")
            written.write(_json(dict(zip(sheet.columns, row, strict=True))))
        written.write(b"\n]")
    written.write(b"\n}\n")
    return written.getvalue()


def _rows(pages: Iterable[str]) -> Iterable[tuple[Cell, ...]]:
    return map(tuple, chain.from_iterable(map(json.loads, pages)))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
