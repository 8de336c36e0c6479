"""What a player may be on: laws of the model, and one example worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.ids import ArchetypeId
from scooty.domain.observations import Confidence
from scooty.features.predictions.rules.known_decks import Clues, Habits, KnownDeck, KnownPlayer
from scooty.features.predictions.rules.prediction import (
    CARD_WEIGHT,
    MISTAKEN,
    Knowledge,
    doubt,
    predict,
    telling_cards,
)
from scooty.features.predictions.rules.prospects import Doubt

if TYPE_CHECKING:
    from scooty.features.predictions.rules.prospects import Prediction

BURN, CONTROL, RAMP = map(ArchetypeId, (1, 2, 3))
CARDS = ("bolt", "counterspell", "forest", "moon", "shock", "wrath")


def know(seen: list[KnownPlayer], others: list[KnownDeck] | None = None) -> Knowledge:
    counts = dict.fromkeys((one.archetype for one in seen), 0)
    for one in seen:
        counts[one.archetype] += 1
    return Knowledge(counts, seen, others or [])


archetypes = st.sampled_from((BURN, CONTROL, RAMP))
cards = st.frozensets(st.sampled_from(CARDS), max_size=4)
pasts = st.lists(archetypes, max_size=3).map(tuple)
players = st.lists(
    st.builds(
        KnownPlayer,
        archetype=archetypes,
        confidence=st.sampled_from(Confidence),
        cards=cards,
        past=pasts,
    ),
    max_size=25,
)
decks = st.lists(st.builds(KnownDeck, archetype=archetypes, cards=cards), max_size=10)
fields = st.builds(know, players, decks)
clues = st.builds(Clues, cards=cards, past=pasts)


def on(archetype: ArchetypeId, *held: str, count: int = 1) -> list[KnownPlayer]:
    one = KnownPlayer(archetype=archetype, confidence=Confidence.SURE, cards=frozenset(held))
    return [one] * count


def seen(*held: str) -> Clues:
    return Clues(cards=frozenset(held))


def shares(made: Prediction) -> dict[ArchetypeId, float]:
    return {one.archetype: one.probability for one in made.prospects}


@given(fields, clues)
def test_probabilities_add_up_to_one_and_none_is_0_or_1(
    knowledge: Knowledge, given_: Clues
) -> None:
    made = predict(knowledge, given_)

    each = [made.other, *shares(made).values()]
    assert sum(each) == pytest.approx(1)
    assert all(0 < one < 1 for one in each) or each == [pytest.approx(1)]


def test_not_even_forty_cards_of_one_deck_make_it_certain() -> None:
    held = tuple(f"card {n}" for n in range(40))
    knowledge = know([*on(BURN, *held, count=500), *on(CONTROL, "wrath", count=500)])

    made = predict(knowledge, seen(*held))

    assert all(0 < share < 1 for share in (*shares(made).values(), made.other))
    assert shares(made)[BURN] < 1 - MISTAKEN / 3


@given(fields)
def test_without_a_clue_the_result_is_the_fields_shares(knowledge: Knowledge) -> None:
    made = predict(knowledge, Clues())

    known = knowledge.players
    prospects = len(made.prospects) + 1
    for one in made.prospects:
        assert one.probability == pytest.approx((one.players + 1 / prospects) / (known + 1))
        if known:
            assert one.probability == pytest.approx(one.players / known, abs=1 / (known + 1))


@given(players, decks, clues, archetypes, st.integers(1, 5))
def test_a_card_that_only_one_archetype_has_never_makes_it_less_likely(
    known: list[KnownPlayer],
    others: list[KnownDeck],
    given_: Clues,
    archetype: ArchetypeId,
    count: int,
) -> None:
    knowledge = know([*known, *on(archetype, "its own", count=count)], others)

    without = shares(predict(knowledge, given_))
    with_it = shares(predict(knowledge, replace(given_, cards=given_.cards | {"its own"})))

    assert with_it[archetype] >= without[archetype] - 1e-12


@given(fields, st.permutations(CARDS))
def test_the_order_of_cards_is_of_no_account(knowledge: Knowledge, order: list[str]) -> None:
    forward = predict(knowledge, Clues(cards=frozenset(order)))
    backward = predict(knowledge, Clues(cards=frozenset(reversed(order))))

    assert forward == backward


@given(players, st.randoms(use_true_random=False))
def test_the_order_of_players_is_of_no_account(known: list[KnownPlayer], chance: object) -> None:
    mixed = list(known)
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    assert shares(predict(know(known), seen("bolt"))) == pytest.approx(
        shares(predict(know(mixed), seen("bolt")))
    )


@given(players, decks, clues, st.data())
def test_leaving_one_player_out_is_as_if_nobody_had_reported_them(
    known: list[KnownPlayer], others: list[KnownDeck], given_: Clues, data: st.DataObject
) -> None:
    # The others' archetypes are prospects either way, or there would be one less to share with.
    known = [*known, *(one for each in (BURN, CONTROL, RAMP) for one in on(each, *CARDS))]
    place = data.draw(st.integers(0, len(known) - 4)) if len(known) > 3 else 0
    if len(known) == 3:
        return
    gone = known[place]

    left_out = know(known, others).weigh(given_, without=gone)
    never_there = know(known[:place] + known[place + 1 :], others).weigh(given_)

    assert left_out == pytest.approx(never_there)


@given(fields, clues)
def test_equal_prospects_are_ranked_by_their_ids(knowledge: Knowledge, given_: Clues) -> None:
    made = predict(knowledge, given_)

    ranks = [(-one.probability, one.archetype) for one in made.prospects]
    assert ranks == sorted(ranks)


def test_the_model_is_the_one_that_is_written_down() -> None:
    # 6 players: 4 burn, all described; 2 control, one described. K = 2, two cards of burn's.
    knowledge = know(
        [
            *on(BURN, "bolt", count=3),
            *on(BURN, "moon"),
            *on(CONTROL, "bolt", "wrath"),
            *on(CONTROL),
        ]
    )

    made = shares(predict(knowledge, seen("bolt", "moon")))

    # 5 described decks, 4 with bolt (b = 4/6), 1 with moon (b = 1/6); the background is K b.
    burn = (13 / 21) * ((3 + 4 / 3) / 6 * (1 + 1 / 3) / 6) ** CARD_WEIGHT
    control = (7 / 21) * ((1 + 4 / 3) / 3 * (0 + 1 / 3) / 3) ** CARD_WEIGHT
    other = (1 / 21) * ((4 / 3) / 2 * (1 / 3) / 2) ** CARD_WEIGHT
    total = burn + control + other
    assert made[BURN] == pytest.approx((1 - MISTAKEN) * burn / total + MISTAKEN * 13 / 21)
    assert made[CONTROL] == pytest.approx((1 - MISTAKEN) * control / total + MISTAKEN * 7 / 21)


def test_a_card_that_no_deck_has_says_nothing() -> None:
    knowledge = know([*on(BURN, "bolt", count=8), *on(CONTROL, "wrath", count=2)])

    assert predict(knowledge, seen("storm crow")) == predict(knowledge, Clues())


def test_a_guess_describes_no_archetype() -> None:
    guessed = [replace(one, confidence=Confidence.GUESS) for one in on(BURN, "moon", count=5)]
    knowledge = know([*guessed, *on(CONTROL, "wrath", count=5)])

    assert knowledge.known_cards(("moon", "wrath")) == ("wrath",)
    assert knowledge.players == 10


def test_decks_of_other_events_describe_archetypes_and_are_no_part_of_the_field() -> None:
    forests = frozenset({"forest", "ramp", "titan"})
    others = [KnownDeck(archetype=RAMP, cards=forests)] * 10
    knowledge = know([*on(BURN, "bolt", count=5), *on(CONTROL, "wrath", count=5)], others)

    made = predict(knowledge, seen(*forests))

    assert made.prospects[0].archetype == RAMP
    assert made.prospects[0].players == 0
    assert made.players == 10


def test_what_was_played_before_counts_for_what_it_is_worth_in_this_event() -> None:
    faithful = [replace(one, past=(BURN,)) for one in on(BURN, count=18)]
    fickle = [replace(one, past=(BURN,)) for one in on(CONTROL, count=18)]
    clue = Clues(past=(CONTROL,))

    stays = predict(know([*faithful, *on(CONTROL, count=18)]), clue)
    changes = predict(know([*on(BURN, count=18), *fickle]), clue)

    assert stays.habits == Habits(stayed=18, had_past=18)
    assert changes.habits == Habits(stayed=0, had_past=18)
    assert shares(stays)[CONTROL] > 0.95
    assert shares(changes)[CONTROL] < 0.55


def test_the_last_event_counts_twice_the_one_before() -> None:
    made = shares(predict(know([]), Clues(past=(BURN, CONTROL))))

    assert made[BURN] - 1 / 6 == pytest.approx(2 * (made[CONTROL] - 1 / 6))


def test_rules_describe_an_archetype_of_which_nobody_noted_a_card() -> None:
    counts = {BURN: 10, CONTROL: 10, RAMP: 10}
    rules = {BURN: frozenset({"bolt"}), RAMP: frozenset({"forest", "titan"})}
    knowledge = Knowledge(counts, on(CONTROL, "wrath", count=10), (), rules)

    first, *_ = predict(knowledge, seen("titan")).prospects

    assert first.archetype == RAMP
    [reason] = first.reasons
    assert reason.is_in_rules
    assert (reason.seen, reason.decks) == (0, 0)
    assert (reason.seen_elsewhere, reason.decks_elsewhere) == (0, 10)


def test_what_people_saw_outweighs_rules() -> None:
    known = [*on(BURN, "bolt", count=20), *on(CONTROL, "wrath", count=20)]
    knowledge = Knowledge({BURN: 20, CONTROL: 20}, known, (), {CONTROL: frozenset({"bolt"})})

    made = predict(knowledge, seen("bolt"))

    assert made.prospects[0].archetype == BURN
    assert made.prospects[0].reasons[0].seen == 20
    assert not made.prospects[0].reasons[0].is_in_rules


def test_reasons_say_how_often_a_card_was_seen_here_and_elsewhere() -> None:
    knowledge = know(
        [*on(BURN, "bolt", count=8), *on(BURN, "shock"), *on(CONTROL, "bolt", "wrath", count=3)]
    )

    first, *_ = predict(knowledge, seen("bolt")).prospects

    [reason] = first.reasons
    assert (reason.seen, reason.decks) == (8, 9)
    assert (reason.seen_elsewhere, reason.decks_elsewhere) == (3, 3)


def doubted(known: list[KnownPlayer], given_: Clues) -> Doubt | None:
    knowledge = know(known)
    return doubt(knowledge, given_, predict(knowledge, given_))


def test_nothing_is_named_while_few_decks_are_known() -> None:
    assert doubted(on(BURN, "bolt", count=9), seen("bolt")) is Doubt.FEW_DECKS
    assert doubted(on(BURN, "bolt", count=10), seen("bolt")) is None
    assert doubted([], seen("bolt")) is Doubt.FEW_DECKS


def test_nothing_is_named_without_a_clue() -> None:
    assert doubted(on(BURN, "bolt", count=30), Clues()) is Doubt.NO_CLUE
    assert doubted(on(BURN, "bolt", count=30), seen("storm crow")) is Doubt.NO_CLUE


def test_nothing_is_named_when_another_deck_fits_better() -> None:
    odd = [f"odd {n}" for n in range(1, 5)]
    known = [one for n in range(1, 5) for one in on(ArchetypeId(n), f"usual {n}", count=100)]
    known += [one for n, card in enumerate(odd, 1) for one in on(ArchetypeId(n), card)]

    assert doubted(known, seen(*odd)) is Doubt.FITS_NOTHING
    assert doubted(known, seen("usual 1")) is None


def test_nothing_is_named_when_several_fit_about_as_well() -> None:
    known = [one for n in range(1, 5) for one in on(ArchetypeId(n), "fetch", f"{n}", count=10)]

    assert doubted(known, seen("fetch")) is Doubt.TOO_CLOSE


def test_telling_cards_are_those_that_one_has_and_the_other_has_not() -> None:
    knowledge = know(
        [
            *on(BURN, "bolt", "fetch", "moon", count=5),
            *on(BURN, "bolt"),
            *on(CONTROL, "fetch", "wrath", count=6),
        ]
    )

    assert telling_cards(knowledge, BURN, CONTROL) == ("bolt", "moon")
    assert telling_cards(knowledge, CONTROL, BURN, at_most=1) == ("wrath",)
    assert telling_cards(knowledge, RAMP, BURN) == ()
