"""What look-ups show of queued reports, over what the database knows: pure rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.port import NobodyFound, OnlyListed, SeveralPlayers
from scooty.core.storage.queued import OnlyQueued
from scooty.core.storage.suggestion_index import OpponentSuggestion
from scooty.domain.names import begins_words, name_key, word_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scooty.core.outbox.messages import QueuedName
    from scooty.core.storage.port import CheckOutcome
    from scooty.core.storage.queued import QueuedReport

_MOST: Final = 25
"""What one list offers, which is what Discord shows."""


def find_queued(queued: Sequence[QueuedName], name: str) -> tuple[QueuedReport, ...]:
    """Find queued reports by a player's name as somebody typed it.

    Of that very name; else of the same words in another order; else of names that begin so.
    """
    key, words = name_key(name), word_key(name)
    for fits in (
        lambda each: each.name_key == key,
        lambda each: " ".join(sorted(each.name_key.split())) == words,
        lambda each: begins_words(key, each.name_key),
    ):
        found = tuple(each.report for each in queued if fits(each))
        if found:
            return found
    return ()


def add_to_card(card: PlayerCard, queued: Sequence[QueuedName], *names: str) -> PlayerCard:
    """Add the queued reports of the card's player, who may also be known by other ``names``."""
    keys = {name_key(name) for name in (card.name, *names)}
    reports = tuple(each.report for each in queued if each.name_key in keys)
    return replace(card, queued=reports)


def add_to_check(found: CheckOutcome, queued: Sequence[QueuedName], name: str) -> CheckOutcome:
    """Add queued reports to what the database answered to ``/check name``."""
    if isinstance(found, PlayerCard):
        return add_to_card(found, queued, name)
    key = name_key(name)
    reports = tuple(each.report for each in queued if each.name_key == key)
    # What is remembered of earlier, because the database is away, may be less than it knows.
    is_remembered = (
        isinstance(found, SeveralPlayers | OnlyListed | NobodyFound) and found.as_of is not None
    )
    return OnlyQueued(reports=reports, database_away=is_remembered) if reports else found


def add_to_suggestions(
    found: Sequence[OpponentSuggestion], queued: Sequence[QueuedName], text: str
) -> tuple[OpponentSuggestion, ...]:
    """Put the players of queued reports first, each once, marked as queued."""
    typed = name_key(text)
    waiting: dict[str, list[QueuedReport]] = {}
    for each in queued:
        if begins_words(typed, each.name_key):
            waiting.setdefault(each.name_key, []).append(each.report)
    known = {name_key(suggestion.name): suggestion for suggestion in found}
    first = [_suggest(reports, known.pop(key, None)) for key, reports in waiting.items()]
    return (*first, *known.values())[:_MOST]


def _suggest(
    reports: Sequence[QueuedReport], known: OpponentSuggestion | None
) -> OpponentSuggestion:
    newest = reports[0]
    return OpponentSuggestion(
        player_id=None if known is None else known.player_id,
        name=newest.opponent if known is None else known.name,
        archetype=newest.archetype,
        reporter_id=newest.reporter_id,
        reporter_name=newest.reporter_name,
        report_count=len(reports) + (0 if known is None else known.report_count),
        queued=True,
    )
