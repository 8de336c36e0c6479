"""The ids of buttons, selects and forms: ``name:verb@version:argument:argument``.

They come back from messages of any age, so a verb whose arguments change meaning gets a new
version: an old button is then unknown, and is answered with a sentence, never misread.
Arguments are numbers, so that an id holds nobody's name and never passes 100 characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LARGEST_ID = 2**63 - 1
"""What a bigint column holds; snowflakes and our own ids are below it."""

_SCHEME = re.compile(r"([a-z-]{1,20}):([a-z-]{1,20})@([0-9]{1,4})((?::[0-9]{1,19}){0,2})")


@dataclass(frozen=True, slots=True)
class Verb:
    """What a button, select or form does.

    Args:
        name: The command that it belongs to.
        verb: What it does there.
        version: Raised when the meaning of its arguments changes.
    """

    name: str
    verb: str
    version: int = 1

    def __call__(self, *arguments: int) -> str:
        """Return the custom_id of this verb for up to two numbers."""
        return ":".join((self.name, f"{self.verb}@{self.version}", *map(str, arguments)))

    @property
    def log_name(self) -> str:
        """A short name for logs, without arguments."""
        return f"{self.name}:{self.verb}"


UNDO_REPORT = Verb("scout", "undo")
"""Arguments: the report's id."""
PICK_ARCHETYPE = Verb("scout", "pick")
"""Arguments: the draft's id, the archetype's id."""
OPEN_PLAYER = Verb("check", "open")
"""A select whose values are players' ids. Arguments: the event's id, unless it is the active."""
PAGE_REPORTS = Verb("check", "reports")
"""Arguments: the id of a report of the player in the event, how many newer reports are skipped."""
REPLACE_MINE = Verb("scout", "replace")
"""Arguments: the id of the report that stays."""
KEEP_BOTH = Verb("scout", "keep")
"""Arguments: the id of the report that differs."""


def parse(custom_id: str) -> tuple[Verb, tuple[int, ...]] | None:
    """Split a custom_id into its verb and arguments; None when it is not of this scheme."""
    match = _SCHEME.fullmatch(custom_id)
    if match is None:
        return None
    name, verb, version, rest = match.groups()
    arguments = tuple(parse_id(argument) for argument in rest.split(":")[1:])
    known = tuple(argument for argument in arguments if argument is not None)
    return (Verb(name, verb, int(version)), known) if known == arguments else None


def parse_id(text: str) -> int | None:
    """Read an id that came back from Discord; None when no id of ours can look like that."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST_ID))):
        return None
    return number if (number := int(text)) <= _LARGEST_ID else None
