"""What hypothesis may draw for the supervisor's state machine: houses, orders, pauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from hypothesis import strategies as st

from actors.kernel import RestartIntensity
from tests.chaos.kernel.model_actor import Habits

if TYPE_CHECKING:
    from actors.kernel import Restart, Strategy
    from tests.chaos.kernel.model_actor import LetterKind, StartPlan

AMPLE_S = 200.0
"""A drain budget that leaves nothing."""

LastDeed: TypeAlias = Literal["drain", "stop"]

_NAMES = ("ant", "bee", "cat", "dog")
_RESTARTS: tuple[Restart, ...] = ("permanent", "permanent", "permanent", "transient", "temporary")
_STRATEGIES: tuple[Strategy, ...] = ("one_for_one", "rest_for_one", "one_for_all")
_PLANS: tuple[StartPlan, ...] = ("ready", "fails", "fails", "hangs")
_KINDS: tuple[LetterKind, ...] = (
    *("work", "work", "work", "work", "work", "work", "work", "fail", "fail", "fail", "fail"),
    *("quit", "quit", "hang", "fatal"),
)
_LAST_DEEDS: tuple[LastDeed, ...] = ("stop", "drain")

indexes = st.integers(0, 11)
"""To be taken modulo the number of what there is to choose from."""
pauses = st.sampled_from((0.0, 0.0, 0.0031, 0.0512, 0.173, 0.611, 3.07))
chances = st.sampled_from((False, False, False, True))
timeouts = st.sampled_from((0.2507, 3.0019, 60.0))
plans = st.sampled_from(_PLANS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A message to be sent."""

    kind: LetterKind
    seconds: float
    is_sure: bool


wishes = st.builds(
    Wish,
    kind=st.sampled_from(_KINDS),
    seconds=st.sampled_from((0.0, 0.0, 0.0137, 0.1713)),
    is_sure=st.booleans(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """All that is fixed for one life."""

    habits: tuple[Habits, ...]
    strategy: Strategy
    intensity: RestartIntensity
    first_starts: tuple[StartPlan, ...]
    """What the first start of each actor is to do."""
    drain_budget_s: float
    last_deed: LastDeed
    """How it ends when nothing else ends it."""


def make_habits(index: int, after: tuple[str, ...], restart: Restart, mailbox_size: int) -> Habits:
    """Return constants whose sums hardly ever meet."""
    return Habits(
        name=_NAMES[index],
        after=after,
        restart=restart,
        start_s=(0.02113, 0.02871, 0.03597, 0.04439)[index],
        stop_s=(0.00931, 0.01279, 0.01493, 0.01837)[index],
        start_timeout_s=(0.91103, 0.92227, 0.93371, 0.94493)[index],
        stop_timeout_s=(0.60703, 0.62411, 0.64127, 0.65839)[index],
        handle_timeout_s=(0.70309, 0.71693, 0.73081, 0.74471)[index],
        first_backoff_s=(0.10133, 0.11503, 0.12877, 0.14251)[index],
        max_backoff_s=(1.00913, 1.01327, 1.01737, 1.02149)[index],
        reset_after_s=2.0,
        mailbox_size=mailbox_size,
    )


@st.composite
def plots(draw: st.DrawFn) -> Plot:
    """Draw a house of two to four actors; each may come after any of those before it."""
    habits = [
        make_habits(
            index,
            tuple(name for name in _NAMES[:index] if draw(st.booleans())),
            draw(st.sampled_from(_RESTARTS)),
            draw(st.sampled_from((50, 5, 2))),
        )
        for index in range(draw(st.integers(2, len(_NAMES))))
    ]
    return Plot(
        habits=tuple(habits),
        strategy=draw(st.sampled_from(_STRATEGIES)),
        intensity=RestartIntensity(
            restarts=draw(st.sampled_from((1000, 1000, 1000, 5, 2, 0))), within_s=3.0
        ),
        first_starts=tuple(draw(st.lists(plans, max_size=len(habits)))),
        drain_budget_s=draw(st.sampled_from((AMPLE_S, 0.2, 0.0))),
        last_deed=draw(st.sampled_from(_LAST_DEEDS)),
    )
