"""``/stats`` of a round, of another event, with its chart, over a real database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from actors.discord_gateway.replies import OfferChoices, Reply
from scooty.core.ports import ChartsPort
from scooty.features.stats.replies.share_chart import ShareChart
from tests.desk_fixture.desk import CAPTAIN, ROBIN
from tests.desk_fixture.reading import as_text

if TYPE_CHECKING:
    from scooty.core.charts.drawing import Chart
    from tests.desk_fixture.desk import TeamDesk


class Drawer(ChartsPort):
    """Draws a picture of a given size, and remembers of what."""

    def __init__(self, png: bytes | None = b"png") -> None:
        self.png = png
        self.charts: list[ShareChart] = []

    @override
    async def draw(self, chart: Chart) -> bytes | None:
        assert isinstance(chart, ShareChart)
        self.charts.append(chart)
        return self.png


def with_charts(desk: TeamDesk, drawer: ChartsPort) -> TeamDesk:
    return replace(desk, ports=replace(desk.ports, charts=drawer))


async def report_in_rounds(desk: TeamDesk) -> None:
    """Burn twice and Titan once in the first round, one of them again in the second."""
    await desk.scouted("Jane Doe", "Burn", round=1)
    await desk.scouted("Jon Doe", "Burn", round=1, by=ROBIN)
    await desk.scouted("Rick Roe", "Amulet Titan", round=1)
    await desk.scouted("Jane Doe", "Burn", round=2)
    await desk.scouted("Zoe Zed", "Living End")


async def test_a_round_counts_who_was_seen_in_it(desk_at_event: TeamDesk) -> None:
    await report_in_rounds(desk_at_event)

    first = await desk_at_event.says("stats", round=1)
    second = await desk_at_event.says("stats", round=2)
    whole = await desk_at_event.says("stats")

    assert "Metagame: Open · round 1" in first
    assert "3 players seen in round 1" in first
    assert "2 · **Burn**" in first
    assert "1 · **Amulet Titan**" in first
    assert "1 player seen in round 2" in second
    assert "Titan" not in second
    assert "4 of 4 players are known" in whole


async def test_a_round_counts_its_own_reporters(desk_at_event: TeamDesk) -> None:
    await report_in_rounds(desk_at_event)

    first = await desk_at_event.says("stats", round=1, by_="scout")
    second = await desk_at_event.says("stats", round=2, by_="scout")

    assert f"<@{ROBIN.user_id}> · 1 player · 1 report" in first
    assert str(ROBIN.user_id) not in second


async def test_what_was_undone_is_of_no_round(desk_at_event: TeamDesk) -> None:
    said = await desk_at_event.command("scout", opponent="Jane Doe", archetype="Burn", round=4)
    assert isinstance(said.response, Reply)
    report = desk_at_event.rows("select max(id) from scooty_private.reports where guild_id = %s")
    await desk_at_event.press(f"scout:undo@1:{report[0][0]}")

    text = await desk_at_event.says("stats", round=4)

    assert "No report that counts is of round 4" in text


@pytest.mark.parametrize("number", [0, -1, 31, 2**40])
async def test_a_round_that_cannot_be_is_refused(desk_at_event: TeamDesk, number: int) -> None:
    said = await desk_at_event.command("stats", round=number)

    assert said.verdict == "refused"
    assert "1 to 30" in as_text(said.response)


async def test_another_event_is_counted_when_it_is_chosen(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    await desk_at_event.command("event create", by=CAPTAIN, name="Second")
    await desk_at_event.scouted("Jon Doe", "Amulet Titan")
    offered = (await desk_at_event.typing("stats", "event", event="open")).response
    assert isinstance(offered, OfferChoices)

    text = await desk_at_event.says("stats", event=str(offered.choices[0].value))

    assert "Metagame: Open" in text
    assert "**Burn**" in text
    assert "Titan" not in text


@pytest.mark.parametrize("event", ["99999999", "Open", "0"])
async def test_an_unknown_event_is_an_error(desk_at_event: TeamDesk, event: str) -> None:
    said = await desk_at_event.command("stats", event=event)

    assert said.verdict == "refused"
    assert "No such event" in as_text(said.response)


async def test_another_guilds_event_is_unknown(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    ids = desk_at_event.rows("select id from scooty_private.events where guild_id = %s")

    said = await desk_at_event.other_guild().command("stats", event=str(ids[0][0]))

    assert said.verdict == "refused"
    assert "Burn" not in as_text(said.response)


async def test_a_round_without_an_active_event_is_refused(team_desk: TeamDesk) -> None:
    said = await team_desk.command("stats", round=1)

    assert said.verdict == "refused"
    assert "No active event" in as_text(said.response)


async def test_players_whom_only_a_roster_names_are_unknown(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    await desk_at_event.scouted("Jon Doe", "Burn")
    desk_at_event.rows(
        "with p as (insert into scooty_private.players (guild_id, name) values (%s, 'On Roster')"
        " returning guild_id, id) insert into scooty_private.event_players"
        " (guild_id, event_id, player_id, listed_at) select p.guild_id, e.id, p.id, now()"
        " from p join scooty_private.events e using (guild_id) returning player_id"
    )

    text = await desk_at_event.says("stats")

    assert "2 of 3 players are known · 1 unknown" in text
    assert "1 on the roster" in await desk_at_event.says("event show")


async def test_the_chart_hangs_on_the_answer(desk_at_event: TeamDesk) -> None:
    await report_in_rounds(desk_at_event)
    drawer = Drawer()

    said = await with_charts(desk_at_event, drawer).command("stats", round=1)

    assert isinstance(said.response, Reply)
    (file,) = said.response.files
    assert file.content == b"png"
    assert said.response.embeds[0].image == file.name
    assert [(bar.label, bar.players) for bar in drawer.charts[0].bars] == [
        ("Burn", 2),
        ("Amulet Titan", 1),
    ]


@pytest.mark.parametrize("png", [None, b"x" * 10_000_001])
async def test_figures_come_without_a_chart_that_is_not_ready_or_too_big(
    desk_at_event: TeamDesk, png: bytes | None
) -> None:
    await report_in_rounds(desk_at_event)

    said = await with_charts(desk_at_event, Drawer(png)).command("stats")

    assert isinstance(said.response, Reply)
    assert said.response.files == ()
    assert said.response.embeds[0].image is None
    assert "**Burn**" in as_text(said.response)


async def test_a_chart_is_in_the_colour_that_the_team_chose(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    desk_at_event.rows(
        "with a as (insert into scooty_private.archetypes (guild_id, name, colours, display_colour)"
        " values (%s, 'Our Deck', 'R', 255) returning guild_id, id)"
        " update scooty_private.reports r set archetype_guild_id = a.guild_id, archetype_id = a.id"
        " from a where r.guild_id = a.guild_id returning r.id"
    )
    drawer = Drawer()

    await with_charts(desk_at_event, drawer).command("stats")

    assert [(bar.label, bar.colour) for bar in drawer.charts[0].bars] == [("Our Deck", 255)]


async def test_who_reported_and_an_empty_event_have_no_chart(desk_at_event: TeamDesk) -> None:
    drawer = Drawer()
    desk = with_charts(desk_at_event, drawer)

    await desk.command("stats")
    await desk.scouted("Jane Doe", "Burn")
    await desk.command("stats", by_="scout")

    assert drawer.charts == []
