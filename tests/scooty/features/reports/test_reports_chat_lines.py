"""Who plays what, read in what people write to one another."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scooty.domain.observations import LAST_ROUND
from scooty.domain.text import length
from scooty.features.reports.rules import ChatReport, read_chat

JANE = ("Jane Doe", "Jeskai Control")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Opponent Jane Doe plays Jeskai Control", JANE),
        ("opp: Jane Doe on Jeskai Control", JANE),
        ("Jane Doe is on Jeskai Control", JANE),
        ("Jane Doe is playing Jeskai Control!", JANE),
        ("Jane Doe played a Jeskai Control", JANE),
        ("Jane Doe joue Jeskai Control", JANE),
        ("Jane Doe joue un Jeskai Control.", JANE),
        ("mon adversaire Jane Doe est sur Jeskai Control", JANE),
        ("L\u2019adversaire Jane Doe était sur Jeskai Control", JANE),
        ("l'adversaire : Jane Doe, joue Jeskai Control", JANE),
        ("Jane Doe sur Jeskai Control", JANE),
        ("R5 Jane Doe - Jeskai Control", JANE),
        ("T12: Jane Doe on Jeskai Control", JANE),
        ("Table 12 \u2013 Jane Doe : Jeskai Control", JANE),
        ("ronde n°3, table 4 : Jane Doe → Jeskai Control", JANE),
        ("**Jane Doe** = `Jeskai Control`", JANE),
        ("<:mtg:123456> Jane Doe plays Jeskai Control <@4>", JANE),
        ("Doe, Jane joue Jeskai Control", ("Doe, Jane", "Jeskai Control")),
        ("Jean-Luc Picard plays Ruby Storm", ("Jean-Luc Picard", "Ruby Storm")),
        ("X plays UW", ("X", "UW")),
        ("hello everybody\nJane Doe joue Jeskai Control\nbye", JANE),
    ],
)
def test_who_plays_what_is_read_as_people_write_it(line: str, expected: tuple[str, str]) -> None:
    read = read_chat(line)

    assert (read.opponent, read.archetype) == expected


@pytest.mark.parametrize(
    ("line", "round_number"),
    [
        ("R5 Jane - Burn", 5),
        ("round 12: Jane plays Burn", 12),
        ("T4 R7 Jane plays Burn", 7),
        ("Ronde n°3 Jane joue Burn", 3),
        ("Jane Doe (R4) joue Burn", 4),
        ("T12: Jane on Burn", None),
        ("R99 Jane plays Burn", None),
        ("Rose plays Burn", None),
        ("R2D2 plays Burn", None),
    ],
)
def test_a_round_is_read_and_a_table_is_none(line: str, round_number: int | None) -> None:
    assert read_chat(line).round == round_number


@pytest.mark.parametrize(
    ("line", "archetype", "comment"),
    [
        ("Jane plays Burn, 4 Blood Moon in the side", "Burn", "4 Blood Moon in the side"),
        ("Jane joue Burn (très lente)", "Burn", "très lente"),
        ("Jane joue Burn. Elle bluffe", "Burn", "Elle bluffe"),
        ("Jane is on Burn with Atarka", "Burn", "Atarka"),
        ("Jane - Burn - slow player", "Burn", "slow player"),
    ],
)
def test_what_follows_the_deck_is_the_comment(line: str, archetype: str, comment: str) -> None:
    read = read_chat(line)

    assert (read.archetype, read.comment) == (archetype, comment)


@pytest.mark.parametrize("line", ["gg wp", "R5", "joue Burn", "plays", " - ", "who is 1-0?"])
def test_what_says_nothing_of_anybody_is_left_to_the_person_as_the_comment(line: str) -> None:
    read = read_chat(line)

    assert (read.opponent, read.archetype, read.round) == ("", "", None)
    assert read.comment == line.strip()


def test_an_empty_message_reads_as_nothing() -> None:
    assert read_chat("") == ChatReport()


def keeps_its_limits(read: ChatReport) -> bool:
    return (
        length(read.opponent) <= 100
        and length(read.archetype) <= 100
        and length(read.comment) <= 500
        and (read.round is None or 1 <= read.round <= LAST_ROUND)
        and bool(read.opponent) == bool(read.archetype)
        and all("\n" not in text for text in (read.opponent, read.archetype, read.comment))
    )


@given(st.text(max_size=6_000))
def test_any_text_is_read_within_the_forms_limits(text: str) -> None:
    assert keeps_its_limits(read_chat(text))


PIECES = (
    *(
        "R5",
        "T12",
        "ronde",
        "table n°",
        "opponent",
        "adversaire",
        "l\u2019",
        "joue",
        "plays",
        "is on",
    ),
    *(
        " on ",
        " sur ",
        " - ",
        " \u2013 ",
        ": ",
        "->",
        "=",
        "(",
        ")",
        ", ",
        ". ",
        "**",
        "`",
        "|",
        "\n",
    ),
    *(
        "Jane",
        "Doe",
        "Burn",
        "Ñandú",
        "李明",
        "\u200d",
        "🙂",
        "<:a:1>",
        "<@1>",
        "\ud800",
        "\x00",
        " ",
    ),
)


def test_twenty_thousand_mixtures_of_what_is_looked_for_are_read() -> None:
    dice = random.Random(20_261_124)  # noqa: S311 - the same mixtures in every run

    for _ in range(20_000):
        text = "".join(dice.choices(PIECES, k=dice.randint(1, 9)))
        assert keeps_its_limits(read_chat(text)), repr(text)


@pytest.mark.parametrize("unit", ["R5 ", "a ", "- ", "joue ", "((", " on", "<:a", "l'", "R"])
def test_a_long_message_of_one_thing_again_and_again_is_read_too(unit: str) -> None:
    assert keeps_its_limits(read_chat(unit * 40_000))


NAMES = st.text("abcdefghijklmnop éèü", min_size=1, max_size=30).map(str.strip).filter(bool)
VERBS = ("plays", "is on", "joue", "est sur", "is playing", "jouait")


@given(
    first=NAMES.filter(lambda name: " " not in name),
    deck=st.sampled_from(["Burn", "Jeskai Control", "Amulet Titan", "UW"]),
    verb=st.sampled_from(VERBS),
    round_number=st.none() | st.integers(1, LAST_ROUND),
    opponent=st.sampled_from(["", "Opponent ", "mon adversaire "]),
)
@example(first="on", deck="Burn", verb="plays", round_number=None, opponent="")
@example(first="on", deck="Burn", verb="is on", round_number=None, opponent="")
@example(first="Sur", deck="UW", verb="est sur", round_number=5, opponent="mon adversaire ")
def test_whoever_it_is_and_whatever_they_play_is_read_back(
    first: str, deck: str, verb: str, round_number: int | None, opponent: str
) -> None:
    place = "" if round_number is None else f"R{round_number} "

    read = read_chat(f"{place}{opponent}Mx {first} {verb} {deck}")

    assert read == ChatReport(opponent=f"Mx {first}", archetype=deck, round=round_number)
