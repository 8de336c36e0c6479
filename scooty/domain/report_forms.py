"""How a report is named and what is typed into its forms, read strictly: a doubt is no value."""

from __future__ import annotations

import re
from typing import Final

from scooty.domain.ids import ReportId
from scooty.domain.text import clean

LAST_TABLE: Final = 9999
_LARGEST_ID: Final = 2**63 - 1
_NAMED: Final = re.compile(r"#? ?([0-9]{1,19})(?: .*)?", re.DOTALL)
_WORD: Final = re.compile(r"(?:r|t|round|ronde|table)?[ .#]*0*([1-9][0-9]{0,3})", re.IGNORECASE)


def read_report_id(text: str) -> ReportId | None:
    """Read a report's number: ``98``, ``#98``, or a whole label that begins with it."""
    match = _NAMED.fullmatch(clean(text))
    number = int(match[1]) if match else 0
    return ReportId(number) if 0 < number <= _LARGEST_ID else None


def read_number(text: str, last: int) -> int | None:
    """Read a round or a table: ``5``, ``R5``, ``ronde 5``; None if it is not from 1 to ``last``."""
    match = _WORD.fullmatch(clean(text))
    number = int(match[1]) if match else 0
    return number if 0 < number <= last else None


def read_list(text: str) -> str:
    """Clean a list of cards: what stands on lines of its own is parted by commas."""
    lines = [clean(line).strip(",; ") for line in text.splitlines()]
    return ", ".join(line for line in lines if line)
