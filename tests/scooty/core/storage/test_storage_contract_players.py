"""Whom every storage finds by a name as it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scooty.domain.ids import PlayerId
from scooty.features.reports.calls.looking_up import NobodyFound, SeveralPlayers
from tests.scooty.core.storage.looking_up import check, found

if TYPE_CHECKING:
    from tests.scooty.core.storage.conftest import Team


@pytest.mark.parametrize(
    "typed",
    [
        "Élodie O'Brien",
        "elodie obrien",
        "O\u2019Brien, Elodie",
        "OBRIEN ELODIE",
        " élodie  o'brien ",
    ],
)
async def test_a_player_is_found_however_the_name_is_written(team: Team, typed: str) -> None:
    await team.must_report("Élodie O'Brien")

    assert await found(team, typed) == "Élodie O'Brien"


async def test_a_typo_offers_the_name_that_was_meant(team: Team) -> None:
    await team.must_report("Jonathan Fischer")
    await team.must_report("Marguerite Dubois")

    outcome = await check(team, "jonatan ficher")

    assert isinstance(outcome, SeveralPlayers)
    assert [match.name for match in outcome.matches] == ["Jonathan Fischer"]
    assert outcome.matches[0].archetype == "Boros Energy"


async def test_half_a_name_offers_all_who_have_it(team: Team) -> None:
    for name in ("Martin Thomas", "Jane Doe", "Paul Martin"):
        await team.must_report(name)

    outcome = await check(team, "martin")

    assert isinstance(outcome, SeveralPlayers)
    assert [match.name for match in outcome.matches] == ["Martin Thomas", "Paul Martin"]


async def test_two_names_of_the_same_words_are_two_players(team: Team) -> None:
    await team.must_report("Martin Thomas")
    await team.must_report("Thomas Martin")

    assert await found(team, "thomas martin") == "Thomas Martin"
    assert await found(team, "Thomas, Martin") == "Martin Thomas"


async def test_nobody_is_found_by_a_name_like_none(team: Team) -> None:
    await team.must_report("Jane Doe")

    assert await check(team, "Xqzwv Kkkk") == NobodyFound()


async def test_a_player_chosen_from_a_list_is_found_by_id(team: Team) -> None:
    report = await team.must_report("Jane Doe")

    async def by_id(where: Team, player_id: PlayerId) -> object:
        return await where.storage.check_player_by_id(guild_id=where.guild_id, player_id=player_id)

    other = team.other()
    await other.open()
    assert await by_id(team, report.card.player_id) == report.card
    assert await by_id(team, PlayerId(999_999_999)) == NobodyFound()
    assert await by_id(other, report.card.player_id) == NobodyFound()
