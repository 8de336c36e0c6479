"""A copy of the suggestion index, kept current by changes, that suggests as the database does.

What `suggest_opponents` and `suggest_archetypes` do in SQL for texts with which a name begins is
done here on the copy, word for word: a typed word fits where a word of a name begins with it. When
no name begins so, the database looks for likeness; that is left to it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, replace
from itertools import chain, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from scooty.domain.ids import PlayerId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scooty.core.suggestions import (
        ArchetypeSuggestion,
        Index,
        IndexChange,
        IndexedArchetype,
        IndexedOpponent,
        ListedOpponent,
        OpponentSuggestion,
    )

_MOST: Final = 25
"""What one list offers, which is what Discord shows."""
_NEVER: Final = (0, 0)
_recency = attrgetter("recency")


@dataclass(frozen=True, slots=True)
class _Opponent:
    entry: IndexedOpponent | ListedOpponent
    suggestion: OpponentSuggestion
    recency: tuple[int, int]
    spellings: tuple[str, ...]
    """Each behind a space, so that every word begins after one."""

    def words(self) -> set[str]:
        """Every word of every spelling."""
        return {word for text in self.spellings for word in text.split()}


@dataclass(frozen=True, slots=True)
class _Archetype:
    entry: IndexedArchetype
    suggestion: ArchetypeSuggestion
    place: int
    """In the order of names."""
    spellings: tuple[str, ...]


class HeldIndex:
    """One guild's index.

    Args:
        index: As the database knew it.
    """

    def __init__(self, index: Index) -> None:
        self._event_id = index.event_id
        held = sorted(map(_opponent, index.opponents), key=_recency)
        self._opponents = {each.entry.player_id: each for each in held}
        """By player; who was reported last comes last."""
        on_roster = sorted(map(_listed, index.listed), key=_first_key)
        self._listed = {each.entry.player_id: each for each in on_roster}
        """Who was not reported yet, by player; in the order of names."""
        self._words = sorted(
            (word, each_id)
            for each_id, each in chain(self._opponents.items(), self._listed.items())
            for word in each.words()
        )
        """To find the players by what a word of their name begins with."""
        self._archetypes = {
            entry.id: _Archetype(entry, entry.suggestion, place, _spellings(entry.name_keys))
            for place, entry in enumerate(index.archetypes)
        }

    def apply(self, change: IndexChange) -> bool:
        """Follow a change, which may be in the copy already or come out of order.

        Returns:
            False when the copy does not know what it is about, and has to be read anew.
        """
        if change.event_id != self._event_id:
            return True  # of an event before or after; another change tells of the switch
        archetype = self._archetypes.get(change.archetype_id)
        if archetype is None:
            return False
        self._count(archetype, change.archetype_report_count)
        self._put(change.opponent)
        return True

    def suggest_opponents(self, text_key: str) -> tuple[OpponentSuggestion, ...] | None:
        """Return up to 25 players: reported ones before those who are only on the roster.

        Of each, those whose name begins as typed come first, then by recency and by name.

        Returns:
            None when there are players, but no name fits: those alike are the database's to find.
        """
        patterns = _spellings(text_key.split())
        if not patterns:
            everybody = chain(reversed(self._opponents.values()), self._listed.values())
            return tuple(held.suggestion for held in islice(everybody, _MOST))
        candidates = self._candidates(patterns)
        reported = (each for each in candidates if each.entry.player_id in self._opponents)
        listed = (each for each in candidates if each.entry.player_id in self._listed)
        found = (
            *_fitting(sorted(reported, key=_recency, reverse=True), text_key, patterns),
            *_fitting(sorted(listed, key=_first_key), text_key, patterns),
        )[:_MOST]
        return None if (self._opponents or self._listed) and not found else found

    def suggest_archetypes(
        self, text_key: str, colours: str | None
    ) -> tuple[ArchetypeSuggestion, ...] | None:
        """Return up to 25 archetypes of a name or of colours, the most reported first.

        Returns:
            None when none fits: those alike are the database's to find.
        """
        patterns = _spellings(text_key.split())
        found = []
        for held in self._archetypes.values():
            offered = held.suggestion
            if offered.colours == colours or _fits(held.spellings, patterns):
                begins = any(text.startswith(text_key, 1) for text in held.spellings)
                found.append((-offered.report_count, not begins, held.place, offered))
        return tuple(offered for *_, offered in sorted(found)[:_MOST]) or None

    def _count(self, held: _Archetype, report_count: int) -> None:
        if report_count > held.entry.report_count:
            entry = held.entry._replace(report_count=report_count)
            self._archetypes[entry.id] = replace(held, entry=entry, suggestion=entry.suggestion)

    def _candidates(self, patterns: Iterable[str]) -> list[_Opponent]:
        """Return those in whose name a word begins with the longest typed one."""
        longest = max(patterns, key=len)[1:]
        found = set()
        for place in range(bisect_left(self._words, (longest,)), len(self._words)):
            word, player_id = self._words[place]
            if not word.startswith(longest):
                break
            found.add(player_id)
        return [self._opponents.get(player_id) or self._listed[player_id] for player_id in found]

    def _put(self, entry: IndexedOpponent) -> None:
        player_id = entry.player_id
        known = self._opponents.get(player_id)
        if known is not None and known.recency[1] >= entry.report_id:
            return
        held = _opponent(entry)
        self._replace_words(player_id, known or self._listed.pop(player_id, None), held)
        newest = next(reversed(self._opponents.values()), held)
        self._opponents.pop(player_id, None)
        self._opponents[player_id] = held
        if newest.recency > held.recency:
            # Of two reports at once, the one that was stored first was told of last.
            ordered = sorted(self._opponents.values(), key=_recency)
            self._opponents = {each.entry.player_id: each for each in ordered}

    def _replace_words(self, player_id: PlayerId, known: _Opponent | None, held: _Opponent) -> None:
        former = known.words() if known else set()
        for word in former - held.words():
            self._words.remove((word, player_id))
        for word in held.words() - former:
            insort(self._words, (word, player_id))


def _opponent(entry: IndexedOpponent) -> _Opponent:
    recency = (entry.reported_us, entry.report_id)
    return _Opponent(entry, entry.suggestion, recency, _spellings(entry.name_keys))


def _listed(entry: ListedOpponent) -> _Opponent:
    return _Opponent(entry, entry.suggestion, _NEVER, _spellings(entry.name_keys))


def _first_key(held: _Opponent) -> str:
    return min(held.entry.name_keys)


def _fitting(
    ordered: Iterable[_Opponent], text_key: str, patterns: Iterable[str]
) -> list[OpponentSuggestion]:
    """Choose whose name begins as typed, then in whose name every typed word begins a word."""
    begun, others = [], []
    for held in ordered:
        if any(text.startswith(text_key, 1) for text in held.spellings):
            begun.append(held.suggestion)
        elif _fits(held.spellings, patterns):
            others.append(held.suggestion)
    return [*begun, *others]


def _spellings(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(f" {key}" for key in keys)


def _fits(spellings: Iterable[str], patterns: Iterable[str]) -> bool:
    return any(all(pattern in text for pattern in patterns) for text in spellings)
