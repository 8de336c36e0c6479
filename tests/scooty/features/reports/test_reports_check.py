from __future__ import annotations

from typing import Any

import pytest

from actors.discord_gateway.replies import Reply, Select, UpdateMessage
from scooty.core.suggestions import SuggestOpponents
from scooty.domain.ids import PlayerId
from scooty.features.reports.calls.looking_up import (
    CheckPlayer,
    CheckPlayerById,
    NobodyFound,
    PlayerMatch,
    SeveralPlayers,
)


async def test_a_name_is_looked_up_cleaned_with_one_call(
    ask: Any, gestures: Any, storage: Any
) -> None:
    await ask(gestures.command("check", name=" Doe,\u202e  Jane "), outcome=NobodyFound())

    assert storage.calls == [CheckPlayer(name="Doe, Jane")]


async def test_similar_names_are_a_list_that_opens_the_chosen_card_in_its_place(
    ask: Any, gestures: Any, storage: Any, known: Any
) -> None:
    several = SeveralPlayers(
        matches=(
            PlayerMatch(player_id=PlayerId(7), name="Jane Doe", archetype="Burn"),
            PlayerMatch(player_id=PlayerId(8), name="Jon Doe", archetype="Burn"),
        )
    )

    listed = (await ask(gestures.command("check", name="Doe"), outcome=several)).response

    assert isinstance(listed, Reply)
    ((select,),) = (row.components for row in listed.rows)
    assert isinstance(select, Select)

    chosen = gestures.choose(select.custom_id, select.options[0].value)
    opened = (await ask(chosen, outcome=known.card())).response

    assert storage.calls[-1] == CheckPlayerById(player_id=PlayerId(7))
    assert isinstance(opened, UpdateMessage)
    assert opened.reply.embeds[0].title == "🔎 Jane Doe"


async def test_more_matches_than_a_list_holds_are_cut(ask: Any, gestures: Any) -> None:
    matches = tuple(
        PlayerMatch(player_id=PlayerId(n), name=f"Doe {n}", archetype="Burn") for n in range(40)
    )

    conclusion = await ask(
        gestures.command("check", name="Doe"), outcome=SeveralPlayers(matches=matches)
    )

    ((select,),) = (row.components for row in conclusion.response.rows)
    assert len(select.options) == 25


@pytest.mark.parametrize("value", ["", "x", "-1", "7; drop table", "\u0663", "9" * 19, "9" * 5_000])
async def test_a_forged_choice_never_reaches_storage(
    value: str, ask: Any, gestures: Any, storage: Any
) -> None:
    conclusion = await ask(gestures.choose("check:open@1", value))

    assert conclusion.verdict == "refused"
    assert storage.calls == []


async def test_typing_a_name_to_look_up_offers_the_players_seen(
    ask: Any, gestures: Any, storage: Any
) -> None:
    await ask(gestures.typing("check", "name", name="do"))

    assert storage.calls == [SuggestOpponents(text="do")]
