"""A prediction from what a team noted, as it noted it: spellings and all.

Takes a tenth of a second at a large event, so it is called on a thread of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scooty.domain.ids import ArchetypeId
from scooty.features.predictions.rules.calibration import Band, about_as_sure, try_out
from scooty.features.predictions.rules.card_names import CardNames, split_cards
from scooty.features.predictions.rules.known_decks import Clues, KnownDeck, KnownPlayer
from scooty.features.predictions.rules.prediction import Knowledge, doubt, predict, telling_cards
from scooty.features.predictions.rules.prospects import Doubt, Prediction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scooty.domain.observations import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """Cards as they were written, each perhaps more than once."""

    listed: tuple[str, ...] = ()
    """In a decklist."""
    mentioned: tuple[str, ...] = field(default=(), repr=False)
    """In reports: key cards, sideboards, companions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedDeck:
    """A deck of another event."""

    archetype: ArchetypeId
    cards: Spelled


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedPlayer:
    """A player of the event whose archetype is known."""

    archetype: ArchetypeId
    confidence: Confidence
    cards: Spelled
    past: tuple[ArchetypeId, ...]
    """In other events, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedField:
    """What a team knows of an event's other players, and of other events' decks."""

    counts: Mapping[ArchetypeId, int]
    """How many players are known to be on each archetype."""
    players: tuple[NotedPlayer, ...] = field(repr=False)
    decks: tuple[NotedDeck, ...] = field(repr=False)
    rules: Mapping[ArchetypeId, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """The cards by which rules tell archetypes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A prediction with what it is worth."""

    prediction: Prediction
    doubt: Doubt | None
    """Why no archetype is to be named; None when the first is."""
    typed: tuple[str, ...]
    """What was typed that some deck of a known archetype has, as it is written most."""
    noted: tuple[str, ...]
    """The same of what was noted of the player before."""
    unheard: tuple[str, ...] = field(repr=False)
    """What was typed that no known deck has; it says nothing."""
    shown: Mapping[str, str] = field(repr=False)
    """How the cards in all reasons are written."""
    telling: tuple[tuple[ArchetypeId, tuple[str, ...]], ...]
    """When several fit about as well: of the first two, the cards that would speak for each."""
    worth: Band | None
    """How predictions about as sure did; None when none is named."""


def forecast(
    noted: NotedField, *, typed: str, own: Spelled, past: tuple[ArchetypeId, ...]
) -> Forecast:
    """Predict what a player is on.

    Args:
        noted: Of everybody else.
        typed: The cards that somebody saw now, parted as `split_cards` does.
        own: What was noted of the player in this event.
        past: What the player played in other events, the newest first.
    """
    names = _names(noted)
    players = tuple(
        KnownPlayer(
            archetype=one.archetype,
            confidence=one.confidence,
            cards=_cards(names, one.cards),
            past=one.past,
        )
        for one in noted.players
    )
    decks = [
        KnownDeck(archetype=one.archetype, cards=_cards(names, one.cards)) for one in noted.decks
    ]
    rules = {one: frozenset(_meant(names, cards)) for one, cards in noted.rules.items()}
    knowledge = Knowledge(noted.counts, players, decks, rules)
    seen = {piece: names.card(piece) for piece in split_cards(typed)}
    known = knowledge.known_cards({card for card in seen.values() if card})
    before = [card for card in knowledge.known_cards(_cards(names, own)) if card not in known]
    clues = Clues(cards=frozenset((*known, *before)), past=past)
    prediction = predict(knowledge, clues)
    uncertain = doubt(knowledge, clues, prediction)
    told = () if uncertain is not Doubt.TOO_CLOSE else _telling(knowledge, clues, prediction)
    first = prediction.prospects[0].probability if prediction.prospects else 0.0
    return Forecast(
        prediction=prediction,
        doubt=uncertain,
        typed=tuple(map(names.shown, known)),
        noted=tuple(map(names.shown, before)),
        unheard=tuple(piece for piece, card in seen.items() if card not in known),
        shown={card: names.shown(card) for card in clues.cards},
        telling=tuple((one, tuple(map(names.shown, cards))) for one, cards in told),
        worth=None if uncertain else about_as_sure(try_out(knowledge, players, clues), first),
    )


def _names(noted: NotedField) -> CardNames:
    spelled = [one.cards for one in noted.players] + [one.cards for one in noted.decks]
    return CardNames(
        full=(text for one in spelled for text in one.listed),
        mentioned=(text for one in spelled for text in one.mentioned),
        known=(text for cards in noted.rules.values() for text in cards),
    )


def _cards(names: CardNames, spelled: Spelled) -> frozenset[str]:
    return frozenset(_meant(names, (*spelled.listed, *spelled.mentioned)))


def _meant(names: CardNames, texts: Iterable[str]) -> set[str]:
    return {card for text in texts if (card := names.card(text))}


def _telling(
    knowledge: Knowledge, clues: Clues, prediction: Prediction
) -> tuple[tuple[ArchetypeId, tuple[str, ...]], ...]:
    """Return of the first two prospects the cards that would speak for each, if there are any."""
    first = [one.archetype for one in prediction.prospects[:2]]
    pairs = zip(first, reversed(first), strict=True)
    told = ((one, telling_cards(knowledge, one, other, but=clues.cards)) for one, other in pairs)
    return tuple((one, cards) for one, cards in told if cards)
