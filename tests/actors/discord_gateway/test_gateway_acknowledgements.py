from __future__ import annotations

from actors.discord_gateway.acknowledgements import TOKEN_LIFE_S, Acknowledgements
from actors.testing import ManualClock


def test_an_interaction_waits_for_its_first_answer() -> None:
    acknowledgements = Acknowledgements(ManualClock())

    acknowledgements.add(1, attachment_size_limit=100)

    known = acknowledgements.find(1)
    assert (known.state, known.attachment_size_limit) == ("pending", 100)


def test_an_interaction_of_an_earlier_incarnation_is_taken_for_pending() -> None:
    assert Acknowledgements(ManualClock()).find(1).state == "pending"


def test_the_oldest_are_forgotten_beyond_the_capacity() -> None:
    acknowledgements = Acknowledgements(ManualClock(), capacity=3)

    for interaction_id in range(5):
        acknowledgements.add(interaction_id, attachment_size_limit=1)

    assert [number for number in range(5) if number in acknowledgements] == [2, 3, 4]


async def test_those_whose_token_is_dead_are_forgotten() -> None:
    clock = ManualClock()
    acknowledgements = Acknowledgements(clock)
    acknowledgements.add(1, attachment_size_limit=1)
    old = acknowledgements.find(1)

    await clock.advance(TOKEN_LIFE_S + 1)
    acknowledgements.add(2, attachment_size_limit=1)

    assert acknowledgements.has_expired(old)
    assert 1 not in acknowledgements
    assert len(acknowledgements) == 1


def test_a_finished_interaction_takes_no_room() -> None:
    acknowledgements = Acknowledgements(ManualClock())
    acknowledgements.add(1, attachment_size_limit=1)

    acknowledgements.forget(1)

    assert len(acknowledgements) == 0
