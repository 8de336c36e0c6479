"""Sheets as files: a workbook for Excel and its kin, CSV, JSON. Takes the processor for seconds."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, assert_never

from scooty.domain.exports import neutralise, to_csv
from scooty.features.exports.rules import (
    players_sheet,
    reports_sheet,
    rounds_sheet,
    stats_sheet,
    to_json,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scooty.domain.exports import Sheet
    from scooty.features.exports.calls import EventExport

Format: TypeAlias = Literal["csv", "json", "xlsx"]
Scope: TypeAlias = Literal["reports", "players", "stats", "rounds", "everything"]

_WIDTH: Final = 16


def build_file(export: EventExport, scope: Scope, form: Format) -> tuple[str, bytes]:
    """Return the name and the content of a file; several tables as CSV come zipped.

    Not for the event loop.
    """
    sheets = _sheets(export, scope)
    match form:
        case "json":
            return f"scooty-{scope}.json", to_json(export.event.name, sheets)
        case "xlsx":
            return f"scooty-{scope}.xlsx", to_xlsx(sheets)
        case "csv":
            if len(sheets) == 1:
                return f"scooty-{scope}.csv", to_csv(sheets[0])
            return f"scooty-{scope}.zip", _zipped(sheets)
        case _:
            assert_never(form)


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Write a workbook with a page for each sheet; no cell is a formula or a link.

    Text that a spreadsheet could take for a formula is neutralised all the same: a workbook that is
    saved as CSV would lose the difference.
    """
    from xlsxwriter import (  # type: ignore[import-untyped]  # noqa: PLC0415 - 3 MiB at every start
        Workbook,
    )

    content = io.BytesIO()
    with Workbook(
        content,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    ) as book:
        heading = book.add_format({"bold": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(sheet.columns) - 1, _WIDTH)
            for at, name in enumerate(sheet.columns):
                page.write_string(0, at, name, heading)
            for number, row in enumerate(sheet.rows, 1):
                for at, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(number, at, str(neutralise(cell)))
                    elif isinstance(cell, bool):
                        page.write_boolean(number, at, cell)
                    elif cell is not None:
                        page.write_number(number, at, cell)
    return content.getvalue()


def _sheets(export: EventExport, scope: Scope) -> tuple[Sheet, ...]:
    match scope:
        case "reports":
            return (reports_sheet(export.report_pages),)
        case "players":
            return (players_sheet(export.player_pages),)
        case "stats":
            return (stats_sheet(players_sheet(export.player_pages)),)
        case "rounds":
            return (rounds_sheet(export.round_pages),)
        case "everything":
            players = players_sheet(export.player_pages)
            sheets = (reports_sheet(export.report_pages), players, stats_sheet(players))
            # No empty page where nobody imports pairings.
            return (*sheets, rounds_sheet(export.round_pages)) if export.round_pages else sheets
        case _:
            assert_never(scope)


def _zipped(sheets: Sequence[Sheet]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as writer:
        for sheet in sheets:
            writer.writestr(f"{sheet.name}.csv", to_csv(sheet))
    return archive.getvalue()
