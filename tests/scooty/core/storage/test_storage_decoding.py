"""The functions' JSON, in forms it should not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scooty.core.storage.decoding import archetype_suggestions, opponent_suggestions, outcome
from scooty.core.storage.port import EventCreated, EventNameTaken, NoActiveEvent, NobodyFound
from scooty.errors import StorageError

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
