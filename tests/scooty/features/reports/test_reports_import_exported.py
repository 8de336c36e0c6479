"""What ``/export`` wrote comes back by ``/import`` as it was, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.importing import (
    REPORTS,
    everything,
    imported,
)
from tests.desk_fixture.reading import as_text, reply_of

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk

EVIL = '=HYPERLINK("http://x","y")'


async def exported(desk: TeamDesk, form: str) -> bytes:
    return reply_of(await desk.command(f"export {form}")).files[0].content


async def lively_event(desk: TeamDesk) -> None:
    """Have reports of every kind: contested, repeated, with details, of an erased member."""
    await desk.scouted("Zoé Ünal", "Jeskai Control", by=SAM, comment="keeps four", round="3")
    await desk.scouted(EVIL, "Boros Energy", by=ROBIN, comment="+1 sideboard card")
    await desk.scouted("Zoé Ünal", "Boros Energy", by=ROBIN, confidence="guess", source="told")
    await desk.scouted("Doe, Jane", "Burn", by=SAM)
    await desk.scouted("Jane Doe", "Burn", by=SAM)
    await desk.scouted("'Quoted'", "Burn", by=CAPTAIN, source="decklist")
    ((report_id,),) = desk.rows(
        "select min(id) from scooty_private.reports where guild_id = %s and round = 3"
    )
    await desk.submit(
        f"report:save-details@1:{report_id}:1",
        colours="u/r",
        companion="Lurrus",
        key_cards="Counterspell",
        sideboard="Wear // Tear",
        play_pattern="slow",
    )
    await desk.submit(
        f"report:save-edit@1:{report_id}:2",
        archetype="Jeskai Control",
        comment="keeps four",
        round="3",
        table_number="12",
        variant="-",
    )
    await desk.scouted("Jane Doe", "Boros Energy", by=SAM)
    ((report_id,),) = desk.rows("select max(id) from scooty_private.reports where guild_id = %s")
    await desk.press(f"scout:undo@1:{report_id}", by=SAM)


@pytest.mark.parametrize("form", ["json", "csv"])
async def test_an_export_in_another_guilds_event_is_the_same_event(
    desk_at_event: TeamDesk, form: str
) -> None:
    await lively_event(desk_at_event)
    other = desk_at_event.other_guild()
    await other.open_event()

    done = await imported(other, await exported(desk_at_event, form))

    assert done.verdict == "ok"
    assert everything(other) == everything(desk_at_event)
    for by in ("archetype", "scout"):
        assert await other.says("stats", by_=by) == await desk_at_event.says("stats", by_=by)
    assert (EVIL, "Boros Energy") in [row[:2] for row in other.rows(REPORTS)]


@pytest.mark.parametrize("form", ["json", "csv"])
async def test_a_file_that_is_applied_again_adds_nothing(
    desk_at_event: TeamDesk, form: str
) -> None:
    await lively_event(desk_at_event)
    file = await exported(desk_at_event, form)
    other = desk_at_event.other_guild()
    await other.open_event()
    await imported(other, file)
    before = everything(other)

    again = await imported(other, file)
    at_home = await imported(desk_at_event, file)

    assert everything(other) == before == everything(desk_at_event)
    for conclusion in (again, at_home):
        assert "Nothing new in it" in as_text(conclusion.response)
