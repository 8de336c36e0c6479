"""What predictions are worth: counted by hand, and tried on fields of which the answer is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.ids import ArchetypeId
from scooty.domain.observations import Confidence
from scooty.features.predictions.rules.calibration import (
    MOST_TRIALS,
    Trial,
    about_as_sure,
    calibrate,
    try_out,
)
from scooty.features.predictions.rules.known_decks import Clues, KnownPlayer
from scooty.features.predictions.rules.prediction import Knowledge

BURN, CONTROL = ArchetypeId(1), ArchetypeId(2)
trials = st.lists(st.builds(Trial, probability=st.floats(0, 1), is_right=st.booleans()))


def trial(probability: float, *, right: bool) -> Trial:
    return Trial(probability=probability, is_right=right)


def field(*players: KnownPlayer) -> Knowledge:
    counts = dict.fromkeys((one.archetype for one in players), 0)
    for one in players:
        counts[one.archetype] += 1
    return Knowledge(counts, players)


def on(archetype: ArchetypeId, *cards: str) -> KnownPlayer:
    return KnownPlayer(archetype=archetype, confidence=Confidence.SURE, cards=frozenset(cards))


def test_reliability_and_brier_are_those_of_the_example_worked_out_by_hand() -> None:
    done = [
        trial(0.9, right=True),
        trial(0.9, right=True),
        trial(0.8, right=False),
        trial(0.5, right=True),
        trial(0.5, right=False),
    ]

    found = calibrate(done)

    # (0.1² + 0.1² + 0.8² + 0.5² + 0.5²) / 5 = (0.01 + 0.01 + 0.64 + 0.25 + 0.25) / 5
    assert found.brier == pytest.approx(0.232)
    assert (found.trials, found.right) == (5, 3)
    _, half, _, most, _ = found.bands
    assert (half.low, half.high, half.trials, half.right) == (0.4, 0.6, 2, 1)
    assert (most.low, most.high, most.trials, most.right) == (0.8, 0.95, 3, 2)
    assert most.mean_probability == pytest.approx(2.6 / 3)


def test_about_as_sure_is_what_differs_by_a_tenth_at_most() -> None:
    done = [trial(n / 100, right=n % 2 == 0) for n in range(101)]

    found = about_as_sure(done, 0.5)

    assert (found.trials, found.right) == (21, 11)
    assert found.mean_probability == pytest.approx(0.5)
    assert about_as_sure(done, 0.98).trials == 13
    assert about_as_sure([], 0.5).trials == 0


def test_of_nothing_nothing_is_said() -> None:
    found = calibrate([])

    assert found.brier is None
    assert not any(band.trials for band in found.bands)


@given(trials)
def test_every_trial_is_in_the_band_of_its_probability_and_in_no_other(done: list[Trial]) -> None:
    found = calibrate(done)

    assert sum(band.trials for band in found.bands) == found.trials == len(done)
    assert sum(band.right for band in found.bands) == found.right
    assert all(
        band.low <= band.mean_probability <= band.high for band in found.bands if band.trials
    )


@pytest.mark.parametrize(("count", "enough"), [(9, False), (10, True)])
def test_below_ten_trials_there_is_too_little_data(count: int, *, enough: bool) -> None:
    found = about_as_sure([trial(0.9, right=True)] * count, 0.85)

    assert found.has_enough is enough


def test_a_field_of_decks_that_share_no_card_is_predicted_right() -> None:
    players = [on(BURN, "bolt")] * 12 + [on(CONTROL, "wrath")] * 12

    done = try_out(field(*players), players, Clues(cards=frozenset({"bolt"})))

    assert len(done) == 24
    assert all(one.is_right for one in done)


def test_a_player_is_predicted_without_their_own_report() -> None:
    players = [on(BURN, "bolt")] * 12 + [on(CONTROL, "bolt")]

    done = try_out(field(*players), players, Clues(cards=frozenset({"bolt"})))

    assert [one.is_right for one in done] == [True] * 12 + [False]


def test_a_card_that_only_the_player_has_is_no_clue() -> None:
    players = [on(BURN, "bolt")] * 12 + [on(CONTROL, "odd one")]

    done = try_out(field(*players), players, Clues(cards=frozenset({"bolt"})))

    assert len(done) == 12


def test_only_players_of_whom_the_team_is_sure_are_tried() -> None:
    sure = [on(BURN, "bolt")] * 12
    likely = [replace(on(BURN, "bolt"), confidence=Confidence.LIKELY)] * 7

    done = try_out(field(*sure, *likely), [*sure, *likely], Clues(cards=frozenset({"bolt"})))

    assert len(done) == 12


def test_trials_have_no_more_cards_than_are_at_hand() -> None:
    """With every card the two are told apart; with one that both have they are not."""
    players = [on(BURN, "a fetch", "bolt")] * 30 + [on(CONTROL, "a fetch", "wrath")] * 10
    knowledge = field(*players)

    one_card = try_out(knowledge, players, Clues(cards=frozenset({"a fetch"})))
    two_cards = try_out(knowledge, players, Clues(cards=frozenset({"a fetch", "bolt"})))

    assert all(one.is_right for one in two_cards)
    assert not all(one.is_right for one in one_card)


def test_without_cards_those_are_tried_who_have_a_past() -> None:
    faithful = [replace(on(BURN), past=(BURN,))] * 11 + [replace(on(CONTROL), past=(CONTROL,))] * 11
    others = [on(BURN, "bolt")] * 5
    players = [*faithful, *others]

    done = try_out(field(*players), players, Clues(past=(BURN,)))

    assert len(done) == 22
    assert all(one.is_right for one in done)


def test_the_past_is_left_out_when_there_is_none_at_hand() -> None:
    players = [replace(on(BURN, "fetch"), past=(BURN,))] * 12
    players += [replace(on(CONTROL, "fetch"), past=(CONTROL,))] * 3
    knowledge = field(*players)
    cards = frozenset({"fetch"})

    without = try_out(knowledge, players, Clues(cards=cards))
    with_it = try_out(knowledge, players, Clues(cards=cards, past=(BURN,)))

    assert sum(one.is_right for one in without) == 12
    assert sum(one.is_right for one in with_it) == 15


def test_of_more_players_than_can_be_tried_some_are_evenly_chosen() -> None:
    players = [on(BURN, "bolt"), on(CONTROL, "wrath")] * (MOST_TRIALS + 1)

    done = try_out(field(*players), players, Clues(cards=frozenset({"bolt"})))

    assert MOST_TRIALS / 2 < len(done) <= MOST_TRIALS
