from __future__ import annotations

from dataclasses import replace

from scooty.core.i18n import ENGLISH, FRENCH
from scooty.core.suggestions import ArchetypeSuggestion, OpponentSuggestion
from scooty.core.text.choices import archetype_choices, opponent_choices
from scooty.domain.ids import ArchetypeId, MemberId, PlayerId
from scooty.domain.text import length


def seen(name: str, archetype: str = "Jeskai Control", *, count: int = 1) -> OpponentSuggestion:
    return OpponentSuggestion(
        player_id=PlayerId(1),
        name=name,
        archetype=archetype,
        reporter_id=MemberId(2),
        reporter_name="Sam",
        report_count=count,
    )


def labels(*suggestions: OpponentSuggestion) -> list[str]:
    return [choice.name for choice in opponent_choices(suggestions, ENGLISH).choices]


def test_an_opponent_comes_with_the_warning_and_the_plain_name_as_value() -> None:
    (choice,) = opponent_choices([seen("Jane Doe", count=2)], ENGLISH).choices

    assert choice.name == "Jane Doe · already seen: Jeskai Control by Sam ×2"  # noqa: RUF001 - the sign that people read
    assert choice.value == "Jane Doe"


def test_a_single_report_is_not_counted() -> None:
    assert labels(seen("Jane Doe")) == ["Jane Doe · already seen: Jeskai Control by Sam"]


def test_the_warning_is_in_the_typing_persons_language() -> None:
    (choice,) = opponent_choices([seen("Jane Doe")], FRENCH).choices

    assert choice.name == "Jane Doe · déjà vu\u202f: Jeskai Control par Sam"


def test_a_report_that_is_still_queued_is_marked() -> None:
    assert labels(replace(seen("Jane Doe", "Burn"), queued=True)) == [
        "Jane Doe · queued: Burn by Sam"
    ]


def test_a_long_name_keeps_its_half_and_the_warning_the_other() -> None:
    (label,) = labels(seen("J" * 100, "A" * 100, count=3))

    assert length(label) == 100
    assert label.startswith("J" * 49 + "… · already seen: AAA")
    assert label.endswith("… ×3")  # noqa: RUF001 - the sign that people read


def test_a_long_name_is_not_cut_more_than_its_warning_needs() -> None:
    (label,) = labels(seen("J" * 60, "Burn"))

    assert label == "J" * 60 + " · already seen: Burn by Sam"


def test_equal_labels_are_numbered() -> None:
    assert labels(seen("Jane Doe"), seen("Jane Doe"), seen("Jane Doe")) == [
        "Jane Doe · already seen: Jeskai Control by Sam",
        "Jane Doe · already seen: Jeskai Control by Sam (2)",
        "Jane Doe · already seen: Jeskai Control by Sam (3)",
    ]


def test_a_name_that_discord_would_not_take_as_a_value_is_left_out() -> None:
    assert labels(seen("🚀" * 60), seen(""), seen("Jane Doe")) == [
        "Jane Doe · already seen: Jeskai Control by Sam"
    ]


def test_archetypes_show_their_colours_and_how_often_they_were_reported() -> None:
    found = [
        ArchetypeSuggestion(
            id=ArchetypeId(1), name="Jeskai Control", colours="WUR", report_count=3
        ),
        ArchetypeSuggestion(id=ArchetypeId(2), name="Eldrazi", colours="", report_count=0),
    ]

    offered = archetype_choices(found, ENGLISH).choices

    assert [(choice.name, choice.value) for choice in offered] == [
        ("Jeskai Control ⚪🔵🔴 · 3 reports", "Jeskai Control"),
        ("Eldrazi ◇", "Eldrazi"),
    ]


def test_who_is_only_on_the_roster_is_said_to_be() -> None:
    listed = replace(seen("Jane Doe", "", count=0), reporter_name="")

    assert labels(listed) == ["Jane Doe · on the roster, not reported yet"]
