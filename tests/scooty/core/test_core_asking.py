"""`ask_or`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from actors.kernel import ActorFailedError, ActorSystem
from actors.scheduler.messages import Jobs, LedgerAway, ListJobs
from actors.testing import Probe
from scooty.core.asking import ask_or

if TYPE_CHECKING:
    from actors.kernel import Address


async def say(scheduler: Address[ListJobs] | None) -> Jobs | LedgerAway | str:
    return await ask_or(scheduler, ListJobs(), timeout_s=5, otherwise="silence")


async def test_what_an_actor_says_is_returned() -> None:
    probe = Probe()
    probe.answer(ListJobs, Jobs())

    assert await say(probe.address) == Jobs()


async def test_one_that_failed_or_is_not_there_is_silent() -> None:
    probe = Probe()
    probe.answer(ListJobs, ActorFailedError(name="probe", kind="OSError"))

    silent = [probe.address, ActorSystem().address("never started"), None]

    assert [await say(each) for each in silent] == ["silence"] * 3


async def test_a_fault_of_the_asker_is_no_silence() -> None:
    with pytest.raises(ValueError, match="deadline"):
        await ask_or(Probe().address, ListJobs(), timeout_s=0, otherwise=None)
