"""Whom a text reaches depends on who wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox import demo

if TYPE_CHECKING:
    from sandbox.wire import JsonObject
    from tests.sandbox.conftest import House

_MESSAGES = f"/channels/{demo.AZORIUS_GENERAL}/messages"
_SCOUTS = demo.role_id(demo.AZORIUS, "scout")


async def said(house: House, person_id: str, content: str) -> JsonObject:
    somebody = await house.person(person_id)
    await somebody.say(content)
    view = await somebody.wait_until(
        lambda view: bool(view.messages) and view.messages[-1]["author"]["id"] == person_id
    )
    return view.messages[-1]


@pytest.mark.parametrize("word", ["@everyone", "@here"])
async def test_everyone_is_reached_only_by_those_who_may(house: House, word: str) -> None:
    by_captain = await said(house, demo.CAMILLE, f"round 3, {word}")
    by_scout = await said(house, demo.SAM, f"round 3, {word}")

    assert by_captain["mention_everyone"]
    assert not by_scout["mention_everyone"]


async def test_a_role_is_reached_only_by_those_who_may(house: House) -> None:
    by_captain = await said(house, demo.CAMILLE, f"<@&{_SCOUTS}>")
    by_scout = await said(house, demo.SAM, f"<@&{_SCOUTS}>")

    assert by_captain["mention_roles"] == [_SCOUTS]
    assert by_scout["mention_roles"] == []


async def test_a_person_is_reached_by_everybody(house: House) -> None:
    message = await said(house, demo.SAM, f"<@{demo.CAMILLE}>")

    assert [user["id"] for user in message["mentions"]] == [demo.CAMILLE]


async def test_a_bot_may_reach_everyone_and_says_by_itself_when_it_does_not(house: House) -> None:
    rest = await house.rest()
    everyone = {"content": "@everyone"}

    _, loud, _ = await rest("POST", _MESSAGES, json=everyone)
    _, quiet, _ = await rest(
        "POST", _MESSAGES, json={**everyone, "allowed_mentions": {"parse": []}}
    )
    _, edited, _ = await rest("PATCH", f"{_MESSAGES}/{quiet['id']}", json=everyone)

    assert loud["mention_everyone"]
    assert not quiet["mention_everyone"]
    assert edited["mention_everyone"]


async def test_nobody_is_everyone_in_a_direct_conversation(house: House) -> None:
    rest = await house.rest()
    _, channel, _ = await rest("POST", "/users/@me/channels", json={"recipient_id": demo.SAM})

    _, message, _ = await rest(
        "POST", f"/channels/{channel['id']}/messages", json={"content": "@everyone"}
    )

    assert not message["mention_everyone"]
