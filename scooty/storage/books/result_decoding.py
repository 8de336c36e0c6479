"""From the results' functions' JSON to values; any other shape is a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from scooty.domain.field import count_field
from scooty.domain.ids import ArchetypeId, MemberId, PlayerId
from scooty.domain.match_scores import MatchScore
from scooty.domain.matchups import Matchup, Outcome
from scooty.storage.books.event_decoding import OF_ANY_EVENT
from scooty.storage.books.result_values import (
    ArchetypeFacts,
    ArchetypeNotKnown,
    Deck,
    Drafting,
    MatchupFound,
    NoOpponent,
    NotTold,
    PairedOtherwise,
    Record,
    ReplacedResult,
    ResultGone,
    ResultNotYours,
    ResultTold,
    ResultUndone,
    RoundWithout,
    TeammateRecord,
    TeamRecord,
    ToldResult,
    WhoTells,
)
from scooty.storage.card_decoding import event_of
from scooty.storage.decoding import archetype_suggestions
from scooty.storage.json_fields import (
    each,
    field,
    number_or_none,
    object_of,
    one_of,
    text_or_none,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from actors.repository.messages import JsonValue

__all__ = ["result_outcome"]

T = TypeVar("T")


def _object(
    fields: Mapping[str, JsonValue], name: str, decode: Callable[[Mapping[str, JsonValue]], T]
) -> T:
    return decode(object_of(fields.get(name), name))


def _object_or_none(
    fields: Mapping[str, JsonValue], name: str, decode: Callable[[Mapping[str, JsonValue]], T]
) -> T | None:
    return None if fields.get(name) is None else _object(fields, name, decode)


def _score(fields: Mapping[str, JsonValue]) -> MatchScore | None:
    won, lost = number_or_none(fields, "games_won"), number_or_none(fields, "games_lost")
    if won is None or lost is None:
        return None
    return MatchScore(won=won, lost=lost, drawn=number_or_none(fields, "games_drawn") or 0)


def _deck(fields: Mapping[str, JsonValue]) -> Deck:
    return Deck(name=field(fields, "name", str), colours=field(fields, "colours", str))


def _told_result(fields: Mapping[str, JsonValue]) -> ToldResult:
    return ToldResult(
        round_number=field(fields, "round", int),
        player_id=PlayerId(field(fields, "player_id", int)),
        player=field(fields, "player", str),
        player_deck=_object_or_none(fields, "player_deck", _deck),
        opponent=field(fields, "opponent", str),
        opponent_deck=_object_or_none(fields, "opponent_deck", _deck),
        outcome=one_of(Outcome, fields, "result"),
        score=_score(fields),
    )


def _replaced(fields: Mapping[str, JsonValue]) -> ReplacedResult:
    return ReplacedResult(
        opponent=field(fields, "opponent", str),
        outcome=one_of(Outcome, fields, "result"),
        score=_score(fields),
        is_of_a_file=field(fields, "is_of_a_file", bool),
    )


def _told(fields: Mapping[str, JsonValue]) -> ResultTold:
    return ResultTold(
        event=field(fields, "event", str),
        told=_object(fields, "told", _told_result),
        replaced=_object_or_none(fields, "replaced", _replaced),
    )


def _without(fields: Mapping[str, JsonValue]) -> RoundWithout:
    return RoundWithout(
        reason=one_of(NoOpponent, fields, "outcome"),
        round_number=number_or_none(fields, "round") if "round" in fields else None,
        current=number_or_none(fields, "current") if "current" in fields else None,
    )


def _not_told(fields: Mapping[str, JsonValue]) -> NotTold:
    return NotTold(reason=one_of(WhoTells, fields, "outcome"))


def _paired_otherwise(fields: Mapping[str, JsonValue]) -> PairedOtherwise:
    return PairedOtherwise(
        round_number=field(fields, "round", int), opponent=field(fields, "opponent", str)
    )


def _undone(fields: Mapping[str, JsonValue]) -> ResultUndone:
    return ResultUndone(
        told=_object(fields, "told", _told_result),
        restored=_object_or_none(fields, "replaced", _replaced),
    )


def _matchup(fields: Mapping[str, JsonValue]) -> Matchup:
    return Matchup(
        ours=ArchetypeId(field(fields, "ours", int)),
        theirs=ArchetypeId(field(fields, "theirs", int)),
        wins=field(fields, "wins", int),
        losses=field(fields, "losses", int),
        draws=field(fields, "draws", int),
    )


def _record(fields: Mapping[str, JsonValue]) -> Record:
    return Record(matchup=_matchup(fields), unknown=field(fields, "unknown", int))


def _archetype(fields: Mapping[str, JsonValue]) -> ArchetypeFacts:
    return ArchetypeFacts(
        id=ArchetypeId(field(fields, "id", int)),
        name=field(fields, "name", str),
        colours=field(fields, "colours", str),
        display_colour=number_or_none(fields, "display_colour"),
    )


def _found(fields: Mapping[str, JsonValue]) -> MatchupFound:
    return MatchupFound(
        ours=_object(fields, "ours", _archetype),
        theirs=_object(fields, "theirs", _archetype),
        event=text_or_none(fields, "event"),
        here=_object_or_none(fields, "here", _record),
        everywhere=_object(fields, "everywhere", _record),
    )


def _not_known(fields: Mapping[str, JsonValue]) -> ArchetypeNotKnown:
    return ArchetypeNotKnown(
        is_ours=field(fields, "is_ours", bool),
        nearest=archetype_suggestions(fields.get("nearest")),
    )


def _teammate(fields: Mapping[str, JsonValue]) -> TeammateRecord:
    member_id = number_or_none(fields, "member_id")
    return TeammateRecord(
        member_id=None if member_id is None else MemberId(member_id),
        player=field(fields, "player", str),
        deck=_object_or_none(fields, "deck", _deck),
        wins=field(fields, "wins", int),
        losses=field(fields, "losses", int),
        draws=field(fields, "draws", int),
    )


def _played(fields: Mapping[str, JsonValue]) -> tuple[ArchetypeId, int, int]:
    archetype_id = ArchetypeId(field(fields, "archetype_id", int))
    return archetype_id, field(fields, "players", int), field(fields, "teammates", int)


def _team_record(fields: Mapping[str, JsonValue]) -> TeamRecord:
    played = each(fields.get("field"), "field", _played)
    return TeamRecord(
        event=event_of(object_of(fields.get("event"), "event")),
        wins=field(fields, "wins", int),
        losses=field(fields, "losses", int),
        draws=field(fields, "draws", int),
        own_unknown=field(fields, "own_unknown", int),
        theirs_unknown=field(fields, "theirs_unknown", int),
        between_teammates=field(fields, "between_teammates", int),
        matchups=each(fields.get("matchups"), "matchups", _matchup),
        matchups_ever=each(fields.get("matchups_ever"), "matchups_ever", _matchup),
        teammates=each(fields.get("teammates"), "teammates", _teammate),
        field=count_field(
            (archetype_id for archetype_id, players, _ in played for _ in range(players)),
            active=field(fields, "seen", int),
        ),
        played_by_teammates={
            archetype_id: teammates for archetype_id, _, teammates in played if teammates
        },
        archetypes={
            facts.id: facts for facts in each(fields.get("archetypes"), "archetypes", _archetype)
        },
    )


result_outcome: Final = OF_ANY_EVENT.extended(
    {
        "result_told": _told,
        "drafting": lambda _: Drafting(),
        **dict.fromkeys(WhoTells, _not_told),
        **dict.fromkeys(NoOpponent, _without),
        "paired_otherwise": _paired_otherwise,
        "result_undone": _undone,
        "result_gone": lambda _: ResultGone(),
        "not_your_result": lambda _: ResultNotYours(),
        "matchup": _found,
        "matchup_unknown": _not_known,
        "team_record": _team_record,
    }
).decode
