from __future__ import annotations

from typing import Any

import pytest

from scooty.domain.roles import Role
from scooty.features.registry import COMMANDS
from scooty.features.stats.calls import CountEvent
from tests.desk_fixture.declared import declared_options

DECLARED = dict(declared_options())
TITLES = {
    "archetype": "📊 Metagame: RC Lyon",
    "colour": "📊 Colours: RC Lyon",
    "scout": "📊 Top contributors: RC Lyon",
}


def declared_choices() -> tuple[str, ...]:
    by, *_ = DECLARED["stats"]
    return tuple(str(choice.value) for choice in by.choices)


def test_each_grouping_can_be_chosen_and_none_has_to_be() -> None:
    by, *_ = DECLARED["stats"]

    assert set(declared_choices()) == set(TITLES)
    assert not by.required


@pytest.mark.parametrize("by", declared_choices())
async def test_figures_are_grouped_as_chosen_for_the_asker_alone_with_one_call(
    by: str, ask: Any, gestures: Any, storage: Any, known: Any
) -> None:
    conclusion = await ask(gestures.command("stats", by=by), outcome=known.stats())

    assert conclusion.response.embeds[0].title == TITLES[by]
    assert conclusion.response.ephemeral
    assert storage.calls == [CountEvent()]


@pytest.mark.parametrize("by", ["", "ARCHETYPE", "1; drop table", "scout\u202e x"])
async def test_a_grouping_that_is_not_offered_is_the_one_by_archetype(
    by: str, ask: Any, gestures: Any, known: Any
) -> None:
    conclusion = await ask(gestures.command("stats", by=by), outcome=known.stats())

    assert conclusion.response.embeds[0].title == TITLES["archetype"]


async def test_figures_are_for_servers_only(ask: Any, gestures: Any, storage: Any) -> None:
    conclusion = await ask(gestures.command("stats"), guild_id=None)

    assert conclusion.verdict == "refused"
    assert storage.calls == []


def test_whoever_may_look_up_may_see_the_figures() -> None:
    assert COMMANDS["stats"].role is COMMANDS["check"].role is Role.READER
