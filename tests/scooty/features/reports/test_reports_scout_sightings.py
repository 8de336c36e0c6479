"""/scout with its round, source and confidence, over a real database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scooty.domain.observations import Confidence, Source
from tests.desk_fixture.declared import declared_options
from tests.desk_fixture.reading import as_text

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk


async def test_a_report_says_when_and_how_it_became_known_unless_it_is_plain(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    await desk_at_event.scouted(
        "Jane Doe", "Burn", round=3, source="told", confidence="likely", comment="says Max"
    )

    newest, _, plain = (await desk_at_event.says("check", name="Jane Doe")).split("\n")[3:6]

    assert newest.startswith("• Burn · round 3 · hearsay · likely · <@")
    assert plain.startswith("• Burn · <@")
    stored = (
        "select round, source, confidence from scooty_private.reports"
        " where guild_id = %s order by id"
    )
    assert desk_at_event.rows(stored) == [(None, "seen", "sure"), (3, "told", "likely")]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"round": 0}, "“round” takes a round from 1 to 30"),
        ({"round": 31}, "“round” takes a round from 1 to 30"),
        ({"source": "dreamt"}, "“source” takes one of its choices only"),
        ({"confidence": "SURE"}, "“confidence” takes one of its choices only"),
    ],
)
async def test_what_discord_would_not_have_let_through_is_refused(
    desk_at_event: TeamDesk, options: dict[str, Any], said: str
) -> None:
    conclusion = await desk_at_event.command(
        "scout", opponent="Jane Doe", archetype="Burn", **options
    )

    assert conclusion.verdict == "refused"
    assert said in as_text(conclusion.response)
    assert desk_at_event.rows("select 1 from scooty_private.reports where guild_id = %s") == []


def test_every_source_and_confidence_can_be_chosen_in_both_languages() -> None:
    options = {option.name: option for option in dict(declared_options())["scout"]}

    assert {each.value for each in options["source"].choices} == set(Source)
    assert {each.value for each in options["confidence"].choices} == set(Confidence)
    for name in ("source", "confidence"):
        assert all(dict(each.name_localizations)["fr"] for each in options[name].choices)
    assert (options["round"].min_value, options["round"].max_value) == (1, 30)
