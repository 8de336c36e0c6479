"""The functions' JSON, in forms it should not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from scooty.core.storage.calls import NoCalls
from scooty.core.storage.decoding import archetype_suggestions, opponent_suggestions, outcome
from scooty.core.storage.port import EventCreated, EventNameTaken, NoActiveEvent, NobodyFound
from scooty.domain.ids import GuildId, PlayerId
from scooty.errors import StorageError
from scooty.features.players.calls.player_merges import PlayerMerges
from scooty.features.players.calls.players import Players
from scooty.features.players.calls.rosters import RosterBook

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue

EVENT: dict[str, JsonValue] = {
    "id": 1,
    "name": "Open",
    "created_at": "2026-11-24T10:00:00+01:00",
}


def test_a_time_is_read_as_utc() -> None:
    created = outcome(
        {"outcome": "created", "event": EVENT, "previous": None}, EventCreated, EventNameTaken
    )

    assert isinstance(created, EventCreated)
    assert created.event.created_at.isoformat() == "2026-11-24T09:00:00+00:00"


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "created",
        {},
        {"outcome": 1},
        {"outcome": "secret"},
        {"outcome": "nobody_found"},
        {"outcome": "created", "event": None, "previous": None},
        {"outcome": "created", "event": EVENT},
        {"outcome": "created", "event": EVENT | {"id": "secret"}, "previous": None},
        {"outcome": "created", "event": EVENT | {"id": True}, "previous": None},
        {"outcome": "created", "event": EVENT | {"created_at": "secret"}, "previous": None},
        {
            "outcome": "created",
            "event": EVENT | {"created_at": "2026-11-24T10:00:00"},
            "previous": None,
        },
    ],
)
def test_an_unknown_form_is_an_error_that_holds_no_value(value: JsonValue) -> None:
    with pytest.raises(StorageError) as caught:
        outcome(value, EventCreated, EventNameTaken)

    assert "secret" not in str(caught.value)


def test_an_outcome_of_another_function_is_refused() -> None:
    with pytest.raises(StorageError):
        outcome({"outcome": "no_active_event"}, NobodyFound, EventCreated)
    assert outcome({"outcome": "no_active_event"}, NobodyFound, NoActiveEvent) == NoActiveEvent()


@pytest.mark.parametrize("value", [None, {}, [1], [{}], [{"player_id": 1}]])
def test_suggestions_of_an_unknown_form_are_an_error(value: JsonValue) -> None:
    with pytest.raises(StorageError):
        opponent_suggestions(value)
    with pytest.raises(StorageError):
        archetype_suggestions(value)


class _Answers(NoCalls):
    """A database that answers whatever is read in one form."""

    def __init__(self, value: JsonValue) -> None:
        self._value = value

    @override
    async def read(self, function: str, *, guild_id: GuildId, **arguments: JsonValue) -> JsonValue:
        return self._value


async def test_a_players_confidence_that_there_is_none_of_is_an_error_that_holds_no_value() -> None:
    listed: dict[str, JsonValue] = {
        "name": "Jane Doe",
        "archetype": "Burn",
        "colours": "R",
        "confidence": "secret",
        "is_contested": False,
        "is_listed": True,
    }
    page: dict[str, JsonValue] = {
        "outcome": "players",
        "event": EVENT,
        "total": 1,
        "reported": 1,
        "listed": 1,
        "players": [listed],
    }

    with pytest.raises(StorageError) as caught:
        await Players(_Answers(page)).list_event(
            guild_id=GuildId(1), event_id=None, event_name=None, skip=0, at_most=25
        )

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("unknown", ["source", "confidence"])
async def test_what_a_merge_would_bring_together_is_an_error_in_an_unknown_form(
    unknown: str,
) -> None:
    side: dict[str, JsonValue] = {
        "player_id": 1,
        "name": "Jane Doe",
        "report_count": 1,
        "event_count": 1,
        "name_keys": ["jane doe"],
    }
    seen: dict[str, JsonValue] = {
        "player_id": 1,
        "archetype": "Burn",
        "report_id": 1,
        "archetype_id": 1,
        "source": "seen",
        "confidence": "sure",
        "reported_at": "2026-11-24T10:00:00+01:00",
        "reporter_id": 1,
        unknown: "secret",
    }
    preview: dict[str, JsonValue] = {
        "outcome": "merge_preview",
        "kept": side,
        "merged": side,
        "events": [{"name": "Open", "observations": [seen]}],
    }

    with pytest.raises(StorageError) as caught:
        await PlayerMerges(_Answers(preview)).preview(
            guild_id=GuildId(1), kept_id=PlayerId(1), merged_id=PlayerId(2)
        )

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("names", [None, {}, "secret", [["1", "jane doe", "secret"]]])
async def test_a_guild_whose_players_names_cannot_be_read_is_not_one_without_players(
    names: JsonValue,
) -> None:
    answer: JsonValue = {"outcome": "roster_names", "event": EVENT, "names": names}

    with pytest.raises(StorageError) as caught:
        await RosterBook(_Answers(answer)).read_names(guild_id=GuildId(1))

    assert "secret" not in str(caught.value)
