"""A roster's names, and whom a name found elsewhere means.

**Certain** is only what is the same name: the same words by `name_key`, or the same words in
another order, if nothing on the roster suggests that the other order is another person
(*Thomas Martin*, where others are called Thomas or Martin the other way round). All that is only
alike is a question: somebody whose name is a slip away from a player's may well be somebody else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.domain.ids import PlayerId
from scooty.domain.matching.likeness import name_likeness
from scooty.domain.names import name_key, word_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_LIKE_FROM: Final = 0.55
"""Below, two names have too little in common to ask about."""
_ASKED: Final = 5
_LOOKED_AT: Final = 60
"""Spellings with the most pairs of letters in common, which are compared letter by letter."""
_LOOKED_AT_QUICKLY: Final = 5
_RAREST: Final = 6
"""Pairs of letters: what is nearly the same name has most of them, and few others have two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certain:
    """The name is this player's."""

    player_id: PlayerId


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be meant."""

    player_id: PlayerId
    likeness: float
    """0 to 1; 1 is the same name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A person has to say which one, or that it is none of them."""

    candidates: tuple[Candidate, ...]
    """At least one, at most five, likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMatch:
    """Nobody on the roster has a name like this."""


Match: TypeAlias = Certain | Ask | NoMatch


class Roster:
    """The spellings of some players, indexed once, asked often."""

    def __init__(self, spellings: Iterable[tuple[PlayerId, str]]) -> None:
        """Index names and aliases; a player may have many."""
        self._by_name: defaultdict[str, set[PlayerId]] = defaultdict(set)
        self._by_words: defaultdict[str, set[PlayerId]] = defaultdict(set)
        for player_id, spelling in spellings:
            self._by_name[name_key(spelling)].add(player_id)
            self._by_words[word_key(spelling)].add(player_id)
        self._by_name.pop("", None)
        self._by_words.pop("", None)
        self._first_words = {key.split()[0] for key in self._by_name}
        self._last_words = {key.split()[-1] for key in self._by_name}
        self._by_pair: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._by_name:
            for pair in _letter_pairs(key):
                self._by_pair[pair].append(key)

    def match(self, name: str, *, quickly: bool = False) -> Match:
        """Tell whom of the roster ``name`` means.

        Args:
            name: As it stands somewhere.
            quickly: Look at the likest few only, by their rarest letters: for thousands of names.
        """
        same = self.find(name)
        if same is not None:
            return Certain(player_id=same)
        candidates = self._alike(name_key(name), quickly=quickly)
        return Ask(candidates=candidates) if candidates else NoMatch()

    def find(self, name: str) -> PlayerId | None:
        """Return the player whose name it certainly is."""
        key = name_key(name)
        same = self._by_name.get(key, set()) or self._turned(key)
        return next(iter(same)) if len(same) == 1 else None

    def _turned(self, key: str) -> set[PlayerId]:
        """Find who has the same words in another order, unless this order is a name as well."""
        words = key.split()
        if not words or words[0] in self._first_words or words[-1] in self._last_words:
            return set()
        return self._by_words.get(word_key(key), set())

    def _alike(self, key: str, *, quickly: bool) -> tuple[Candidate, ...]:
        lists = [self._by_pair[pair] for pair in _letter_pairs(key) if pair in self._by_pair]
        if quickly:
            lists = sorted(lists, key=len)[:_RAREST]
        compared = _LOOKED_AT_QUICKLY if quickly else _LOOKED_AT
        shared = Counter(chain.from_iterable(lists))
        likeness: dict[PlayerId, float] = {}
        closest = nlargest(compared, shared, key=lambda one: (shared[one] / (len(one) + 4), one))
        for spelling in closest:
            alike = name_likeness(key, spelling)
            for player_id in self._by_name[spelling]:
                likeness[player_id] = max(alike, likeness.get(player_id, 0.0))
        ranked = sorted(likeness, key=lambda player_id: (-likeness[player_id], player_id))
        return tuple(
            Candidate(player_id=player_id, likeness=likeness[player_id])
            for player_id in ranked[:_ASKED]
            if likeness[player_id] >= _LIKE_FROM
        )


def _letter_pairs(key: str) -> set[str]:
    """Return the pairs of neighbouring letters in each word, its beginning and end marked."""
    return set(_pairs(key))


def _pairs(key: str) -> Iterator[str]:
    for word in key.split():
        marked = f"^{word}$"
        yield from (marked[place : place + 2] for place in range(len(marked) - 1))
