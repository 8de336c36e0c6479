"""Queued reports that go to the database together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scooty.core.storage.player_card import PlayerCard
from scooty.errors import StorageError

if TYPE_CHECKING:
    from tests.scooty.core.outbox.conftest import House


async def queue(house: House, *opponents: str, archetype: str = "Burn") -> None:
    house.database.is_away = True
    for opponent in opponents:
        await house.report(opponent, archetype)


async def deliver(house: House) -> None:
    house.database.calls.clear()
    house.database.is_away = False
    await house.until_empty()


def reported(*opponents: str) -> list[str]:
    return [f"record_report {opponent}" for opponent in opponents]


async def test_after_one_that_finds_the_database_back_the_others_go_twenty_at_a_time(
    house: House,
) -> None:
    names = [f"Player Number{number:02}" for number in range(30)]
    await queue(house, *names)

    await deliver(house)

    assert house.database.calls == reported(*names)
    assert house.database.batches == [20, 9]


async def test_an_event_between_them_keeps_its_place(house: House) -> None:
    await queue(house, "One", "Two", "Three")
    await house.open_event("Another")
    await queue(house, "Four", "Five")

    await deliver(house)

    expected = [*reported("One", "Two", "Three"), "create_event", *reported("Four", "Five")]
    assert house.database.calls == expected
    assert house.database.batches == [2, 2]


@pytest.mark.parametrize("fault", [StorageError("refused"), ZeroDivisionError()])
async def test_one_that_is_not_accepted_keeps_none_of_the_others(
    house: House, fault: Exception
) -> None:
    await queue(house, "One", "Two", "Jane Doe", "Three", "Four")
    house.database.faults["Jane Doe"] = fault

    await deliver(house)

    stored = [call for call in house.database.calls if "Jane Doe" not in call]
    assert stored == reported("One", "Two", "Three", "Four")
    for name in ("One", "Two", "Three", "Four"):
        assert isinstance(found := await house.check(name), PlayerCard)
        assert found.report_count == 1


async def test_an_answer_to_many_that_was_lost_stores_none_of_them_twice(house: House) -> None:
    await queue(house, "One", "Two", "Two", "Three")
    house.database.is_away, house.database.loses_answers = False, True
    await house.until(lambda _: bool(house.database.calls[1:]))
    house.database.loses_answers = False

    await house.until_empty()

    assert isinstance(found := await house.check("Two"), PlayerCard)
    assert found.report_count == 2


async def test_one_of_an_unknown_archetype_is_told_and_the_others_are_stored(house: House) -> None:
    await queue(house, "One")
    await queue(house, "Two", archetype="Zzyzx")
    await queue(house, "Three")

    await deliver(house)

    assert house.database.batches == [2]
    assert isinstance(await house.check("Three"), PlayerCard)
    assert not isinstance(await house.check("Two"), PlayerCard)
