"""What a team believes that a player plays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scooty.domain.consensus import HALF_LIFE, Consensus, Known, Unknown, derive_consensus
from scooty.domain.ids import ArchetypeId, MemberId, ReportId
from scooty.domain.observations import Confidence, Observation, Source

if TYPE_CHECKING:
    from random import Random

MORNING = datetime(2026, 5, 2, 9, tzinfo=UTC)
JESKAI, GOLGARI, RAKDOS = ArchetypeId(1), ArchetypeId(2), ArchetypeId(3)
SAM, ALEX, KIM = MemberId(1), MemberId(2), MemberId(3)

_observation = st.builds(
    Observation,
    report_id=st.integers(1, 10**9).map(ReportId),
    archetype_id=st.sampled_from([JESKAI, GOLGARI, RAKDOS]),
    source=st.sampled_from(Source),
    confidence=st.sampled_from(Confidence),
    reported_at=st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 9)).map(  # noqa: DTZ001 - made aware below
        lambda moment: moment.replace(tzinfo=UTC)
    ),
    reporter_id=st.none() | st.sampled_from([SAM, ALEX, KIM]),
    round_number=st.none() | st.integers(1, 9),
    erased=st.booleans(),
)
_observations = st.lists(_observation, max_size=8, unique_by=lambda one: one.report_id)


def observed(  # noqa: PLR0913 - one default for each field of a report
    archetype: ArchetypeId,
    report_id: int,
    *,
    source: Source = Source.SEEN,
    confidence: Confidence = Confidence.SURE,
    at: datetime = MORNING,
    by: MemberId | None = SAM,
    round_number: int | None = None,
) -> Observation:
    return Observation(
        report_id=ReportId(report_id),
        archetype_id=archetype,
        source=source,
        confidence=confidence,
        reported_at=at,
        reporter_id=by,
        round_number=round_number,
    )


def winner(consensus: Consensus) -> ArchetypeId | None:
    return consensus.best.archetype_id if isinstance(consensus, Known) else None


def known(*observations: Observation) -> Known:
    consensus = derive_consensus(observations)
    assert isinstance(consensus, Known)
    return consensus


def test_nothing_noted_is_unknown() -> None:
    assert derive_consensus([]) == Unknown()


@given(_observations)
def test_only_erased_reports_are_unknown(observations: list[Observation]) -> None:
    assert derive_consensus(replace(one, erased=True) for one in observations) == Unknown()


@given(_observations)
def test_erased_reports_count_nothing(observations: list[Observation]) -> None:
    kept = [one for one in observations if not one.erased]

    assert derive_consensus(observations) == derive_consensus(kept)


@given(_observations, st.randoms())
def test_the_order_of_the_reports_does_not_matter(
    observations: list[Observation], random: Random
) -> None:
    shuffled = list(observations)
    random.shuffle(shuffled)

    assert derive_consensus(shuffled) == derive_consensus(observations)


@given(_observations, _observation)
def test_one_more_report_for_an_archetype_never_makes_another_one_win(
    observations: list[Observation], added: Observation
) -> None:
    assume(added.report_id not in {one.report_id for one in observations})
    before = winner(derive_consensus(observations))

    after = winner(derive_consensus([*observations, added]))

    assert after in {before, added.archetype_id}


@given(_observations)
def test_every_observed_archetype_is_the_answer_or_a_conflict(
    observations: list[Observation],
) -> None:
    consensus = derive_consensus(observations)

    named = [consensus.best, *consensus.conflicts] if isinstance(consensus, Known) else []
    counting = {one.archetype_id for one in observations if not one.erased}
    assert {one.archetype_id for one in named} == counting
    assert len(named) == len(counting)
    assert sum(one.share for one in named) == pytest.approx(1 if named else 0)
    assert [one.share for one in named] == sorted((one.share for one in named), reverse=True)


@given(_observations.filter(bool))
def test_the_answer_is_never_surer_than_the_surest_report_behind_it(
    observations: list[Observation],
) -> None:
    consensus = derive_consensus(observations)
    assume(isinstance(consensus, Known))
    assert isinstance(consensus, Known)

    steps = [Confidence.GUESS, Confidence.LIKELY, Confidence.SURE]
    behind = [one for one in observations if one.report_id in consensus.best.report_ids]
    assert steps.index(consensus.confidence) <= max(steps.index(one.confidence) for one in behind)


def test_a_decklist_outweighs_two_who_saw_something_else() -> None:
    consensus = known(
        observed(JESKAI, 1, source=Source.DECKLIST),
        observed(GOLGARI, 2, by=ALEX),
        observed(GOLGARI, 3, by=KIM),
    )

    assert consensus.best.archetype_id == JESKAI
    assert [one.archetype_id for one in consensus.conflicts] == [GOLGARI]


def test_two_who_saw_it_outweigh_one_who_played_against_something_else() -> None:
    consensus = known(
        observed(JESKAI, 1, source=Source.PLAYED),
        observed(GOLGARI, 2, by=ALEX),
        observed(GOLGARI, 3, by=KIM),
    )

    assert consensus.best.archetype_id == GOLGARI


def test_nobody_outvotes_others_by_repeating_themselves() -> None:
    insistent = [observed(GOLGARI, number, source=Source.TOLD) for number in range(2, 20)]

    consensus = known(observed(JESKAI, 1, by=ALEX), *insistent)

    assert consensus.best.archetype_id == JESKAI


def test_erased_reporters_count_as_one_person() -> None:
    anonymous = [observed(GOLGARI, n, source=Source.TOLD, by=None) for n in range(2, 20)]

    consensus = known(observed(JESKAI, 1, by=ALEX), *anonymous)

    assert consensus.best.archetype_id == JESKAI
    assert consensus.conflicts[0].reporter_count == 1


def test_between_equal_reports_the_newer_wins() -> None:
    later = MORNING + timedelta(microseconds=1)

    assert known(
        observed(JESKAI, 9), observed(GOLGARI, 1, by=ALEX, at=later)
    ).best.archetype_id == (GOLGARI)


def test_of_reports_of_one_moment_the_one_stored_last_wins() -> None:
    assert known(observed(JESKAI, 2), observed(GOLGARI, 1, by=ALEX)).best.archetype_id == JESKAI


def test_a_report_weighs_half_after_a_half_life() -> None:
    consensus = known(observed(JESKAI, 1), observed(GOLGARI, 2, at=MORNING + HALF_LIFE))

    assert consensus.best.share == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("source", "confidence", "expected"),
    [
        (Source.DECKLIST, Confidence.SURE, Confidence.SURE),
        (Source.SEEN, Confidence.SURE, Confidence.SURE),
        (Source.SEEN, Confidence.LIKELY, Confidence.LIKELY),
        (Source.DECKLIST, Confidence.GUESS, Confidence.GUESS),
        (Source.TOLD, Confidence.SURE, Confidence.LIKELY),
        (Source.TOLD, Confidence.LIKELY, Confidence.GUESS),
    ],
)
def test_one_report_is_as_sure_as_its_source_and_its_reporter(
    source: Source, confidence: Confidence, expected: Confidence
) -> None:
    assert known(observed(JESKAI, 1, source=source, confidence=confidence)).confidence is expected


def test_three_sure_hearsays_make_it_sure() -> None:
    heard = [
        observed(JESKAI, number, source=Source.TOLD, by=member)
        for number, member in enumerate((SAM, ALEX, KIM))
    ]

    assert known(*heard).confidence is Confidence.SURE


def test_a_conflict_of_more_than_a_quarter_of_the_weight_makes_it_less_sure() -> None:
    played = observed(JESKAI, 1, source=Source.PLAYED)

    assert known(played, observed(GOLGARI, 2, by=ALEX)).confidence is Confidence.LIKELY


def test_a_small_conflict_leaves_it_as_sure_and_is_shown() -> None:
    consensus = known(
        observed(JESKAI, 1, source=Source.DECKLIST),
        observed(GOLGARI, 2, by=ALEX, source=Source.TOLD),
    )

    assert consensus.confidence is Confidence.SURE
    assert consensus.conflicts[0].archetype_id == GOLGARI


def test_a_winner_with_less_than_half_of_the_weight_is_a_guess() -> None:
    consensus = known(
        observed(JESKAI, 1, source=Source.PLAYED),
        observed(GOLGARI, 2, by=ALEX),
        observed(RAKDOS, 3, by=KIM),
    )

    assert consensus.confidence is Confidence.GUESS


def test_a_contender_tells_its_reports_newest_first_and_its_rounds() -> None:
    best = known(
        observed(JESKAI, 7, round_number=5),
        observed(JESKAI, 8, at=MORNING + timedelta(hours=2), round_number=2, by=ALEX),
        observed(JESKAI, 9, at=MORNING - timedelta(hours=2)),
    ).best

    assert best.report_ids == (8, 7, 9)
    assert best.rounds == (2, 5)
    assert best.reporter_count == 2
    assert best.last_reported_at == MORNING + timedelta(hours=2)
