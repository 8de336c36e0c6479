"""How alike two names are that are not the same, for ranking and never for proof.

`scooty.domain.slips` is for the beginning of a word while somebody types; this is for whole names
on lists, where several words may each be wrong, swapped, missing or cut to an initial.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_INITIAL: Final = 0.8
"""An initial fits its word, and many others."""
_MISSING_WORD: Final = 0.6
"""What a pair with all of its words alike keeps of its likeness for each word one of them lacks."""


def name_likeness(one: str, other: str) -> float:
    """Return 0 to 1 for two names as `name_key` folds them; the order of the words is free."""
    words, others = one.split(), other.split()
    if len(words) > len(others):
        words, others = others, words
    if not words:
        return 0.0
    if len(words) == 1 and len(others) > 1:
        return max(_handle_likeness(words[0], others), _paired(words, others))
    return _paired(words, others)


def _handle_likeness(handle: str, words: Sequence[str]) -> float:
    """Compare ``jdoe`` with what people named *Jane Doe* make of their name."""
    first, last = words[0], words[-1]
    spellings = (first + last, last + first, first[0] + last, first + last[0], last + first[0])
    return max(_word_likeness(handle, spelling) for spelling in spellings)


def _paired(words: Sequence[str], others: Sequence[str]) -> float:
    """Pair each of the fewer words with the likest one left, the likest pair first."""
    pairs = sorted(
        (
            (_word_likeness(word, other), -i, -j)
            for i, word in enumerate(words)
            for j, other in enumerate(others)
        ),
        reverse=True,
    )
    used: set[int] = set()
    taken: set[int] = set()
    total = weight = 0.0
    for likeness, i, j in pairs:
        if i in used or j in taken:
            continue
        used.add(i)
        taken.add(j)
        length = max(len(words[-i]), len(others[-j]))
        total, weight = total + likeness * length, weight + length
    return total / weight * _MISSING_WORD ** (len(others) - len(words))


def _word_likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return _INITIAL if one[0] == other[0] else 0.0
    return _similarity()(one, other)


@cache
def _similarity() -> Callable[[str, str], float]:
    """Return what counts the letters that two words lack, have too many, wrong or swapped.

    Loaded when names are first compared: it holds 4 MB, and most days nobody imports a list.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - see above

    return OSA.normalized_similarity
