"""What is offered for a short word that was mistyped: the same by both storages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scooty.features.reports.calls.looking_up import SeveralPlayers
from scooty.features.reports.calls.recording import ArchetypeUnknown

if TYPE_CHECKING:
    from tests.scooty.core.storage.conftest import Team

SLIPS_OF_JANE = ["jnae", "jaen", "ajne", "jame", "janf", "jaane", "janex", "jne"]


@pytest.mark.parametrize("typed", SLIPS_OF_JANE)
async def test_a_short_name_is_offered_in_spite_of_one_slip(team: Team, typed: str) -> None:
    for name in ("Jane Doe", "Rick Roe", "Marguerite Dubois"):
        await team.must_report(name)

    outcome = await team.storage.check_player(guild_id=team.guild_id, name=typed)

    assert await team.names(typed) == ["Jane Doe"]
    assert isinstance(outcome, SeveralPlayers)
    assert [match.name for match in outcome.matches] == ["Jane Doe"]


async def test_a_slip_in_the_beginning_of_a_longer_word_is_forgiven(team: Team) -> None:
    await team.must_report("Jonathan Fischer")

    assert await team.names("jnoat") == ["Jonathan Fischer"]


async def test_what_is_one_slip_away_comes_before_what_only_resembles(team: Team) -> None:
    for name in ("Marc Silva", "Mara Crane"):
        await team.must_report(name)

    assert (await team.names("mrac"))[:1] == ["Marc Silva"]


async def test_a_wildcard_in_a_short_word_is_no_slip(team: Team) -> None:
    await team.must_report("Jane Doe")

    for typed in ("x_ne", "%%%%", "____"):
        assert await team.names(typed) == []


async def test_a_slip_finds_nobody_of_another_guild(team: Team) -> None:
    await team.must_report("Jane Doe")
    other = team.other()
    await other.open()

    assert await other.names("jnae") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("bunr", "Burn"), ("brun", "Burn"), ("nvi", "Niv to Light"), ("rton", "Eldrazi Tron")],
)
async def test_a_short_archetype_is_among_the_nearest_in_spite_of_one_slip(
    team: Team, typed: str, meant: str
) -> None:
    offered = await team.storage.suggest_archetypes(guild_id=team.guild_id, text=typed)
    unknown = await team.report("Jane Doe", typed)

    assert meant in [archetype.name for archetype in offered]
    assert isinstance(unknown, ArchetypeUnknown)
    assert meant in [archetype.name for archetype in unknown.nearest]
