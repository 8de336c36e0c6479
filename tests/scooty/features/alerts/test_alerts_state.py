"""What is told, when, and how often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scooty.features.alerts.alert_state import AlertState
from scooty.features.alerts.rules import AlertLine, Trouble

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SCOPE = Trouble(kind="scope", about="1")
OTHER_SCOPE = Trouble(kind="scope", about="2")
REDIS = Trouble(kind="redis")
BUDGET = Trouble(kind="budget", about="speed")


def at(now_s: float) -> datetime:
    return START + timedelta(seconds=now_s)


def look(alert_state: AlertState, now_s: float, *troubles: Trouble) -> list[AlertLine]:
    return alert_state.observe(troubles, now_s=now_s, now=at(now_s))


def tell(alert_state: AlertState, now_s: float) -> list[tuple[str, str]]:
    """Tell what is due, as Discord takes it; return what and how."""
    batch = alert_state.due(now_s)
    if batch is None:
        return []
    alert_state.told(batch, now_s)
    return [(alert_line.trouble.kind, alert_line.state) for alert_line in batch.alert_lines]


def test_a_trouble_is_told_once_while_it_lasts_and_once_when_it_is_over() -> None:
    alert_state, told = AlertState(), []

    for now_s in range(0, 3_000, 10):
        look(alert_state, now_s, *([SCOPE] if now_s < 2_000 else []))
        told += tell(alert_state, now_s)

    assert told == [("scope", "began"), ("scope", "ended")]


def test_what_heals_by_itself_within_its_patience_is_never_told() -> None:
    alert_state = AlertState()

    news = [*look(alert_state, 0, REDIS), *look(alert_state, 29, REDIS), *look(alert_state, 30)]

    assert news == []
    assert tell(alert_state, 30) == []


def test_what_outlasts_its_patience_is_told_with_the_time_when_it_began() -> None:
    alert_state = AlertState()

    look(alert_state, 0, REDIS)
    news = look(alert_state, 30, REDIS)

    assert news == [AlertLine(state="began", trouble=REDIS, at=at(0))]


def test_the_end_says_how_long_it_lasted() -> None:
    alert_state = AlertState()
    look(alert_state, 0, REDIS)
    look(alert_state, 40, REDIS)

    (ended,) = look(alert_state, 100)

    assert ended == AlertLine(state="ended", trouble=REDIS, at=at(100), lasted_s=100)


def test_a_trouble_that_gets_worse_is_told_once_more_and_one_that_eases_is_not() -> None:
    worse = Trouble(kind="budget", about="speed", level=1)
    alert_state = AlertState()

    told = []
    for now_s, trouble in enumerate((BUDGET, BUDGET, worse, worse, BUDGET, worse)):
        look(alert_state, now_s, trouble)
        told += tell(alert_state, now_s)

    assert told == [("budget", "began"), ("budget", "began")]


def test_what_nobody_could_say_anything_of_is_taken_to_last() -> None:
    alert_state = AlertState()
    look(alert_state, 0, SCOPE)

    news = alert_state.observe((), unknown={"scope"}, now_s=10, now=at(10))

    assert news == []
    assert [alert_line.state for alert_line in look(alert_state, 20)] == ["ended"]


def test_troubles_of_all_kinds_that_are_due_together_are_one_message() -> None:
    alert_state = AlertState()

    look(alert_state, 0, SCOPE, OTHER_SCOPE, BUDGET)

    assert tell(alert_state, 0) == [("scope", "began"), ("scope", "began"), ("budget", "began")]


def test_what_could_not_be_told_waits_and_is_over_in_one_word() -> None:
    alert_state = AlertState()

    look(alert_state, 0, SCOPE)
    alert_state.due(0)  # Discord did not take it
    look(alert_state, 500)
    batch = alert_state.due(500)

    assert batch is not None
    assert [(alert_line.state, alert_line.lasted_s) for alert_line in batch.alert_lines] == [
        ("ended", 500)
    ]
    assert batch.left_out == 0


def test_a_flapping_trouble_is_two_messages_in_ten_minutes_and_the_rest_is_counted() -> None:
    alert_state, messages, left_out = AlertState(), [], []

    for now_s in range(0, 1_200, 10):
        look(alert_state, now_s, *([SCOPE] if now_s // 10 % 2 == 0 else []))
        batch = alert_state.due(now_s)
        if batch is not None:
            alert_state.told(batch, now_s)
            messages.append(now_s)
            left_out.append(batch.left_out)

    assert messages == [0, 10, 600, 610]
    # 58 changes waited; the last of them was told, and each end said all of its beginning.
    assert left_out == [0, 0, 29, 0]


def test_one_flapping_kind_does_not_hold_the_others_back() -> None:
    alert_state = AlertState()
    for now_s in range(0, 50, 10):
        look(alert_state, now_s, *([SCOPE] if now_s // 10 % 2 == 0 else []))
        tell(alert_state, now_s)

    look(alert_state, 60, SCOPE, BUDGET)

    assert tell(alert_state, 60) == [("budget", "began")]


def test_a_newer_word_that_came_up_while_the_message_was_under_way_still_waits() -> None:
    alert_state = AlertState()
    look(alert_state, 0, SCOPE)
    under_way = alert_state.due(0)
    assert under_way is not None

    look(alert_state, 1)
    alert_state.told(under_way, 2)

    assert tell(alert_state, 2) == [("scope", "ended")]


def test_what_happened_once_is_told_once_and_a_second_time_when_it_happens_again() -> None:
    alert_state, commands = AlertState(), Trouble(kind="commands")

    told = []
    for now_s, happened_s in ((0, 0), (10, 0), (20, 15)):
        alert_state.happened(commands, at=at(happened_s))
        told += tell(alert_state, now_s)

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
    alert_state, now_s = AlertState(), 0.0
    told_at_s: dict[str, list[float]] = {}
    last_told: dict[object, str] = {}

    for pause_s, troubles, is_reachable in looks:
        now_s += pause_s
        look(alert_state, now_s, *troubles)
        batch = alert_state.due(now_s)
        if batch is None or not is_reachable:
            continue
        alert_state.told(batch, now_s)
        for kind in batch.kinds:
            told_at_s.setdefault(kind, []).append(now_s)
        last_told |= {alert_line.trouble.key: alert_line.state for alert_line in batch.alert_lines}
    for _ in range(2):
        now_s += 700
        present = {trouble.key for trouble in looks[-1][1]} if looks else set()
        look(alert_state, now_s, *(looks[-1][1] if looks else ()))
        if (batch := alert_state.due(now_s)) is not None:
            alert_state.told(batch, now_s)
            last_told |= {
                alert_line.trouble.key: alert_line.state for alert_line in batch.alert_lines
            }

    for times in told_at_s.values():
        assert all(later - earlier >= 600 for earlier, later in zip(times, times[2:], strict=False))
    # In the end what was told last is how it is.
    assert {key for key, state in last_told.items() if state == "began"} == (
        present if looks else set()
    )
