"""What every storage offers to people while they type."""

from __future__ import annotations

import pytest

from tests.scooty.core.storage.conftest import ROBIN, Team


async def test_opponents_are_offered_by_the_beginnings_of_their_words(team: Team) -> None:
    for name in ("Jane Doe", "Rick Roe", "Dora Janssen"):
        await team.must_report(name)

    assert await team.names("jan") == ["Jane Doe", "Dora Janssen"]
    assert await team.names("do ja") == ["Dora Janssen", "Jane Doe"]
    assert await team.names("r") == ["Rick Roe"]


async def test_an_empty_text_offers_the_most_recent_first(team: Team) -> None:
    for name in ("Jane Doe", "Rick Roe", "Dora Janssen", "Jane Doe"):
        await team.must_report(name)

    assert await team.names("") == ["Jane Doe", "Dora Janssen", "Rick Roe"]


async def test_at_most_25_opponents_are_offered(team: Team) -> None:
    for number in range(27):
        await team.must_report(f"Player {number}")

    assert len(await team.names("")) == len(await team.names("player")) == 25


@pytest.mark.parametrize("wildcard", ["%", "_", "*", "\\"])
async def test_wildcards_are_characters_like_any_other(team: Team, wildcard: str) -> None:
    await team.must_report(f"{wildcard}sly{wildcard}fox")
    await team.must_report("asly fox")

    assert await team.names(wildcard) == [f"{wildcard}sly{wildcard}fox"]
    assert await team.names(f"{wildcard}sly{wildcard}f") == [f"{wildcard}sly{wildcard}fox"]


async def test_an_opponent_is_offered_with_what_was_reported_last(team: Team) -> None:
    await team.must_report("Jane Doe", "Burn")
    await team.must_report("Jane Doe", "Amulet Titan", by=ROBIN)

    [offered] = await team.storage.suggest_opponents(guild_id=team.guild_id, text="jane")

    assert (offered.archetype, offered.reporter_name, offered.report_count) == (
        "Amulet Titan",
        "Robin",
        2,
    )
    assert offered.reporter_id == ROBIN


async def test_archetypes_are_offered_most_reported_first(team: Team) -> None:
    await team.must_report("Jane Doe", "Burn")
    await team.must_report("Rick Roe", "Amulet Titan")
    await team.must_report("Rick Roe", "Amulet Titan")

    offered = await team.storage.suggest_archetypes(guild_id=team.guild_id, text="")

    assert [(one.name, one.report_count) for one in offered[:2]] == [
        ("Amulet Titan", 2),
        ("Burn", 1),
    ]
    assert len(offered) == 25


@pytest.mark.parametrize(
    ("typed", "first"),
    [("boros en", "Boros Energy"), ("énerg", "Boros Energy"), ("amlet titan", "Amulet Titan")],
)
async def test_archetypes_are_offered_by_name_alias_and_likeness(
    team: Team, typed: str, first: str
) -> None:
    offered = await team.storage.suggest_archetypes(guild_id=team.guild_id, text=typed)

    assert offered[0].name == first


async def test_archetypes_are_offered_by_their_colours_in_any_order(team: Team) -> None:
    offered = await team.storage.suggest_archetypes(guild_id=team.guild_id, text="rw")

    assert "Boros Energy" in [archetype.name for archetype in offered]
