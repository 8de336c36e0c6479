"""Reading a report in what somebody wrote in a chat: "R5 Opponent Jane Doe plays Jeskai".

In French and English, as people type it. What is read only fills in a form that a person corrects,
so a wrong guess costs a correction; what cannot be read is left to them, with their text as the
comment. Any text is read without an error and in time that grows with its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from scooty.domain.observations import LAST_ROUND
from scooty.domain.text import clean, shorten

_NAME: Final = 100
_COMMENT: Final = 500
_LINES_READ: Final = 20
_LINE_LENGTH: Final = 500

_PLACE: Final = re.compile(
    r"^\W{0,3}(?:(?P<what>rounds?|rondes?|rnd|tables?|tbl|r|t)[ .#n°º]{0,4}(?P<number>\d{1,4}))"
    r"(?!\w)[\s:,.;|/\u2013\u2014-]{0,6}",
    re.IGNORECASE,
)
"""A round or a table at the beginning: ``R5``, ``Table 12:``, ``ronde n°3``."""
_OPPONENT: Final = re.compile(
    r"^(?:my |mon |our |notre |l['\u2019]|the )?(?:opponent|opp|oppo|adversaire|adv)\b"
    r"[\s:.,\u2013\u2014-]{0,4}",
    re.IGNORECASE,
)
_PLAYS: Final = (
    r"(?:is playing|was playing|is running|is on|was on|plays|played|runs|pilots|joue|jouait"
    r"|est en train de jouer|est sur|était sur|etait sur|est à|tourne sur|pilote)"
)
_VERB: Final = re.compile(rf"\s(?:{_PLAYS}|(?:on|sur)(?!\s{_PLAYS}\s))\s", re.IGNORECASE)
"""On and Sur are people's names too: before a verb they are no verb themselves."""
_SIGN: Final = re.compile(r"\s?(?:->|=>|→|⇒|=)\s?|\s[-\u2013\u2014|]{1,2}\s|\s?:\s", re.IGNORECASE)
_ASIDE: Final = re.compile(
    r"\s?[,;(\[]\s?|\.\s|\s[-\u2013\u2014]\s|\s(?:with|avec|but|mais)\s", re.IGNORECASE
)
"""Where a deck's name ends and a remark begins."""
_MARKUP: Final = re.compile(r"<a?:\w{1,32}:\d{1,20}>|<[@#][!&]?\d{1,20}>|[*`~|]{2,3}|`")
"""Emoji of servers, mentions, and the marks of bold, code and spoilers."""
_DETERMINER: Final = re.compile(r"^(?:a|an|the|un|une|le|la|du|de la|sur|on) ", re.IGNORECASE)
_EDGES: Final = ' \t-\u2013\u2014:;,.!?|/=>→"“”«»()[]'


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatReport:
    """What a chat message seems to say; empty where it says nothing."""

    opponent: str = ""
    archetype: str = ""
    comment: str = ""
    round: int | None = None


def read_chat(text: str) -> ChatReport:
    """Read the first line of a message that says who plays what."""
    lines = [_plain(line) for line in text[: _LINES_READ * _LINE_LENGTH].splitlines()]
    for line in lines[:_LINES_READ]:
        read = _read_line(line)
        if read is not None:
            return read
    return ChatReport(comment=shorten(clean(" ".join(lines)), _COMMENT))


def _plain(line: str) -> str:
    return clean(_MARKUP.sub(" ", line[:_LINE_LENGTH]))


def _read_line(line: str) -> ChatReport | None:
    round_number, rest = _take_places(line)
    rest = _OPPONENT.sub("", rest)
    said = _split(rest)
    if said is None:
        return None
    opponent, deck = said
    # "Jane Doe R5 joue Burn": the place may also follow the name.
    ending = re.search(r"[\s(]{1,2}(?:r|round |ronde )(\d{1,2})\)?$", opponent, re.IGNORECASE)
    if ending is not None and round_number is None:
        round_number = _round(int(ending[1]))
        opponent = opponent[: ending.start()]
    archetype, comment = _set_aside(deck)
    opponent, archetype = opponent.strip(_EDGES), _DETERMINER.sub("", archetype).strip(_EDGES)
    if not (_says_something(opponent) and _says_something(archetype)):
        return None
    return ChatReport(
        opponent=shorten(opponent, _NAME),
        archetype=shorten(archetype, _NAME),
        comment=shorten(comment, _COMMENT),
        round=round_number,
    )


def _take_places(line: str) -> tuple[int | None, str]:
    """Take a round and a table off the beginning, in any order."""
    round_number = None
    for _ in range(2):
        place = _PLACE.match(line)
        if place is None:
            break
        if place["what"].lower().startswith("r"):
            round_number = _round(int(place["number"]))
        line = line[place.end() :]
    return round_number, line


def _round(number: int) -> int | None:
    return number if 1 <= number <= LAST_ROUND else None


def _split(line: str) -> tuple[str, str] | None:
    """Part who from what: at the first verb, else at the first sign between them."""
    for pattern in (_VERB, _SIGN):
        found = pattern.search(line)
        if found is not None and line[: found.start()].strip(_EDGES):
            return line[: found.start()], line[found.end() :]
    return None


def _set_aside(deck: str) -> tuple[str, str]:
    """Part a deck's name from the remark that follows it."""
    aside = _ASIDE.search(deck)
    if aside is None or not deck[: aside.start()].strip(_EDGES):
        return deck, ""
    return deck[: aside.start()], deck[aside.end() :].strip(_EDGES)


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)
