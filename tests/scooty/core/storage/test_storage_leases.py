"""One contract for leases: in memory, and in the database."""

from __future__ import annotations

import asyncio
import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from actors.lease import InMemoryLeases, LeaseStore
from scooty.core.storage.sql_leases import SqlLeases

if TYPE_CHECKING:
    from scooty.core.calls import Sql
    from tests.asked import Asked

LONG_S = 300.0
OVER_S = -1.0
"""A lease that is over as soon as it is taken, so that nobody has to wait for its end."""

_numbers = itertools.count(time.time_ns() // 1000)


@pytest.fixture
def leases(database: Asked | None) -> LeaseStore:
    if database is None:
        return InMemoryLeases(lambda: datetime.now(UTC))
    return SqlLeases(cast("Sql", database.road)._repository)


@pytest.fixture
def name() -> str:
    return f"shard {next(_numbers)}"


async def test_a_free_lease_is_taken_and_kept_from_others(leases: LeaseStore, name: str) -> None:
    first = await leases.take(name, owner="a", lease_s=LONG_S)
    other = await leases.take(name, owner="b", lease_s=LONG_S)

    assert (first.held, first.epoch) == (True, 1)
    assert first.expires_at > datetime.now(UTC) + timedelta(seconds=LONG_S / 2)
    assert (other.held, other.epoch, other.expires_at) == (False, 1, first.expires_at)


async def test_its_holder_renews_it_in_the_same_epoch(leases: LeaseStore, name: str) -> None:
    first = await leases.take(name, owner="a", lease_s=LONG_S)
    renewed = await leases.take(name, owner="a", lease_s=LONG_S * 2)

    assert (renewed.held, renewed.epoch) == (True, 1)
    assert renewed.expires_at > first.expires_at


@pytest.mark.parametrize("owner", ["a", "b"])
async def test_a_lease_that_ran_out_is_taken_in_a_new_epoch(
    leases: LeaseStore, name: str, owner: str
) -> None:
    await leases.take(name, owner="a", lease_s=OVER_S)

    taken = await leases.take(name, owner=owner, lease_s=LONG_S)

    assert (taken.held, taken.epoch) == (True, 2)


async def test_a_lease_that_is_given_back_is_free_at_once(leases: LeaseStore, name: str) -> None:
    await leases.take(name, owner="a", lease_s=LONG_S)

    not_ones_own = await leases.release(name, owner="b")
    given_back = await leases.release(name, owner="a")

    assert (not_ones_own, given_back) == (False, True)
    assert (await leases.take(name, owner="b", lease_s=LONG_S)).held


async def test_of_many_that_ask_at_once_one_gets_it(leases: LeaseStore, name: str) -> None:
    taken = await asyncio.gather(
        *(leases.take(name, owner=str(number), lease_s=LONG_S) for number in range(16))
    )

    assert sum(each.held for each in taken) == 1
