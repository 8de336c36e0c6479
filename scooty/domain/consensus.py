"""What a team believes that a player plays, derived from everything it noted.

**The rule.** An observation weighs *source x confidence x recency*. For each archetype, of each
reporter only the heaviest observation counts, so that nobody outvotes the others by repeating
themselves; reporters who were erased count as one person together. The archetype with the greatest
sum is the consensus; on a tie the one reported last.

No weight depends on any other observation. So the order in which they come does not matter, and one
more report for an archetype never makes another one win.

The consensus is *sure* when what speaks for it amounts to one sure sighting or more, *likely* when
it amounts to one sure hearsay, else a *guess*; never surer than the surest report behind it. When
other archetypes hold more than a quarter of all weight it is one step less sure, and a guess when
they hold more than half.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.domain.ids import ArchetypeId, MemberId, ReportId
from scooty.domain.observations import Confidence, Observation, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


SOURCE_WEIGHTS: Final = {
    Source.DECKLIST: 100,
    Source.PLAYED: 50,
    Source.SEEN: 40,
    Source.COVERAGE: 40,
    Source.TOLD: 15,
}
"""A judgement, not a measurement: a list read outweighs two who played, and seen outweighs told."""
CONFIDENCE_WEIGHTS: Final = {Confidence.SURE: 100, Confidence.LIKELY: 50, Confidence.GUESS: 20}
HALF_LIFE: Final = timedelta(hours=24)
"""A deck does not change within an event, so age weighs little: it settles what is near a tie, and
lets leagues that run for weeks forget."""

_SURE_FROM: Final = SOURCE_WEIGHTS[Source.SEEN] * CONFIDENCE_WEIGHTS[Confidence.SURE]
_LIKELY_FROM: Final = SOURCE_WEIGHTS[Source.TOLD] * CONFIDENCE_WEIGHTS[Confidence.SURE]
_STEPS: Final = (Confidence.GUESS, Confidence.LIKELY, Confidence.SURE)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_HALF_LIFE_US: Final = HALF_LIFE // _MICROSECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """An archetype that at least one observation speaks for."""

    archetype_id: ArchetypeId
    share: float
    """Of all weight, above 0, at most 1."""
    report_ids: tuple[ReportId, ...]
    """Newest first."""
    reporter_count: int
    """Different people; all erased reporters are one."""
    rounds: tuple[int, ...]
    """In which it was observed, ascending, as far as known."""
    last_reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Nothing counts for this player."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The best answer, with whatever speaks against it."""

    best: Contender
    confidence: Confidence
    conflicts: tuple[Contender, ...]
    """Every other archetype that was observed, heaviest first."""


Consensus: TypeAlias = Known | Unknown


def derive_consensus(observations: Iterable[Observation]) -> Consensus:
    """Derive the consensus about one player from all observations of them, in any order."""
    counting = [observation for observation in observations if not observation.erased]
    if not counting:
        return Unknown()
    by_archetype: defaultdict[ArchetypeId, list[Observation]] = defaultdict(list)
    for observation in counting:
        by_archetype[observation.archetype_id].append(observation)
    oldest = min(_half_lives(observation) for observation in counting)
    scores = {key: _score(group, oldest) for key, group in by_archetype.items()}
    ranked = sorted(by_archetype, key=lambda key: _rank(scores[key], by_archetype[key]))
    total = sum(scores.values())
    best, *others = (_contender(by_archetype[key], scores[key] / total) for key in ranked)
    confidence = _confidence(by_archetype[ranked[0]], scores[ranked[0]], total)
    return Known(best=best, confidence=confidence, conflicts=tuple(others))


def _score(observations: Sequence[Observation], oldest: int) -> int:
    """Sum each reporter's heaviest observation: exactly, so that no order rounds differently."""
    return sum(_heaviest(observations, lambda one: _weight(one) * _recency(one, oldest)))


def _heaviest(
    observations: Sequence[Observation], weigh: Callable[[Observation], int]
) -> Iterable[int]:
    heaviest: dict[MemberId | None, int] = {}
    for observation in observations:
        reporter = observation.reporter_id
        heaviest[reporter] = max(heaviest.get(reporter, 0), weigh(observation))
    return heaviest.values()


def _weight(observation: Observation) -> int:
    return SOURCE_WEIGHTS[observation.source] * CONFIDENCE_WEIGHTS[observation.confidence]


def _half_lives(observation: Observation) -> int:
    return (observation.reported_at - _EPOCH) // HALF_LIFE


def _recency(observation: Observation, oldest: int) -> int:
    """Return a number that doubles with each half-life, and grows evenly in between.

    In whole numbers: it is the same for an observation whatever others there are, but for a power
    of two that all of them share.
    """
    age_us = (observation.reported_at - _EPOCH) // _MICROSECOND
    return (_HALF_LIFE_US + age_us % _HALF_LIFE_US) << (_half_lives(observation) - oldest)


def _rank(score: int, observations: Sequence[Observation]) -> tuple[int, int, int, int]:
    """Sort the greatest score first, then the newest report, then the report stored last."""
    newest = max(observations, key=_when)
    return (
        -score,
        -((newest.reported_at - _EPOCH) // _MICROSECOND),
        -newest.report_id,
        newest.archetype_id,
    )


def _when(observation: Observation) -> tuple[datetime, ReportId]:
    return observation.reported_at, observation.report_id


def _contender(observations: Sequence[Observation], share: float) -> Contender:
    newest_first = sorted(observations, key=_when, reverse=True)
    rounds = {one.round_number for one in observations if one.round_number is not None}
    return Contender(
        archetype_id=newest_first[0].archetype_id,
        share=share,
        report_ids=tuple(one.report_id for one in newest_first),
        reporter_count=len({one.reporter_id for one in observations}),
        rounds=tuple(sorted(rounds)),
        last_reported_at=newest_first[0].reported_at,
    )


def _confidence(observations: Sequence[Observation], score: int, total: int) -> Confidence:
    evidence = sum(_heaviest(observations, _weight))
    step = (evidence >= _LIKELY_FROM) + (evidence >= _SURE_FROM)
    step = min(step, max(_STEPS.index(one.confidence) for one in observations))
    others = total - score
    if 4 * others > total:
        step -= 1
    if 2 * others > total:
        step = 0
    return _STEPS[max(step, 0)]
