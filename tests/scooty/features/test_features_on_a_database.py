"""What people do at a desk, over a real database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.text.custom_ids import PAGE_REPORTS
from tests.desk_fixture.reading import as_text

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk


async def test_a_report_is_found_again(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Jeskai Control")

    assert "Jeskai Control" in await desk_at_event.says("check", name="doe jane")


async def test_another_guild_has_no_event(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Jeskai Control")

    elsewhere = await desk_at_event.other_guild().command("check", name="Jane Doe")

    assert elsewhere.verdict == "refused"


async def test_a_button_that_skips_more_reports_than_there_can_be_breaks_nothing(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe")
    [(report_id,)] = desk_at_event.rows("select id from scooty_private.reports where guild_id = %s")

    for skipped in (2**31 - 1, 2**31, 2**63 - 1):
        conclusion = await desk_at_event.press(PAGE_REPORTS(report_id, skipped))
        assert conclusion.verdict == "ok"
        assert "Jane Doe" in as_text(conclusion.response)
