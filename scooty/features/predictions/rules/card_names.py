"""Which card a few typed words mean: ``Ragavan`` is *Ragavan, Nimble Pilferer* where that is known.

Nobody has to keep a list of all cards: the spellings of a team's own reports and decklists are
enough. A spelling means

1. itself, when a decklist or a rule has it: those are written in full;
2. the one card of which it is a part of the name, before or after a comma, or one of two faces;
3. the one longer spelling that begins with its words;
4. else itself.

What could mean two cards means neither: *Teferi* stays *Teferi* beside two planeswalkers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from scooty.domain.names import fold
from scooty.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_LETTERS: Final = 60
"""Of a card's name. What is longer is a sentence; the longest names of real play have 46."""
_PARTED: Final = re.compile(r"[,;\n\r]+")
_COUNTED: Final = re.compile(r"^[0-9]{1,3}\s*x?\s+(?=\S)", re.IGNORECASE)
_PARTS_OF_A_NAME: Final = re.compile(r",\s|\s*//\s*")
_SMALL_WORDS: Final = frozenset({"a", "and", "at", "for", "from", "in", "of", "on", "the", "to"})
_MOST_LONGER: Final = 20
"""Spellings that begin alike; more than that is a word like *the*."""


def split_cards(text: str) -> tuple[str, ...]:
    """Return the cards of a text, in order, each once: parted by commas, semicolons or lines."""
    cards = dict[str, str]()
    for piece in _PARTED.split(text):
        card = _named(piece)
        if card is not None:
            cards.setdefault(fold(card), card)
    return tuple(cards.values())


def _named(text: str) -> str | None:
    """Return a card's name without its count; None when there is none in the text."""
    card = clean(_COUNTED.sub("", clean(text)))
    if len(card) > MOST_LETTERS or not any(map(str.isalpha, card)):
        return None
    return card


def _front(name: str) -> str:
    """Return the key of a card: of its front, as some write both faces and some do not."""
    return fold(name.partition("//")[0]) or fold(name)


def _as_title(key: str) -> str:
    """Write a key nearly as the card is written; its punctuation is lost."""
    first, *others = key.split() or [key]
    words = (word if word in _SMALL_WORDS else word.capitalize() for word in others)
    return " ".join((first.capitalize(), *words))


def _by_count(spelled: Counter[str]) -> list[str]:
    return sorted(spelled, key=lambda text: (-spelled[text], text))


class CardNames:
    """The spellings that a team has used, and what each means.

    Args:
        full: As decklists write them.
        mentioned: As people do, each as often as they did.
        known: Keys of names in full, which are shown only when nobody has spelled the card.
    """

    def __init__(
        self, full: Iterable[str], mentioned: Iterable[str], known: Iterable[str] = ()
    ) -> None:
        self._folded = dict[str, str]()
        spelled = Counter[str](mentioned)
        listed, others = set(full), set(known)
        self._full = {key for text in (*listed, *others) if (key := self._key(text))}
        self._shown = self._spellings(
            (*sorted(listed), *_by_count(spelled), *map(_as_title, sorted(others)))
        )
        self._keys = sorted(self._shown)
        self._parts = self._parts_of(self._shown.values())
        self._meant = {key: self._meaning(key) for key in self._keys}

    def card(self, text: str) -> str | None:
        """Return what identifies the card that is meant; None when nobody has ever named it."""
        key = self._key(text)
        if key in self._meant:
            return self._meant[key]
        found = self._meaning(key) if key else key
        if found != key:
            return found
        words = key.split()
        for count in range(len(words) - 1, 0, -1):
            shorter = " ".join(words[:count])
            if shorter in self._meant and shorter not in self._full:
                return self._meant[shorter]
        return None

    def shown(self, card: str) -> str:
        """Return a card as it is written most."""
        return self._shown[card]

    def _key(self, text: str) -> str:
        known = self._folded.get(text)
        if known is None:
            name = _named(text)
            known = self._folded[text] = "" if name is None else _front(name)
        return known

    def _spellings(self, best_first: Iterable[str]) -> dict[str, str]:
        """Return the spelling to show of each key: the first."""
        shown = dict[str, str]()
        for text in best_first:
            key = self._key(text)
            if key and key not in shown:
                shown[key] = _named(text) or text
        return shown

    def _parts_of(self, names: Iterable[str]) -> dict[str, set[str]]:
        parts: defaultdict[str, set[str]] = defaultdict(set)
        for name in names:
            pieces = _PARTS_OF_A_NAME.split(name)
            if len(pieces) > 1:
                for piece in pieces:
                    parts[fold(piece)].add(self._key(name))
        return parts

    def _meaning(self, key: str) -> str:
        if key in self._full:
            return key
        whole = self._parts.get(key, set())
        if whole:
            return min(whole) if len(whole) == 1 else key
        start = bisect_left(self._keys, f"{key} ")
        longer = list[str]()
        for other in self._keys[start : start + _MOST_LONGER + 1]:
            if not other.startswith(f"{key} "):
                break
            longer.append(other)
        if not longer or len(longer) > _MOST_LONGER:
            return key
        longest = max(longer, key=len)
        alike = all(f"{longest} ".startswith(f"{other} ") for other in longer)
        return longest if alike else key
