"""What every parser starts from and ends with: text by lines, JSON by objects, what was skipped."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from scooty.domain.files.decoding import MAX_FILE_BYTES, FileTooLarge, decode
from scooty.domain.text import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN: Final = 80
"""UTF-16 units of a skipped line that are kept: enough to find it again."""
_LINE_END: Final = re.compile("\r\n|\r|\n")
_JSON_BEGINS: Final = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
ENVELOPES: Final = ("data", "content", "pairings", "matches", "rounds", "standings", "players")
"""Under which key a saved answer has its list."""
_NUMBER: Final = re.compile(r"[0-9]{1,6}(?:\.0+)?")


class Unit(StrEnum):
    """What the numbers of a parsed file count, from 1."""

    LINE = "line"
    OBJECT = "object"


class Reason(StrEnum):
    """Why a line or an object was not used."""

    HEADING = "heading"
    """A title or the names of columns: nothing is lost by it."""
    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    REPEATED = "repeated"
    """It says again what an earlier one said."""
    NO_OPPONENT = "no_opponent"
    """One player only, and no word of a bye."""
    AMBIGUOUS = "ambiguous"
    """More names than there are seats."""
    BROKEN_ROW = "broken_row"
    """More cells than columns, as when a comma stands in a name without quotes."""
    BROKEN_JSON = "broken_json"
    NO_ARCHETYPE = "no_archetype"
    TEXT_TOO_LONG = "text_too_long"
    BAD_VALUE = "bad_value"
    """A round, source, colour or the like that is none."""
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A line or an object of which nothing was taken."""

    number: int
    reason: Reason
    text: str = ""
    """The beginning of the line, cleaned but not escaped; empty for an object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank, with its number as an editor shows it."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenJson:
    """It begins as JSON does and is none."""


def text_of(content: bytes | str) -> str | FileTooLarge:
    """Return the text of an upload or a paste, with one bound for both."""
    if isinstance(content, bytes):
        return decode(content)
    if len(content) > MAX_FILE_BYTES:
        return FileTooLarge(size_bytes=len(content))
    return content.removeprefix("\ufeff").replace("\0", "")


def lines_of(text: str) -> list[Line]:
    """Split into the lines in which something can be seen."""
    numbered = enumerate(_LINE_END.split(text), 1)
    return [Line(number=number, text=line) for number, line in numbered if clean(line)]


def json_of(text: str) -> object | BrokenJson | None:
    """Return the value of JSON text that is an object or a list, and None for other text."""
    if not _JSON_BEGINS.match(text):
        return None
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):  # too deep, or a number of too many digits
        return BrokenJson()
    return value


def objects_of(value: object, envelopes: Iterable[str] = ENVELOPES) -> list[object]:
    """Return the list that JSON holds, out of at most two envelopes; else the value alone."""
    for _ in range(2):
        if not isinstance(value, dict):
            break
        by_name = {str(key).lower(): held for key, held in value.items()}
        held = next((by_name[key] for key in envelopes if _holds(by_name.get(key))), None)
        if held is None:
            break
        value = held
    return value if isinstance(value, list) else [value]


def skip(line: Line, reason: Reason) -> Skipped:
    """List one line as not used."""
    return Skipped(number=line.number, reason=reason, text=shorten(clean(line.text), _SHOWN))


def whole_number(value: object) -> int | None:
    """Return a count of at most six digits, from JSON or from a cell."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    found = _NUMBER.fullmatch(str(value).strip()) if not isinstance(value, int) else None
    if isinstance(value, int):
        return value if 0 <= value < 10**6 else None
    return int(float(found[0])) if found else None


def _holds(value: object) -> bool:
    return isinstance(value, list | dict)
