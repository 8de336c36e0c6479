"""``/pairings import`` in several pastes of one round."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from actors.discord_gateway.replies import ShowModal
from scooty.core.call import Caller
from scooty.domain.ids import MemberId, RequestId
from scooty.features.pairings.calls.round_files import (
    AddToRoundFile,
    ImportChanged,
    NamesForRound,
    RoundFileKept,
    RoundFileNames,
)
from scooty.features.pairings.commands.round_file_reading import ReadFile, read_pairings
from tests.desk_fixture.desk import CAPTAIN
from tests.desk_fixture.reading import as_text, button
from tests.desk_fixture.rounds import (
    pairings,
    paste_pairings,
)

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk


async def apply(
    desk: TeamDesk, previewed: Conclusion, label: str = "Apply", *, request_id: int | None = None
) -> Conclusion:
    return await desk.press(button(previewed, label), by=CAPTAIN, request_id=request_id)


async def add(desk: TeamDesk, previewed: Conclusion, text: str) -> Conclusion:
    form = await desk.press(button(previewed, "Add another paste"), by=CAPTAIN)
    assert isinstance(form.response, ShowModal)
    return await desk.submit(form.response.custom_id, by=CAPTAIN, pasted=text)


def opponents(desk: TeamDesk) -> dict[str, str | None]:
    return {name: opponent for _, _, _, name, opponent, _ in pairings(desk)}


async def test_pastes_of_one_round_add_up_and_players_stand_in_it_once(
    desk_at_event: TeamDesk,
) -> None:
    form = await desk_at_event.command("pairings import", by=CAPTAIN, round=3)
    assert isinstance(form.response, ShowModal)
    first = await desk_at_event.submit(
        form.response.custom_id, by=CAPTAIN, pasted="1  Jane Doe  vs.  Rick Roe"
    )
    second = await add(
        desk_at_event, first, "1  Doe, Jane  vs.  Roe, Rick\n2  Ann Moe  vs.  Pat Poe"
    )
    await apply(desk_at_event, second)

    assert "**R3: 2 tables, 0 teammates, 0 opponents known, 1 line skipped**" in as_text(
        second.response
    )
    assert opponents(desk_at_event) == {
        "Ann Moe": "Pat Poe",
        "Jane Doe": "Rick Roe",
        "Pat Poe": "Ann Moe",
        "Rick Roe": "Jane Doe",
    }


async def test_a_later_paste_tells_the_round_when_the_first_one_did_not(
    desk_at_event: TeamDesk,
) -> None:
    first = await paste_pairings(desk_at_event, "1  Jane Doe  vs.  Rick Roe")

    second = await add(desk_at_event, first, "Round 6\n2  Ann Moe  vs.  Pat Poe")
    third = await add(desk_at_event, second, "Round 7\n3  Lou Low  vs.  Zoe Woe")

    assert "R6: 2 tables" in as_text(second.response)
    assert third.verdict == "refused"
    assert "It is not round 6" in as_text(third.response)


async def test_a_paste_that_is_sent_again_is_added_once(desk_at_event: TeamDesk) -> None:
    first = await paste_pairings(desk_at_event, "1  Jane Doe  vs.  Rick Roe")
    form = button(first, "Add another paste").replace("more", "add")

    said = [
        as_text(
            (
                await desk_at_event.submit(
                    form,
                    by=CAPTAIN,
                    pasted="2  Ann Moe  vs.  Pat Poe",
                    request_id=desk_at_event.guild_id,
                )
            ).response
        )
        for _ in range(2)
    ]

    assert "R1: 2 tables" in said[0]
    # Read anew, all of it stands in the import already; nothing is in it twice.
    assert "No pairing to take" in said[1]


async def test_a_paste_whose_answer_was_lost_on_its_way_is_added_once(
    desk_at_event: TeamDesk,
) -> None:
    first = await paste_pairings(desk_at_event, "1  Jane Doe  vs.  Rick Roe")
    import_id = RequestId(int(button(first, "Apply").rsplit(":", 1)[1]))
    caller = Caller(
        guild_id=desk_at_event.guild_id,
        member_id=MemberId(CAPTAIN.user_id),
        request_id=RequestId(desk_at_event.guild_id),
        as_captain=True,
    )
    calls = desk_at_event.ports.calls
    names = await calls.read(
        caller.guild_id,
        RoundFileNames(member_id=caller.member_id, kind="pairings", import_id=import_id),
    )
    assert isinstance(names, NamesForRound)
    file = ReadFile(content="2  Ann Moe  vs.  Pat Poe", request_id=caller.request_id)
    content = read_pairings(file, names)
    assert isinstance(content, dict)

    add = AddToRoundFile(kind="pairings", import_id=import_id, content=content)
    added = [await calls.write(caller, add) for _ in range(2)]
    other = replace(caller, request_id=RequestId(desk_at_event.guild_id + 1))
    late = await calls.write(other, add)

    assert [each.counts.tables for each in added if isinstance(each, RoundFileKept)] == [2, 2]
    assert late == ImportChanged()


async def test_pastes_that_arrive_at_once_are_all_added(desk_at_event: TeamDesk) -> None:
    first = await paste_pairings(desk_at_event, "1  Jane Doe  vs.  Rick Roe")
    form = button(first, "Add another paste").replace("more", "add")

    await asyncio.gather(
        *(
            desk_at_event.submit(form, by=CAPTAIN, pasted=f"{place}  Ann {name}  vs.  Bo {name}")
            for place, name in enumerate(("Moe", "Poe"), 2)
        )
    )
    await apply(desk_at_event, first)

    assert len(opponents(desk_at_event)) == 6
