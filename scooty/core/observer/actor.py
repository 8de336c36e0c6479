"""The observer: counts what the desk did, and says when an objective is in danger.

Owns:
    The counters and histograms of all commands, and three days of good and bad minutes.

Loses at restart:
    All of them; Prometheus takes that for a counter's reset, and a window begins anew. What is in
    the mailbox survives.

Failure modes:
    A flood: the oldest words wait until they are dropped, which costs numbers and nobody's answer,
    since the desk only tells it and never waits. The gateway silent: that moment counts as one in
    which nobody could be answered.

Asks: the gateway, whether people can be answered.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from typing_extensions import override

from actors.discord_gateway.messages import GetGatewayHealth
from actors.kernel import ActorKitError, AsyncioActor, current_correlation_id
from scooty.core.observer.messages import (
    DURATION_BOUNDS_S,
    Alarms,
    CommandCount,
    CommandDurations,
    GetAlarms,
    GetMeasurements,
    InteractionHandled,
    Measurements,
    ObserverMessage,
)
from scooty.domain.objectives import (
    AVAILABILITY,
    OBJECTIVES,
    RULES,
    SPEED,
    SUCCESS,
    Burn,
    GoodShare,
    Objective,
    ObjectiveState,
    WindowShare,
    burn_rate,
    find_burn,
)

if TYPE_CHECKING:
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address
    from scooty.core.observer.messages import Outcome

Trace: TypeAlias = Callable[[InteractionHandled, str], None]
"""Takes an interaction and its correlation id."""

_LOOK_S: Final = 10.0
_PROBE_S: Final = 1.0
_SLOW_S: Final = 1.5
_ANSWERED: Final = frozenset({"ok", "refused"})
_WINDOWS_S: Final = tuple(sorted({seconds for r in RULES for seconds in (r.short_s, r.long_s)}))


class Observer(AsyncioActor[ObserverMessage]):
    """Measures the service.

    Args:
        gateway: Asked whether it is connected.
        trace: Called for each interaction, at once and without waiting; None where nobody traces.
    """

    def __init__(self, *, gateway: Address[GatewayMessage], trace: Trace | None = None) -> None:
        super().__init__()
        self._gateway = gateway
        self._trace = trace
        self._counts: Counter[tuple[str, str, Outcome]] = Counter()
        self._durations: dict[tuple[str, str], list[int]] = {}
        self._sums_s: defaultdict[tuple[str, str], float] = defaultdict(float)
        self._shares = {objective.name: GoodShare() for objective in OBJECTIVES}
        self._alarms: dict[str, Burn] = {}

    @override
    async def on_start(self) -> None:
        """Begin to look whether people can be answered."""
        self.spawn(self._look(), name="look")

    @override
    async def on_receive(self, message: ObserverMessage) -> Measurements | Alarms | None:
        match message:
            case InteractionHandled():
                self._count(message)
                if self._trace is not None:
                    self._trace(message, current_correlation_id())
                return None
            case GetMeasurements():
                return self._measurements()
            case GetAlarms():
                return Alarms(burns=tuple(self._alarms.values()))
            case _:
                assert_never(message)

    def _count(self, handled: InteractionHandled) -> None:
        key = (handled.command, handled.kind)
        self._counts[*key, handled.outcome] += 1
        buckets = self._durations.setdefault(key, [0] * (len(DURATION_BOUNDS_S) + 1))
        buckets[bisect_left(DURATION_BOUNDS_S, handled.duration_s)] += 1
        self._sums_s[key] += handled.duration_s
        now_s = self.clock.monotonic_s()
        self._shares[SUCCESS.name].count(now_s, good=handled.outcome in _ANSWERED)
        self._shares[SPEED.name].count(now_s, good=handled.duration_s <= _SLOW_S)

    async def _look(self) -> None:
        while True:
            await self.clock.sleep(_LOOK_S)
            self._shares[AVAILABILITY.name].count(
                self.clock.monotonic_s(), good=await self._is_reachable()
            )
            for objective in OBJECTIVES:
                self._alarm(objective)

    async def _is_reachable(self) -> bool:
        try:
            health = await self._gateway.ask(GetGatewayHealth(), timeout_s=_PROBE_S)
        except ActorKitError:
            return False
        return health.state == "connected"

    def _alarm(self, objective: Objective) -> None:
        """Log an alarm when it begins and when it is over, not in between."""
        burn = find_burn(objective, self._shares[objective.name], self.clock.monotonic_s())
        known = self._alarms.pop(objective.name, None)
        if burn is not None:
            self._alarms[objective.name] = burn
        if burn is not None and known is None:
            self.log.error(
                "objective.burning",
                objective=objective.name,
                target=objective.target,
                severity=burn.rule.severity,
                burn_rate=round(burn.rate, 1),
                window_s=burn.rule.long_s,
            )
        elif burn is None and known is not None:
            self.log.info("objective.recovered", objective=objective.name)

    def _measurements(self) -> Measurements:
        return Measurements(
            commands=tuple(
                CommandCount(command=command, kind=kind, outcome=outcome, count=count)
                for (command, kind, outcome), count in sorted(self._counts.items())
            ),
            durations=tuple(
                CommandDurations(
                    command=command,
                    kind=kind,
                    counts=tuple(buckets),
                    sum_s=self._sums_s[command, kind],
                )
                for (command, kind), buckets in sorted(self._durations.items())
            ),
            objectives=tuple(map(self._state, OBJECTIVES)),
        )

    def _state(self, objective: Objective) -> ObjectiveState:
        now_s = self.clock.monotonic_s()
        share = self._shares[objective.name]
        windows = []
        for window_s in _WINDOWS_S:
            good, bad = share.within(now_s, window_s)
            rate = burn_rate(objective, good, bad)
            windows.append(WindowShare(window_s=window_s, good=good, bad=bad, burn_rate=rate))
        return ObjectiveState(
            objective=objective, windows=tuple(windows), burn=find_burn(objective, share, now_s)
        )
