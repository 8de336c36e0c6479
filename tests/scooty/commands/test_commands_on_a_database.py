"""What people do at a desk, over a real database."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk


async def test_a_report_is_found_again(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Jeskai Control")

    assert "Jeskai Control" in await desk_at_event.says("check", name="doe jane")


async def test_another_guild_has_no_event(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Jeskai Control")

    elsewhere = await desk_at_event.other_guild().command("check", name="Jane Doe")

    assert elsewhere.verdict == "refused"
