"""What a storage may believe of queues without asking."""

from __future__ import annotations

from actors.testing import ManualClock
from scooty.core.outbox.known_empty import KnownEmpty
from scooty.domain.ids import GuildId

HERE, THERE = GuildId(1), GuildId(2)


async def test_an_empty_queue_is_believed_for_a_second() -> None:
    clock = ManualClock()
    known = KnownEmpty(clock)
    known.learn(HERE, known.turn(HERE))

    assert HERE in known
    assert THERE not in known
    await clock.advance(0.9)
    assert HERE in known
    await clock.advance(0.2)
    assert HERE not in known


def test_nothing_is_believed_while_and_after_something_is_queued() -> None:
    known = KnownEmpty(ManualClock())
    known.learn(HERE, known.turn(HERE))
    known.learn(THERE, known.turn(THERE))

    with known.filling(HERE):
        assert HERE not in known
        known.learn(HERE, known.turn(HERE))
        assert HERE not in known
    assert HERE not in known
    assert THERE in known


def test_an_answer_that_was_asked_for_before_something_was_queued_is_not_believed() -> None:
    known = KnownEmpty(ManualClock())
    asked = known.turn(HERE)

    with known.filling(HERE):
        pass
    known.learn(HERE, asked)

    assert HERE not in known
    known.learn(HERE, known.turn(HERE))
    assert HERE in known
