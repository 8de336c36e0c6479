"""``/report delete``, ``/admin delete-scout`` and the button that restores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk_fixture.desk import CAPTAIN, ROBIN
from tests.desk_fixture.reading import as_text, button

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk


async def scouted(desk: TeamDesk, archetype: str = "Burn") -> int:
    await desk.scouted("Jane Doe", archetype, comment="plays fast")
    [[report_id]] = desk.rows("select max(id) from scooty_private.reports where guild_id = %s")
    return int(report_id)


def request_of(desk: TeamDesk, number: int) -> int:
    """A request's id of this guild's own, for one that is repeated."""
    return desk.guild_id + 1_000_000_000_000 * number


@pytest.mark.parametrize("path", ["report delete", "admin delete-scout"])
async def test_a_captain_deletes_anybodys_report_after_being_asked_once(
    desk_at_event: TeamDesk, path: str
) -> None:
    report_id = await scouted(desk_at_event)

    asked = await desk_at_event.command(path, by=CAPTAIN, report=f"#{report_id}")
    still_there = await desk_at_event.says("check", name="Jane Doe")
    deleted = await desk_at_event.press(button(asked, "Delete this report"), by=CAPTAIN)

    assert "plays fast" in as_text(asked.response)
    assert "Burn" in still_there
    assert "Deleted: #" in as_text(deleted.response)
    assert (await desk_at_event.command("check", name="Jane Doe")).verdict == "refused"
    assert desk_at_event.rows(
        "select undone_at is not null, undone_by from scooty_private.reports where guild_id = %s"
    ) == [(True, CAPTAIN.user_id)]


async def test_what_a_captain_deleted_its_reporter_can_restore(desk_at_event: TeamDesk) -> None:
    report_id = await scouted(desk_at_event)
    asked = await desk_at_event.command("report delete", by=CAPTAIN, report=str(report_id))
    deleted = await desk_at_event.press(button(asked, "Delete this report"), by=CAPTAIN)

    refused = await desk_at_event.press(button(deleted, "Restore"), by=ROBIN)
    restored = await desk_at_event.press(button(deleted, "Restore"))

    assert refused.verdict == "refused"
    assert "now counts as **Burn**" in as_text(restored.response)
    assert "Burn" in await desk_at_event.says("check", name="Jane Doe")


async def test_nothing_is_deleted_that_was_edited_after_the_question(
    desk_at_event: TeamDesk,
) -> None:
    report_id = await scouted(desk_at_event)
    asked = await desk_at_event.command("report delete", report=str(report_id))
    await desk_at_event.submit(f"report:save-edit@1:{report_id}:1", comment="new words")

    refused = await desk_at_event.press(button(asked, "Delete this report"))

    assert refused.verdict == "refused"
    assert "new words" in as_text(refused.response)
    assert desk_at_event.rows(
        "select undone_at from scooty_private.reports where guild_id = %s"
    ) == [(None,)]
    assert (await desk_at_event.press(button(refused, "Delete this report"))).verdict == "ok"


async def test_a_repeated_deletion_is_answered_as_the_first(desk_at_event: TeamDesk) -> None:
    report_id = await scouted(desk_at_event)
    press = f"report:delete@1:{report_id}:1"
    first = await desk_at_event.press(press, request_id=request_of(desk_at_event, 1))

    again = await desk_at_event.press(press, request_id=request_of(desk_at_event, 1))
    anew = await desk_at_event.press(press)

    assert again == first
    assert anew.verdict == "refused"
    assert "Deleted already" in as_text(anew.response)


async def test_an_undoing_that_is_repeated_after_the_report_was_restored_undoes_nothing(
    desk_at_event: TeamDesk,
) -> None:
    report_id = await scouted(desk_at_event)
    undo = f"scout:undo@1:{report_id}"
    first = await desk_at_event.press(undo, request_id=request_of(desk_at_event, 2))
    await desk_at_event.press(f"report:restore@1:{report_id}")

    again = await desk_at_event.press(undo, request_id=request_of(desk_at_event, 2))

    assert again == first
    assert "Burn" in await desk_at_event.says("check", name="Jane Doe")


async def test_what_counts_cannot_be_restored_nor_what_is_deleted_edited(
    desk_at_event: TeamDesk,
) -> None:
    report_id = await scouted(desk_at_event)
    counted = await desk_at_event.press(f"report:restore@1:{report_id}")
    await desk_at_event.press(f"report:delete@1:{report_id}:1")

    for refused in (
        counted,
        await desk_at_event.command("report edit", report=str(report_id)),
        await desk_at_event.command("report delete", report=str(report_id)),
        await desk_at_event.submit(f"report:save-edit@1:{report_id}:2", comment="too late"),
    ):
        assert refused.verdict == "refused"
    assert desk_at_event.rows("select comment from scooty_private.reports where guild_id = %s") == [
        ("plays fast",)
    ]


async def test_a_colleague_and_another_guild_delete_and_restore_nothing(
    desk_at_event: TeamDesk,
) -> None:
    report_id = await scouted(desk_at_event)
    elsewhere = desk_at_event.other_guild()

    refused = [
        await desk_at_event.command("report delete", by=ROBIN, report=str(report_id)),
        await desk_at_event.command("admin delete-scout", report=str(report_id)),
        await desk_at_event.press(f"report:delete@1:{report_id}:1", by=ROBIN),
        await elsewhere.command("report delete", by=CAPTAIN, report=str(report_id)),
        await elsewhere.press(f"report:delete@1:{report_id}:1", by=CAPTAIN),
        await elsewhere.press(f"report:restore@1:{report_id}", by=CAPTAIN),
    ]

    assert {each.verdict for each in refused} == {"refused"}
    assert all("Jane Doe" not in as_text(each.response) for each in refused)
    assert desk_at_event.rows(
        "select undone_at, revision from scooty_private.reports where guild_id = %s"
    ) == [(None, 1)]


async def test_every_change_is_written_down_without_names_or_comments(
    desk_at_event: TeamDesk,
) -> None:
    report_id = await scouted(desk_at_event)
    await desk_at_event.submit(
        f"report:save-edit@1:{report_id}:1", archetype="Jeskai Control", comment="secret words"
    )
    await desk_at_event.press(f"report:delete@1:{report_id}:2", by=CAPTAIN)
    await desk_at_event.press(f"report:restore@1:{report_id}")

    deeds = desk_at_event.rows(
        "select action, subject_id, detail::text from scooty_private.audit"
        " where guild_id = %s and action in ('report', 'edit', 'delete', 'restore') order by id"
    )

    assert [(action, subject_id) for action, subject_id, _ in deeds] == [
        (action, report_id) for action in ("report", "edit", "delete", "restore")
    ]
    assert not any("Jane" in detail or "secret" in detail for _, _, detail in deeds)
