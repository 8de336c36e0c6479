"""How good predictions are at a made-up event: `python -m bench.predict`.

The event, drawn by five fixed seeds. 36 archetypes, the n-th of them played 1/n as often as the
first, in six families of six. An archetype has 8 cards of its own, 4 that it shares with another
one of its family, 10 that all of its family play, and 8 that everybody plays; a player's deck lacks
each with a chance of 15 %. An earlier event of 200 and this one of 400 players are scouted alike:

- 60 %  of the players are reported, the others are nobody's
- 70 %  of the reports note cards: 1 to 4, a card of the archetype's own three times as often
-  4 %  of the reports name another archetype of the family
-  5 %  of the cards noted were misread for another of the family's
- 75 %  are sure, the others likely
- 40 %  of this event's players played the earlier one, and 55 % of those play the same deck again

Then each player whom nobody reported is predicted from 0 to 4 cards, drawn as the reports' are.
*Named* is how many of the predictions name a deck; the others abstain, and say why. *Right* is how
many of those named the deck that is played, *said* the mean probability of the first prospect,
and *worth* the mean of the reliability that is shown, which is measured on the reports alone.

At last one prediction at an event of 2,000 players, of whom an earlier one had 1,000: what it costs
its thread, and the longest that the event loop waited beside it.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from scooty.domain.ids import ArchetypeId
from scooty.domain.observations import Confidence
from scooty.features.predictions.rules.calibration import Trial, calibrate
from scooty.features.predictions.rules.forecast import (
    NotedDeck,
    NotedField,
    NotedPlayer,
    Spelled,
    forecast,
)
from scooty.runtime.cli.collecting import collect_seldom

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from scooty.features.predictions.rules.forecast import Forecast

T = TypeVar("T")

SEED: Final = 20261124
FAMILIES: Final = 6
ARCHETYPES: Final = 36
EARLIER, PLAYERS = 200, 400


@dataclass(frozen=True, kw_only=True)
class Deck:
    """Cards of an archetype, each with how often it is noted."""

    archetype: ArchetypeId
    cards: dict[str, int]


@dataclass(kw_only=True)
class Player:
    """Somebody at the event."""

    deck: Deck
    past: tuple[ArchetypeId, ...] = ()
    noted: Spelled = field(default_factory=Spelled)
    reported: ArchetypeId | None = None
    confidence: Confidence = Confidence.SURE


class World:
    """What is played, and what is noted of it."""

    def __init__(self, seed: int, *, earlier: int = EARLIER, players: int = PLAYERS) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a model, no secret
        self._lists = {n: self._archetype(n) for n in range(1, ARCHETYPES + 1)}
        been = [self._player(self._drawn()) for _ in range(earlier)]
        now = []
        for number in range(players):
            before = been[number % earlier]
            came = number < earlier and self._chance.random() < 0.8
            stays = came and self._chance.random() < 0.55
            archetype = before.deck.archetype if stays else self._drawn()
            now.append(self._player(archetype))
            if came and before.reported:
                now[-1].past = (before.reported,)
        self.earlier, self.players = been, now

    def seen(self, deck: Deck, count: int) -> tuple[str, ...]:
        """Draw cards as somebody sees and notes them."""
        pool, found = dict(deck.cards), []
        for _ in range(count):
            card = self._chance.choices(list(pool), list(pool.values()))[0]
            del pool[card]
            if self._chance.random() < 0.05:
                card = self._chance.choice([*self._lists[self._relative(deck.archetype)]])
            found.append(card)
        return tuple(found)

    def _archetype(self, number: int) -> dict[str, int]:
        family = number % FAMILIES
        pair = f"{family} {(number - 1) // FAMILIES // 2}"
        own = {f"Own{number}n{n}, of a Kind": 3 for n in range(8)}
        shared = {f"Pair{pair.replace(' ', 'x')}n{n}": 3 for n in range(4)}
        kin = {f"Kin{family}n{n}": 1 for n in range(10)}
        return own | shared | kin | {f"Staple{n}": 1 for n in range(8)}

    def _drawn(self) -> ArchetypeId:
        numbers = range(1, ARCHETYPES + 1)
        return ArchetypeId(self._chance.choices(numbers, [1 / n for n in numbers])[0])

    def _relative(self, archetype: ArchetypeId) -> ArchetypeId:
        kin = [n for n in self._lists if n % FAMILIES == archetype % FAMILIES and n != archetype]
        return ArchetypeId(self._chance.choice(kin))

    def _player(self, archetype: ArchetypeId) -> Player:
        cards = {
            card: often
            for card, often in self._lists[archetype].items()
            if self._chance.random() >= 0.15
        }
        player = Player(deck=Deck(archetype=archetype, cards=cards))
        if self._chance.random() >= 0.6:
            return player
        mistaken = self._chance.random() < 0.04
        player.reported = self._relative(archetype) if mistaken else archetype
        if self._chance.random() < 0.7:
            player.noted = Spelled(mentioned=self.seen(player.deck, self._chance.randint(1, 4)))
        if self._chance.random() >= 0.75:
            player.confidence = Confidence.LIKELY
        return player


def noted(world: World) -> NotedField:
    """Return what the team knows."""
    known = [
        NotedPlayer(
            archetype=one.reported, confidence=one.confidence, cards=one.noted, past=one.past
        )
        for one in world.players
        if one.reported
    ]
    decks = [
        NotedDeck(archetype=one.reported, cards=one.noted) for one in world.earlier if one.reported
    ]
    counts = Counter(one.archetype for one in known)
    return NotedField(counts=counts, players=tuple(known), decks=tuple(decks))


def main() -> None:
    """Predict everybody whom nobody reported, and print what came of it."""
    made: defaultdict[str, list[tuple[Forecast, bool]]] = defaultdict(list)
    for seed in range(SEED, SEED + 5):
        world = World(seed)
        known = noted(world)
        unknown = [one for one in world.players if one.reported is None]
        for count in range(5):
            for player in unknown[:60]:
                typed = ", ".join(world.seen(player.deck, count))
                found = forecast(known, typed=typed, own=Spelled(), past=player.past)
                right = found.prediction.prospects[0].archetype == player.deck.archetype
                made[f"{count} cards, {'a' if player.past else 'no'} past"].append((found, right))
    print(f"{'clues':<22}{'tried':>6}{'named':>8}{'right':>8}{'said':>8}{'worth':>8}   first, all")
    for clues, done in sorted(made.items()):
        print(line(clues, done))
    trials = [
        Trial(probability=found.prediction.prospects[0].probability, is_right=right)
        for done in made.values()
        for found, right in done
        if found.doubt is None
    ]
    counted = calibrate(trials)
    print(f"\n{'first prospect':<22}{'named':>6}{'said':>8}{'right':>8}")
    for band in counted.bands:
        if band.trials:
            span = f"{band.low:.2f} to {band.high:.2f}"
            share = band.right / band.trials
            print(f"{span:<22}{band.trials:>6}{band.mean_probability:>8.1%}{share:>8.1%}")
    print(f"\nBrier {counted.brier:.3f} of {counted.trials}")
    asyncio.run(predict_at_a_large_event())


async def predict_at_a_large_event() -> None:
    """Print what one prediction costs its thread, and for how long it kept the event loop."""
    world = World(SEED, earlier=1000, players=2000)
    known = noted(world)
    typed = ", ".join(world.seen(world.players[0].deck, 4))
    collect_seldom()

    def predicted() -> float:
        began_s = time.thread_time()
        found = forecast(known, typed=typed, own=Spelled(), past=())
        assert found.worth  # noqa: S101 - only then was everybody tried
        return time.thread_time() - began_s

    async def predict_five_times() -> float:
        return min([await asyncio.to_thread(predicted) for _ in range(5)])

    _, idle_s = await longest_wait_beside(asyncio.sleep(1))
    took_s, held_s = await longest_wait_beside(predict_five_times())
    print(f"at an event of 2,000 players: {took_s * 1e3:.0f} ms of a thread for one prediction;")
    print(f"the event loop waited {held_s * 1e3:.0f} ms at most, {idle_s * 1e3:.0f} ms when idle")


async def longest_wait_beside(work: Awaitable[T]) -> tuple[T, float]:
    """Do some work, and return how much later than meant the event loop woke up at most."""
    longest_s, is_done = 0.0, False

    async def watch() -> None:
        nonlocal longest_s
        while not is_done:
            asleep_at_s = time.perf_counter()
            await asyncio.sleep(0.001)
            longest_s = max(longest_s, time.perf_counter() - asleep_at_s - 0.001)

    watching = asyncio.create_task(watch())
    done = await work
    is_done = True
    await watching
    return done, longest_s


def line(clues: str, done: list[tuple[Forecast, bool]]) -> str:
    """Describe the predictions of one kind of clues."""
    named = [(found, right) for found, right in done if found.doubt is None]
    first = sum(right for _, right in done) / len(done)
    if not named:
        return f"{clues:<22}{len(done):>6}{0:>8.1%}{'':>24}   {first:.1%}"
    said = sum(found.prediction.prospects[0].probability for found, _ in named) / len(named)
    worths = [
        found.worth.right / found.worth.trials
        for found, _ in named
        if found.worth is not None and found.worth.has_enough
    ]
    worth = f"{sum(worths) / len(worths):.1%}" if worths else "-"
    share = sum(right for _, right in named) / len(named)
    return (
        f"{clues:<22}{len(done):>6}{len(named) / len(done):>8.1%}{share:>8.1%}{said:>8.1%}"
        f"{worth:>8}   {first:.1%}"
    )


if __name__ == "__main__":
    main()
