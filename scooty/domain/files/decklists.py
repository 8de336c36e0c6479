"""A decklist as text: main deck, sideboard, companion, and the lines that are none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scooty.domain.files.decoding import FileTooLarge
from scooty.domain.files.source import Line, Reason, Skipped, lines_of, skip, text_of
from scooty.domain.names import fold, is_name
from scooty.domain.text import clean

MIN_MAIN: Final = 60
"""Source: Magic: The Gathering Comprehensive Rules, 100.2a."""
MAX_SIDE: Final = 15
"""Source: Magic: The Gathering Comprehensive Rules, 100.4a."""
_MAX_LINE: Final = 300
_CARD: Final = re.compile(
    r"(SB:\s*)?([0-9]{1,3})(?:\s*x)?\s+(\S.*?)"
    r"(?:\s+(?:\(([A-Z0-9]{2,6})\)|\[([A-Z0-9]{2,6})\])(?:\s+\S{1,8})?)?(?:\s+\*[A-Z]\*)?",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(r"(?:#|//|name\s|about$|\w+\s*\([0-9]+\):?$)", re.IGNORECASE)


class Board(StrEnum):
    """Where a card begins the match."""

    MAIN = "main"
    SIDE = "side"
    COMPANION = "companion"
    COMMANDER = "commander"


_HEADINGS: Final = {
    **dict.fromkeys(("deck", "main", "mainboard", "maindeck", "main deck", "jeu"), Board.MAIN),
    **dict.fromkeys(("sideboard", "side", "reserve", "sb"), Board.SIDE),
    **dict.fromkeys(("companion", "compagnon"), Board.COMPANION),
    **dict.fromkeys(("commander", "commandant"), Board.COMMANDER),
}


class DeckProblem(StrEnum):
    """What the rules would not allow."""

    MAIN_TOO_SMALL = "main_too_small"
    SIDE_TOO_LARGE = "side_too_large"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckEntry:
    """One line of cards, and where in the file."""

    number: int
    count: int
    card: str
    board: Board


@dataclass(frozen=True, slots=True, kw_only=True)
class DecklistFile:
    """All of a decklist: each line is an entry or is skipped."""

    entries: tuple[DeckEntry, ...]
    skipped: tuple[Skipped, ...]
    main_count: int
    side_count: int
    """The companion is one of these cards and is counted once."""
    problems: tuple[DeckProblem, ...]


def parse_decklist(content: bytes | str) -> DecklistFile | FileTooLarge:
    """Read a list as Arena, MTGO and deck sites write it, in English or with French headings."""
    text = text_of(content)
    if isinstance(text, FileTooLarge):
        return text
    entries, skipped, told = _entries(lines_of(text))
    if not told:
        entries = _split_by_gap(entries, {line.number for line in lines_of(text)})
    main = sum(one.count for one in entries if one.board in {Board.MAIN, Board.COMMANDER})
    side = sum(one.count for one in entries if one.board is Board.SIDE)
    listed = {fold(one.card) for one in entries if one.board is Board.SIDE}
    alone = (one for one in entries if one.board is Board.COMPANION)
    side += sum(one.count for one in alone if fold(one.card) not in listed)
    checks = (
        (DeckProblem.MAIN_TOO_SMALL, main < MIN_MAIN),
        (
            DeckProblem.SIDE_TOO_LARGE,
            side > MAX_SIDE,
        ),
    )
    return DecklistFile(
        entries=tuple(entries),
        skipped=tuple(skipped),
        main_count=main,
        side_count=side,
        problems=tuple(problem for problem, found in checks if found),
    )


def _entries(lines: list[Line]) -> tuple[list[DeckEntry], list[Skipped], bool]:
    entries, skipped, board, told = list[DeckEntry](), list[Skipped](), Board.MAIN, False
    for line in lines:
        entry = _entry(line, board)
        if isinstance(entry, DeckEntry):
            entries.append(entry)
            told = told or entry.board is Board.SIDE
            continue
        if heading := _HEADINGS.get(re.sub(r"\s*\d+$", "", fold(line.text[:40]))):
            board, told, entry = heading, told or heading is Board.SIDE, Reason.HEADING
        skipped.append(skip(line, entry))
    return entries, skipped, told


def _entry(line: Line, board: Board) -> DeckEntry | Reason:
    text = clean(line.text[: 2 * _MAX_LINE])
    if _TITLE.match(text):
        return Reason.HEADING
    found = _CARD.fullmatch(text) if len(text) <= _MAX_LINE else None
    if not found or not int(found[2]) or not any(map(str.isalpha, found[3])):
        return Reason.NOT_UNDERSTOOD
    if not is_name(found[3]):
        return Reason.NAME_TOO_LONG
    board = Board.SIDE if found[1] else board
    return DeckEntry(number=line.number, count=int(found[2]), card=clean(found[3]), board=board)


def _split_by_gap(entries: list[DeckEntry], visible: set[int]) -> list[DeckEntry]:
    """Take the cards below the last empty line for the sideboard, if both parts have the size."""
    gaps = [one.number for one in entries[1:] if one.number - 1 not in visible]
    if not gaps:
        return entries
    main = sum(one.count for one in entries if one.number < gaps[-1])
    below = [one for one in entries if one.number >= gaps[-1]]
    if main < MIN_MAIN or sum(one.count for one in below) > MAX_SIDE:
        return entries
    moved = [
        DeckEntry(number=one.number, count=one.count, card=one.card, board=Board.SIDE)
        if one.board is Board.MAIN
        else one
        for one in below
    ]
    return [one for one in entries if one.number < gaps[-1]] + moved
