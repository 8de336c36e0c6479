"""People who scout at a steady rate, and what came of each thing they did."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sandbox.client import Person
    from sandbox.client_outcomes import Choices, Outcome

__all__ = ["MIX", "Record", "Scouts", "Verdict"]

Verdict: TypeAlias = Literal["well", "degraded", "failed"]
"""``degraded``: a clear answer that says what was not possible, or what waits."""

MIX: Final[tuple[tuple[str, float], ...]] = (
    ("autocomplete", 0.4),
    ("scout", 0.3),
    ("check", 0.2),
    ("stats", 0.1),
)
_WITHIN_S: Final = 3.0
_DEGRADED_ICONS: Final = ("❌", "⏳", "⚠️")
_KEPT_ICONS: Final = ("✅", "⏳")
_KNOWN_NAMES: Final = 200
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that somebody did."""

    gesture: str
    due_s: float
    latency_s: float
    verdict: Verdict


@dataclass
class Scouts:
    """Some people of one team.

    Args:
        people: Who act in turn.
    """

    people: Sequence[Person]
    records: list[Record] = field(default_factory=list)
    promised: list[str] = field(default_factory=list)
    """Opponents whose report was acknowledged as stored or as queued."""

    async def prepare(self) -> None:
        """Create the event, and report the opponents whom everybody looks up."""
        await self.people[0].command("admin create-event", name=f"Fault Open {next(_numbers)}")
        for start in range(0, _KNOWN_NAMES, 20):
            numbers = range(start, start + 20)
            await asyncio.gather(
                *(
                    self.people[n % len(self.people)].command(
                        "scout", opponent=_known(n), archetype="Burn"
                    )
                    for n in numbers
                )
            )

    async def act(self, *, rate: float, seconds: float, seed: int) -> None:
        """Do things for a while, open loop, and wait until all are answered."""
        randomness = random.Random(seed)  # noqa: S311 - a load, not a secret
        gestures, weights = zip(*MIX, strict=True)
        due_s = time.monotonic()
        end_s = due_s + seconds
        async with asyncio.TaskGroup() as group:
            for number in count():
                due_s += randomness.expovariate(rate)
                if due_s >= end_s:
                    return
                if (pause_s := due_s - time.monotonic()) > 0:
                    await asyncio.sleep(pause_s)
                gesture = randomness.choices(gestures, weights)[0]
                known = _known(randomness.randrange(_KNOWN_NAMES))
                person = self.people[number % len(self.people)]
                group.create_task(self._do(person, gesture, known, due_s))

    async def _do(self, person: Person, gesture: str, known: str, due_s: float) -> None:
        fresh = f"Fresh Number{next(_numbers):06}"
        outcome: Outcome | Choices
        match gesture:
            case "autocomplete":
                outcome = await person.autocomplete("scout", focused="opponent", opponent=known[:4])
            case "scout":
                outcome = await person.command("scout", opponent=fresh, archetype="Burn")
                if _icon(outcome) in _KEPT_ICONS:
                    self.promised.append(fresh)
            case "check":
                outcome = await person.command("check", name=known)
            case _:
                outcome = await person.command("stats")
        latency_s = time.monotonic() - due_s
        self.records.append(Record(gesture, due_s, latency_s, _verdict(outcome, latency_s)))


def _known(number: int) -> str:
    return f"Known {chr(97 + number % 26)}{chr(97 + number // 26)} Player{number:03}"


def _icon(outcome: Outcome | Choices) -> str:
    message = getattr(outcome, "message", None)
    embeds = message["embeds"] if message else []
    title: str = embeds[0].get("title", "") if embeds else ""
    return title.partition(" ")[0]


def _verdict(outcome: Outcome | Choices, latency_s: float) -> Verdict:
    if not outcome.ok or latency_s > _WITHIN_S:
        return "failed"
    return "degraded" if _icon(outcome) in _DEGRADED_ICONS else "well"
