"""An open-loop load of scouting gestures: Poisson arrivals that do not wait for answers.

Latency counts from the moment a gesture was due, not from when it was sent, so that a generator
that falls behind shows as latency and not as a lower rate ("coordinated omission").
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sandbox.client import Person
    from sandbox.client_outcomes import Choices, Outcome

__all__ = ["DESK_MIX", "KNOWN_NAMES", "MIX", "Gesture", "LoadResult", "apply_load", "player_name"]

Gesture = Literal["autocomplete", "scout", "check", "ping", "stats"]

MIX: Final[tuple[tuple[Gesture, float], ...]] = (
    ("autocomplete", 0.4),
    ("scout", 0.3),
    ("check", 0.2),
    ("ping", 0.1),
)
DESK_MIX: Final[tuple[tuple[Gesture, float], ...]] = (
    ("autocomplete", 0.4),
    ("scout", 0.3),
    ("check", 0.25),
    ("stats", 0.05),
)
"""What a team does at an event; whoever types ``/ping`` is an operator."""
STATS_MIX: Final[tuple[tuple[Gesture, float], ...]] = (
    ("autocomplete", 0.4),
    ("scout", 0.3),
    ("check", 0.2),
    ("stats", 0.1),
)
"""The field changes all the time, so each ``/stats`` counts anew."""
_ARCHETYPES: Final = ("Jeskai Control", "Mono-Red Aggro", "Izzet Phoenix", "Amulet Titan", "Burn")
_NEW_NAME_SHARE: Final = 0.3
KNOWN_NAMES: Final = 400


@dataclass(slots=True)
class LoadResult:
    """What one run of load saw."""

    rate: float
    """Gestures per second that were due."""
    latencies_ms: dict[Gesture, list[float]] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many gestures were made."""
        return sum(map(len, self.latencies_ms.values())) + self.failures.total()

    @property
    def failed_share(self) -> float:
        """Failed gestures / all gestures."""
        return self.failures.total() / max(1, self.total)

    def quantile_ms(self, share: float, gesture: Gesture | None = None) -> float:
        """Return the latency under which ``share`` of the answered gestures stayed."""
        chosen = [gesture] if gesture else list(self.latencies_ms)
        values = sorted(value for key in chosen for value in self.latencies_ms.get(key, []))
        return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def player_name(number: int) -> str:
    """Return an invented name, the same for the same number."""
    randomness = random.Random(number)  # noqa: S311 - names, not secrets
    first = "".join(randomness.choices(("ka", "lo", "mi", "ra", "te", "vu", "zen"), k=2)).title()
    last = "".join(randomness.choices(("bor", "dan", "fel", "gus", "hem", "jor"), k=3)).title()
    return f"{first} {last} {number}"


async def apply_load(  # noqa: PLR0913 - what there is to say of a load
    people: Sequence[Person],
    *,
    rate: float,
    seconds: float,
    seed: int,
    names_from: int,
    known_names: int = KNOWN_NAMES,
    mix: tuple[tuple[Gesture, float], ...] = MIX,
) -> LoadResult:
    """Make ``rate * seconds`` gestures by ``people`` and wait for all of them.

    Args:
        people: Who acts, in turn.
        rate: Gestures per second, on average.
        seconds: For how long.
        seed: Of arrivals and choices.
        names_from: The first number of names that nobody has reported yet.
        known_names: How many names have been reported; they are asked for, and reported again.
        mix: Gestures and their shares.
    """
    randomness = random.Random(seed)  # noqa: S311 - a load, not a secret
    result = LoadResult(rate=rate)
    gestures, weights = zip(*mix, strict=True)
    due = start = time.perf_counter()
    fresh = names_from
    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * seconds)):
            due += randomness.expovariate(rate)
            if (pause := due - time.perf_counter()) > 0:
                await asyncio.sleep(pause)
            gesture = randomness.choices(gestures, weights)[0]
            name = player_name(randomness.randrange(known_names))
            if gesture == "scout" and randomness.random() < _NEW_NAME_SHARE:
                name, fresh = player_name(fresh), fresh + 1
            person = people[number % len(people)]
            archetype = randomness.choice(_ARCHETYPES)
            group.create_task(_act(result, person, gesture, due, name, archetype))
    result.rate = result.total / (time.perf_counter() - start)
    return result


async def _act(  # noqa: PLR0913, PLR0917 - one gesture has these parts
    result: LoadResult, person: Person, gesture: Gesture, due: float, name: str, archetype: str
) -> None:
    outcome = await _gesture(person, gesture, name, archetype)
    if outcome.ok:
        elapsed_ms = (time.perf_counter() - due) * 1000
        result.latencies_ms.setdefault(gesture, []).append(elapsed_ms)
    else:
        result.failures[f"{gesture}: {outcome.error}"] += 1


async def _gesture(
    person: Person, gesture: Gesture, name: str, archetype: str
) -> Outcome | Choices:
    match gesture:
        case "autocomplete":
            return await person.autocomplete("scout", focused="opponent", opponent=name[:3])
        case "scout":
            return await person.command("scout", opponent=name, archetype=archetype)
        case "check":
            return await person.command("check", name=name)
        case "ping":
            return await person.command("ping")
        case "stats":
            return await person.command("stats")
