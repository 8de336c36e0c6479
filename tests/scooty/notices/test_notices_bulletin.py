"""What is told, when, and how often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.troubles import Tiding, Trouble
from scooty.notices.bulletin import Bulletin

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SCOPE = Trouble(kind="scope", about="1")
OTHER_SCOPE = Trouble(kind="scope", about="2")
REDIS = Trouble(kind="redis")
BUDGET = Trouble(kind="budget", about="speed")


def at(now_s: float) -> datetime:
    return START + timedelta(seconds=now_s)


def look(bulletin: Bulletin, now_s: float, *troubles: Trouble) -> list[Tiding]:
    return bulletin.observe(troubles, now_s=now_s, now=at(now_s))


def tell(bulletin: Bulletin, now_s: float) -> list[tuple[str, str]]:
    """Tell what is due, as Discord takes it; return what and how."""
    batch = bulletin.due(now_s)
    if batch is None:
        return []
    bulletin.told(batch, now_s)
    return [(tiding.trouble.kind, tiding.state) for tiding in batch.tidings]


def test_a_trouble_is_told_once_while_it_lasts_and_once_when_it_is_over() -> None:
    bulletin, told = Bulletin(), []

    for now_s in range(0, 3_000, 10):
        look(bulletin, now_s, *([SCOPE] if now_s < 2_000 else []))
        told += tell(bulletin, now_s)

    assert told == [("scope", "began"), ("scope", "ended")]


def test_what_heals_by_itself_within_its_patience_is_never_told() -> None:
    bulletin = Bulletin()

    news = [*look(bulletin, 0, REDIS), *look(bulletin, 29, REDIS), *look(bulletin, 30)]

    assert news == []
    assert tell(bulletin, 30) == []


def test_what_outlasts_its_patience_is_told_with_the_time_when_it_began() -> None:
    bulletin = Bulletin()

    look(bulletin, 0, REDIS)
    news = look(bulletin, 30, REDIS)

    assert news == [Tiding(state="began", trouble=REDIS, at=at(0))]


def test_the_end_says_how_long_it_lasted() -> None:
    bulletin = Bulletin()
    look(bulletin, 0, REDIS)
    look(bulletin, 40, REDIS)

    (ended,) = look(bulletin, 100)

    assert ended == Tiding(state="ended", trouble=REDIS, at=at(100), lasted_s=100)


def test_a_trouble_that_gets_worse_is_told_once_more_and_one_that_eases_is_not() -> None:
    worse = Trouble(kind="budget", about="speed", level=1)
    bulletin = Bulletin()

    told = []
    for now_s, trouble in enumerate((BUDGET, BUDGET, worse, worse, BUDGET, worse)):
        look(bulletin, now_s, trouble)
        told += tell(bulletin, now_s)

    assert told == [("budget", "began"), ("budget", "began")]


def test_what_nobody_could_say_anything_of_is_taken_to_last() -> None:
    bulletin = Bulletin()
    look(bulletin, 0, SCOPE)

    news = bulletin.observe((), unknown={"scope"}, now_s=10, now=at(10))

    assert news == []
    assert [tiding.state for tiding in look(bulletin, 20)] == ["ended"]


def test_troubles_of_all_kinds_that_are_due_together_are_one_message() -> None:
    bulletin = Bulletin()

    look(bulletin, 0, SCOPE, OTHER_SCOPE, BUDGET)

    assert tell(bulletin, 0) == [("scope", "began"), ("scope", "began"), ("budget", "began")]


def test_what_could_not_be_told_waits_and_is_over_in_one_word() -> None:
    bulletin = Bulletin()

    look(bulletin, 0, SCOPE)
    bulletin.due(0)  # Discord did not take it
    look(bulletin, 500)
    batch = bulletin.due(500)

    assert batch is not None
    assert [(tiding.state, tiding.lasted_s) for tiding in batch.tidings] == [("ended", 500)]
    assert batch.left_out == 0


def test_a_flapping_trouble_is_two_messages_in_ten_minutes_and_the_rest_is_counted() -> None:
    bulletin, messages, left_out = Bulletin(), [], []

    for now_s in range(0, 1_200, 10):
        look(bulletin, now_s, *([SCOPE] if now_s // 10 % 2 == 0 else []))
        batch = bulletin.due(now_s)
        if batch is not None:
            bulletin.told(batch, now_s)
            messages.append(now_s)
            left_out.append(batch.left_out)

    assert messages == [0, 10, 600, 610]
    # 58 changes waited; the last of them was told, and each end said all of its beginning.
    assert left_out == [0, 0, 29, 0]


def test_one_flapping_kind_does_not_hold_the_others_back() -> None:
    bulletin = Bulletin()
    for now_s in range(0, 50, 10):
        look(bulletin, now_s, *([SCOPE] if now_s // 10 % 2 == 0 else []))
        tell(bulletin, now_s)

    look(bulletin, 60, SCOPE, BUDGET)

    assert tell(bulletin, 60) == [("budget", "began")]


def test_a_newer_word_that_came_up_while_the_message_was_under_way_still_waits() -> None:
    bulletin = Bulletin()
    look(bulletin, 0, SCOPE)
    under_way = bulletin.due(0)
    assert under_way is not None

    look(bulletin, 1)
    bulletin.told(under_way, 2)

    assert tell(bulletin, 2) == [("scope", "ended")]


def test_what_happened_once_is_told_once_and_a_second_time_when_it_happens_again() -> None:
    bulletin, commands = Bulletin(), Trouble(kind="commands")

    told = []
    for now_s, happened_s in ((0, 0), (10, 0), (20, 15)):
        bulletin.happened(commands, at=at(happened_s))
        told += tell(bulletin, now_s)

    assert told == [("commands", "happened"), ("commands", "happened")]


@given(
    st.lists(
        st.tuples(
            st.floats(1, 400),
            st.sets(st.sampled_from((SCOPE, OTHER_SCOPE, BUDGET, REDIS)), max_size=4),
            st.booleans(),
        ),
        max_size=60,
    )
)
def test_whatever_happens_nobody_is_told_more_than_twice_in_ten_minutes_of_one_kind_nor_nothing(
    looks: list[tuple[float, set[Trouble], bool]],
) -> None:
    bulletin, now_s = Bulletin(), 0.0
    told_at_s: dict[str, list[float]] = {}
    last_told: dict[object, str] = {}

    for pause_s, troubles, is_reachable in looks:
        now_s += pause_s
        look(bulletin, now_s, *troubles)
        batch = bulletin.due(now_s)
        if batch is None or not is_reachable:
            continue
        bulletin.told(batch, now_s)
        for kind in batch.kinds:
            told_at_s.setdefault(kind, []).append(now_s)
        last_told |= {tiding.trouble.key: tiding.state for tiding in batch.tidings}
    for _ in range(2):
        now_s += 700
        present = {trouble.key for trouble in looks[-1][1]} if looks else set()
        look(bulletin, now_s, *(looks[-1][1] if looks else ()))
        if (batch := bulletin.due(now_s)) is not None:
            bulletin.told(batch, now_s)
            last_told |= {tiding.trouble.key: tiding.state for tiding in batch.tidings}

    for times in told_at_s.values():
        assert all(later - earlier >= 600 for earlier, later in zip(times, times[2:], strict=False))
    # In the end what was told last is how it is.
    assert {key for key, state in last_told.items() if state == "began"} == (
        present if looks else set()
    )
