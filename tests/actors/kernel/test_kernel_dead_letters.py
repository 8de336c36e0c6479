"""What nobody handles is counted and logged."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from actors.kernel import ActorSystem, GetStatistics, Query, UnknownMessageError, correlation
from actors.testing import virtual_time
from tests.actors.kernel.kernel_desk import Note, desk_spec, dropped_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger(Query[int]):
    pass


@virtual_time
async def test_an_unknown_message_is_a_dead_letter_with_the_senders_correlation_id() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    async with system.running([desk_spec()]):
        with capture_logs() as lines, correlation("from-outside"):
            with pytest.raises(UnknownMessageError, match="desk does not handle Stranger"):
                await desk.ask(Stranger(), timeout_s=1)
            desk.tell(Stranger())  # type: ignore[arg-type]
        (statistics,) = (await system.supervisor.ask(GetStatistics(), timeout_s=1)).actors

    (line,) = [line for line in lines if line["event"] == "actor.dead_letter"]
    assert line["correlation_id"] == "from-outside"
    assert line["reason"] == "unknown"
    assert statistics.incarnation == 1


@virtual_time
async def test_dead_letters_are_all_counted_and_logged_once_for_each_kind() -> None:
    system = ActorSystem()
    desk = system.address("desk")

    with capture_logs() as lines:
        async with system.running([desk_spec(mailbox_size=1)]):
            for number in range(10):
                desk.tell(Note(number=number))
            dropped = await dropped_by(system)

    assert dropped == 9
    assert len([line for line in lines if line["event"] == "actor.dead_letter"]) == 1
