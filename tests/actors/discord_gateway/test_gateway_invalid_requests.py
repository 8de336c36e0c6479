"""Ten refusals in a row pause everything, as Discord bans an address for 10,000 in 10 minutes."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from actors.discord_gateway.invalid_requests import InvalidRequests
from actors.testing import ManualClock


@dataclass
class Watched:
    clock: ManualClock = field(default_factory=ManualClock)
    sentences: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.invalid = InvalidRequests(
            monotonic_s=self.clock.monotonic_s, report=self.sentences.append
        )

    def refuse(self, times: int, status: int = 403) -> None:
        for _ in range(times):
            self.invalid.note(status)


@pytest.mark.parametrize("status", [401, 403, 429])
def test_ten_refusals_in_a_row_pause_and_say_so(status: int) -> None:
    watched = Watched()

    watched.refuse(9, status)
    before = watched.invalid.wait_s()
    watched.refuse(1, status)

    assert before == 0
    assert 0.8 <= watched.invalid.wait_s() <= 1.2
    [sentence] = watched.sentences
    assert sentence is not None
    assert f"HTTP {status}" in sentence


@pytest.mark.parametrize("status", [200, 204, 400, 404, 500])
def test_any_other_answer_begins_the_count_anew(status: int) -> None:
    watched = Watched()

    watched.refuse(9)
    watched.invalid.note(status)
    watched.refuse(9)

    assert watched.invalid.wait_s() == 0
    assert watched.invalid.total == 18


def test_a_limit_that_is_shared_with_others_does_not_count() -> None:
    watched = Watched()

    for _ in range(30):
        watched.invalid.note(429, scope="shared")

    assert watched.invalid.wait_s() == 0
    assert watched.invalid.total == 0


async def test_after_the_pause_one_request_is_tried_and_the_others_wait_for_it() -> None:
    watched = Watched()
    watched.refuse(10)

    await watched.clock.advance(1.3)

    assert watched.invalid.wait_s() == 0
    assert watched.invalid.wait_s() > 0


async def test_a_trial_that_is_refused_pauses_for_longer_and_one_that_is_taken_ends_it() -> None:
    watched = Watched()
    watched.refuse(10)
    await watched.clock.advance(1.3)
    assert watched.invalid.wait_s() == 0

    watched.refuse(1)
    longer_s = watched.invalid.wait_s()
    await watched.clock.advance(3)
    watched.invalid.note(204)

    assert longer_s >= 1.6
    assert watched.invalid.wait_s() == 0
    assert watched.sentences[-1] is None
