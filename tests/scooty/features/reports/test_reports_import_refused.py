"""Who may apply which import how often, and what is too much for one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.desk_fixture.desk import CAPTAIN, SAM
from tests.desk_fixture.importing import (
    PENDING,
    REPORTS,
    SMALL,
    apply_of,
    cancel_of,
    table,
    upload,
)
from tests.desk_fixture.reading import as_text

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk

DEEDS = (
    "select member_id, detail from scooty_private.audit where guild_id = %s and action = 'import'"
)


async def test_one_press_is_answered_the_same_and_another_one_finds_nothing(
    desk_at_event: TeamDesk,
) -> None:
    apply = apply_of(await upload(desk_at_event, SMALL))

    answers = [
        await desk_at_event.press(apply, by=CAPTAIN, request_id=desk_at_event.guild_id)
        for _ in range(2)
    ]
    again = await desk_at_event.press(apply, by=CAPTAIN)

    assert as_text(answers[0].response) == as_text(answers[1].response)
    assert again.verdict == "refused"
    assert len(desk_at_event.rows(REPORTS)) == 2
    assert desk_at_event.rows(DEEDS) == [
        (
            CAPTAIN.user_id,
            {"event": "Open", "reports": 2, "players": 2, "created": 2, "known": 0, "left_out": 0},
        )
    ]


async def test_a_preview_is_nobody_elses(desk_at_event: TeamDesk) -> None:
    previewed = await upload(desk_at_event, SMALL)
    other_captain = replace(CAPTAIN, user_id=CAPTAIN.user_id + 100)
    other_guild = desk_at_event.other_guild()
    await other_guild.open_event()

    for desk, who in ((desk_at_event, other_captain), (other_guild, CAPTAIN)):
        for custom_id in (apply_of(previewed), cancel_of(previewed)):
            await desk.press(custom_id, by=who)

    assert desk_at_event.rows(REPORTS) == other_guild.rows(REPORTS) == []
    assert desk_at_event.rows(PENDING) == [(1,)]


async def test_a_cancelled_preview_is_forgotten(desk_at_event: TeamDesk) -> None:
    previewed = await upload(desk_at_event, SMALL)

    await desk_at_event.press(cancel_of(previewed), by=CAPTAIN)

    assert desk_at_event.rows(PENDING) == [(0,)]
    assert (await desk_at_event.press(apply_of(previewed), by=CAPTAIN)).verdict == "refused"


async def test_a_preview_is_for_the_event_that_was_active(desk_at_event: TeamDesk) -> None:
    previewed = await upload(desk_at_event, SMALL)
    await desk_at_event.open_event("Next")

    refused = await desk_at_event.press(apply_of(previewed), by=CAPTAIN)

    assert refused.verdict == "refused"
    assert desk_at_event.rows(REPORTS) == []
    assert desk_at_event.rows(PENDING) == [(1,)]


async def test_who_is_erased_is_in_no_import_that_waits(desk_at_event: TeamDesk) -> None:
    file = [{"player": "A", "archetype": "Burn", "reporter_id": SAM.user_id}]
    await upload(desk_at_event, json.dumps(file))

    await desk_at_event.press("privacy:erase-me@1", by=SAM)

    assert desk_at_event.rows(PENDING) == [(0,)]


async def test_only_captains_import(desk_at_event: TeamDesk) -> None:
    previewed = await upload(desk_at_event, SMALL)

    asked = await upload(desk_at_event, SMALL, by=SAM)
    pressed = await desk_at_event.press(apply_of(previewed), by=SAM)

    assert (asked.verdict, pressed.verdict) == ("refused", "refused")
    assert desk_at_event.rows(REPORTS) == []


@pytest.mark.parametrize("file", [table(3_001), table(300, 201), "a,b\n" * 20_001])
async def test_more_than_an_import_is_refused(desk_at_event: TeamDesk, file: str) -> None:
    refused = await upload(desk_at_event, file)

    assert "Too much" in as_text(refused.response)
    assert desk_at_event.rows(PENDING) == [(0,)]


@pytest.mark.parametrize(
    ("content", "size"), [(b"x", 2 * 1024 * 1024 + 1), (b"x" * (2 * 1024 * 1024 + 1), 100)]
)
async def test_a_file_that_is_too_large_is_refused_whatever_it_says(
    desk_at_event: TeamDesk, content: bytes, size: int
) -> None:
    refused = await upload(desk_at_event, content, size=size)

    assert "2048 KiB" in as_text(refused.response)
