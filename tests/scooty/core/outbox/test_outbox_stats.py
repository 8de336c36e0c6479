"""What ``/stats`` says of reports that wait for the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scooty.errors import StorageUnavailable
from scooty.features.reports.calls.recording import ReportQueued
from scooty.features.stats.calls import EventStats

if TYPE_CHECKING:
    from tests.scooty.core.outbox.conftest import House


async def test_queued_reports_are_counted_as_queued_and_as_nothing_else(house: House) -> None:
    await house.report("Jane Doe")
    house.database.is_away = True
    assert isinstance(await house.report("Jon Doe"), ReportQueued)
    assert isinstance(await house.report("Zoe Roe"), ReportQueued)
    house.database.is_away = False

    found = await house.storage.read_stats(guild_id=house.guild_id)

    assert isinstance(found, EventStats)
    assert (found.seen, found.known, found.queued) == (1, 1, 2)


async def test_without_the_database_and_anything_kept_there_are_no_figures(house: House) -> None:
    house.database.is_away = True
    await house.report("Jon Doe")

    with pytest.raises(StorageUnavailable):
        await house.storage.read_stats(guild_id=house.guild_id)
