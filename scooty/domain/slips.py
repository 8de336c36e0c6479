"""When a short typed word is a name's word but for one slip of the hand.

Longer words resemble what was meant in enough places for a general measure of likeness. In a word
of four letters two swapped ones leave almost nothing in common.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST: Final = 7
_SHORTEST: Final = 3
_SHORTEST_WITH_A_STRAY: Final = 4
"""In three letters, one that is wrong or too many would fit half of all names."""


def is_one_slip_away(typed: str, word: str) -> bool:
    """Tell whether ``word`` begins with ``typed`` but for one slip.

    Two neighbours swapped, a letter missing, too many or wrong; the first letter is never missing
    and never wrong. Both are folded already; what is not one short word is never a slip.
    """
    if not typed.isalpha() or not _SHORTEST <= len(typed) <= _LONGEST:
        return False
    return any(
        word.startswith(head) and word.startswith(tail, len(head) + gap)
        for head, gap, tail in _readings(typed)
        if len(word) >= len(head) + gap
    )


def _readings(typed: str) -> Iterator[tuple[str, int, str]]:
    """Yield what may have been meant: how it begins, unknown letters, and how it goes on."""
    may_stray = len(typed) >= _SHORTEST_WITH_A_STRAY
    for place in range(len(typed)):
        before, here, after = typed[:place], typed[place], typed[place + 1 :]
        if after:
            yield before + after[0] + here, 0, after[1:]
        if before:
            yield before, 1, here + after
        if may_stray:
            yield before, 0, after
        if may_stray and before:
            yield before, 1, after
