"""Our rules, each by a list of its deck; and the laws of suggesting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.core.storage.starter_archetypes import STARTER_ARCHETYPES
from scooty.domain.deck_rules import DeckRule, FormatRules, Needed, our_rules, rules_for, suggest
from scooty.domain.decks import Cards, Deck, card_key

if TYPE_CHECKING:
    from random import Random

LISTS: Final = Path(__file__).parent / "deck_lists"
RULES: Final = {each.format: each for each in our_rules()}
LANDS: Final = ("Plains", "Island", "Swamp", "Mountain", "Forest", "Wastes", "Sacred Foundry")


def deck_of_line(line: str) -> Deck:
    cards = (entry.split(" ", 1) for entry in line.split("; "))
    return Deck(main=tuple(Cards(count=int(n), card=card) for n, card in cards), side=())


def known_decks() -> list[tuple[str, str, Deck]]:
    """Return the format, the archetype and the deck of every example."""
    return [
        (file.stem, archetype, deck_of_line(cards))
        for file in sorted(LISTS.glob("*.txt"))
        for archetype, cards in (
            line.split(": ", 1) for line in file.read_text("utf-8").splitlines()
        )
    ]


DECKS: Final = known_decks()
decks = st.sampled_from(DECKS)


@pytest.mark.parametrize(("form", "archetype", "deck"), DECKS, ids=lambda each: str(each)[:30])
def test_each_example_is_told_to_be_its_archetype(form: str, archetype: str, deck: Deck) -> None:
    found = suggest(deck, [RULES[form]])

    assert (found.match and found.match.archetype, found.tied) == (archetype, ())


@pytest.mark.parametrize("form", RULES)
def test_every_rule_has_an_example_that_it_decides(form: str) -> None:
    decided = {
        found.match.rule
        for example_format, _, deck in DECKS
        if example_format == form and (found := suggest(deck, [RULES[form]])).match
    }

    left = [rule.archetype for rule in RULES[form].rules if rule not in decided]
    assert left == []


@pytest.mark.parametrize("form", RULES)
def test_every_archetype_of_a_rule_is_in_the_starter_set_of_the_format(form: str) -> None:
    known = {each.name for each in STARTER_ARCHETYPES if form in each.formats}

    assert {rule.archetype for rule in RULES[form].rules} <= known


@pytest.mark.parametrize("form", RULES)
def test_no_rule_counts_a_basic_land_and_no_land_shows_a_colour(form: str) -> None:
    named = {key for rule in RULES[form].rules for need in rule.needs for key in need.cards}

    assert not named & set(map(card_key, LANDS))
    assert not set(RULES[form].colours) & set(map(card_key, LANDS))


@given(known=decks, shuffled=st.randoms(use_true_random=False))
def test_the_order_of_a_list_does_not_matter(
    known: tuple[str, str, Deck], shuffled: Random
) -> None:
    form, _, deck = known
    main = list(deck.main)
    shuffled.shuffle(main)

    again = suggest(Deck(main=tuple(main), side=()), [RULES[form]])

    first = suggest(deck, [RULES[form]])
    assert (again.match and again.match.rule) == (first.match and first.match.rule)
    assert again.archetypes == first.archetypes


@given(
    known=decks,
    lands=st.lists(
        st.builds(Cards, count=st.integers(1, 30), card=st.sampled_from(LANDS)), max_size=8
    ),
)
def test_more_lands_change_nothing(known: tuple[str, str, Deck], lands: list[Cards]) -> None:
    form, _, deck = known

    found = suggest(Deck(main=(*deck.main, *lands), side=()), [RULES[form]])

    assert found == suggest(deck, [RULES[form]])


@given(known=decks, other=decks)
def test_a_sideboard_never_decides(
    known: tuple[str, str, Deck], other: tuple[str, str, Deck]
) -> None:
    form, _, deck = known

    found = suggest(Deck(main=deck.main, side=other[2].main), [RULES[form]])

    assert found == suggest(deck, [RULES[form]])


@given(one=decks, other=decks)
def test_two_decks_in_one_are_named_by_a_rule_that_fits_or_not_at_all(
    one: tuple[str, str, Deck], other: tuple[str, str, Deck]
) -> None:
    form = one[0]
    both = Deck(main=(*one[2].main, *other[2].main), side=())

    found = suggest(both, [RULES[form]])

    assert (found.match is None) or not found.tied
    assert len(found.archetypes) == len(set(found.archetypes))


def rule(archetype: str, priority: int, *cards: str, none: tuple[str, ...] = ()) -> DeckRule:
    return DeckRule(
        archetype=archetype,
        priority=priority,
        needs=tuple(Needed(cards=(card_key(card),), at_least=3) for card in cards),
        none=frozenset(map(card_key, none)),
    )


def rules_of(*rules: DeckRule) -> list[FormatRules]:
    return [FormatRules(format="modern", rules=rules, colours={"bolt": "R"})]


DECK: Final = deck_of_line("4 Bolt; 4 Snap; 4 Bauble")


def test_the_higher_priority_is_meant_and_the_lower_is_the_runner_up() -> None:
    found = suggest(DECK, rules_of(rule("Low", 1, "Bolt"), rule("High", 2, "Snap")))

    assert found.match is not None
    assert (found.match.archetype, found.runner_up) == ("High", "Low")
    assert found.match.why == (Cards(count=4, card="Snap"),)


def test_two_archetypes_of_one_priority_make_none_and_both_are_named() -> None:
    found = suggest(DECK, rules_of(rule("One", 2, "Bolt"), rule("Other", 2, "Snap")))

    assert found.match is None
    assert found.tied == ("One", "Other")


def test_two_rules_of_one_archetype_are_no_tie() -> None:
    found = suggest(DECK, rules_of(rule("One", 2, "Bolt"), rule("One", 2, "Snap")))

    assert found.match is not None
    assert (found.match.archetype, found.tied) == ("One", ())


def test_a_card_that_is_excluded_keeps_a_rule_from_fitting_and_from_being_near() -> None:
    found = suggest(DECK, rules_of(rule("One", 2, "Bolt", none=("Bauble",))))

    assert found.archetypes == ()


def test_what_is_half_there_is_near() -> None:
    found = suggest(
        DECK, rules_of(rule("Half", 2, "Bolt", "Brainstorm"), rule("Other", 2, "Ponder"))
    )

    assert found.match is None
    assert found.nearest == ("Half",)


def test_a_format_is_found_among_the_words_of_an_event() -> None:
    rules = our_rules()

    assert [each.format for each in rules_for("Modern RC", rules)] == ["modern"]
    assert rules_for(None, rules) == rules_for("Duel Commander", rules) == rules


def test_without_a_format_formats_that_disagree_make_none() -> None:
    one, other = rules_of(rule("One", 9, "Bolt")), rules_of(rule("Other", 1, "Bolt"))

    assert suggest(DECK, (*one, *other)).tied == ("One", "Other")
    assert suggest(DECK, (*one, *one)).match is not None
