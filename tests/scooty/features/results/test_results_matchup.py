"""``/matchup`` and ``/team record``: figures of results, over a real database."""

from __future__ import annotations

import random
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from scooty.core.ports import ChartsPort
from scooty.domain.field import count_field
from scooty.features.results.calls.results import MatchupFound, ReadMatchup, ReadRecord, TeamRecord
from scooty.features.results.replies.matchup_chart import MatchupChart
from scooty.features.results.rules.matchups import MatchPlayed, Outcome, count_matchups
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.paired import linked
from tests.desk_fixture.reading import as_text, reply_of
from tests.desk_fixture.resulted import resulted

if TYPE_CHECKING:
    from scooty.core.charts.drawing import Chart
    from scooty.domain.ids import ArchetypeId
    from tests.desk_fixture.desk import TeamDesk

SAMS, ROBINS = "Sam Player", "Robin Player"
DECKS = ("Boros Energy", "Burn", "Amulet Titan", "Living End")


class Drawer(ChartsPort):
    """Draws nothing, and remembers of what."""

    def __init__(self) -> None:
        self.charts: list[Chart] = []

    @override
    async def draw(self, chart: Chart) -> bytes | None:
        self.charts.append(chart)
        return b"png"


@pytest.fixture
async def desk(desk_at_event: TeamDesk) -> TeamDesk:
    """Sam plays Boros Energy, and met Burn seven times (4-3), Titan once, and a mirror."""
    linked(desk_at_event, {SAM: SAMS, ROBIN: ROBINS})
    await desk_at_event.scouted(SAMS, "Boros Energy")
    await desk_at_event.scouted("Burn Player", "Burn")
    await desk_at_event.scouted("Titan Player", "Amulet Titan")
    await desk_at_event.scouted("Mirror Player", "Boros Energy")
    outcomes = ("win", "loss", "win", "loss", "win", "loss", "win", "draw")
    resulted(
        desk_at_event,
        [(number, SAMS, "Burn Player", how) for number, how in enumerate(outcomes, 1)]
        + [(9, SAMS, "Titan Player", "win"), (10, SAMS, "Mirror Player", "loss")],
    )
    return desk_at_event


async def matchup(desk: TeamDesk, ours: str, theirs: str) -> str:
    return await desk.says("matchup", ours=ours, theirs=theirs)


async def test_a_matchup_has_rate_interval_and_draws_apart(desk: TeamDesk) -> None:
    text = await matchup(desk, "Boros Energy", "Burn")

    assert "**Open**: `4-3-1` · **57.1%** (n = 7, 95% between 25% and 84%)" in text
    assert "**All events**: `4-3-1` · **57.1%**" in text


async def test_few_matches_are_too_little_data(desk: TeamDesk) -> None:
    assert "`1-0` · too little data (n = 1)" in await matchup(desk, "boros energy", "amulet titan")
    assert "**Open**: no match yet" in await matchup(desk, "Burn", "Boros Energy")


async def test_a_mirror_has_no_rate(desk: TeamDesk) -> None:
    text = await matchup(desk, "Boros Energy", "Boros Energy")

    assert "**Open**: `0-1`\n" in text
    assert "A mirror" in text
    assert "%" not in text


async def test_earlier_events_count_in_all_events_alone(desk: TeamDesk) -> None:
    await desk.open_event("Later Open")

    text = await matchup(desk, "Boros Energy", "Burn")

    assert "**Later Open**: no match yet" in text
    assert "**All events**: `4-3-1`" in text


async def test_without_an_active_event_all_events_are_shown(desk: TeamDesk) -> None:
    [(event_id,)] = desk.rows("select id from scooty_private.events where guild_id = %s")
    await desk.command("event close", by=CAPTAIN, event=str(event_id))

    text = await matchup(desk, "Boros Energy", "Burn")

    assert "Open" not in text
    assert "**All events**: `4-3-1`" in text


async def test_an_unknown_archetype_is_refused_with_the_nearest(desk: TeamDesk) -> None:
    ours = await desk.command("matchup", ours="Boros Enrgy", theirs="Burn")
    theirs = await desk.command("matchup", ours="Burn", theirs="Amulet Titn")

    assert (ours.verdict, theirs.verdict) == ("refused", "refused")
    assert "“Boros Enrgy” is no archetype here. Did you mean **Boros Energy**" in as_text(
        ours.response
    )
    assert "Amulet Titn" in as_text(theirs.response)


async def test_a_deck_that_is_corrected_corrects_the_record(desk: TeamDesk) -> None:
    await desk.scouted("Burn Player", "Living End", by=ROBIN, source="decklist")

    assert "**Open**: no match yet" in await matchup(desk, "Boros Energy", "Burn")
    assert "`4-3-1`" in await matchup(desk, "Boros Energy", "Living End")


async def test_a_match_with_an_unknown_deck_may_be_of_the_matchup(desk: TeamDesk) -> None:
    resulted(desk, [(11, SAMS, "Nobody Knows", "win"), (1, ROBINS, "Titan Player", "win")])

    burn = await matchup(desk, "Boros Energy", "Burn")
    titan = await matchup(desk, "Boros Energy", "Amulet Titan")

    assert "1 more match may belong here" in burn
    assert "2 more matches may belong here" in titan


async def test_another_guild_has_no_matchup_and_no_record(desk: TeamDesk) -> None:
    other = desk.other_guild()
    await other.open_event("Theirs")

    assert "**All events**: no match yet" in await matchup(other, "Boros Energy", "Burn")
    assert "No result was told yet" in await other.says("team record")
    [(event_id,)] = desk.rows("select id from scooty_private.events where guild_id = %s")
    assert "Open" not in await other.says("team record", event=str(event_id))


async def test_the_record_is_total_by_matchup_and_by_teammate(desk: TeamDesk) -> None:
    resulted(
        desk, [(1, ROBINS, "Titan Player", "win"), (2, SAMS.replace("Sam", "Kim"), ROBINS, "win")]
    )

    text = await desk.says("team record")

    assert "In total: `6-4-1` · **60%** (n = 10" in text
    assert "1 match with a deck of ours that nobody reported" in text
    assert "1 match between teammates: counted nowhere" in text
    assert (
        "`4-3-1` · **57.1%** (n = 7, 95% between 25% and 84%) · Boros Energy ⚪🔴 against Burn"
        in text
    )
    assert "Mirrors: `0-1` · Boros Energy" in text
    assert f"`5-4-1` · **{SAMS}** (<@{SAM.user_id}>) · Boros Energy" in text
    assert f"`1-0-0` · **{ROBINS}** (<@{ROBIN.user_id}>) · deck unknown" in text


async def test_a_match_against_an_unknown_deck_is_in_the_total_alone(desk: TeamDesk) -> None:
    resulted(desk, [(11, SAMS, "Nobody Knows", "win")])

    text = await desk.says("team record")

    assert "In total: `6-4-1`" in text
    assert "1 match against an unknown deck" in text


async def test_the_record_of_another_event_is_asked_for(desk: TeamDesk) -> None:
    [(event_id,)] = desk.rows("select id from scooty_private.events where guild_id = %s")
    await desk.open_event("Later Open")

    assert "Team record: Open" in await desk.says("team record", event=str(event_id))
    assert "Team record: Later Open" in await desk.says("team record")
    assert (await desk.command("team record", event="9")).verdict == "refused"
    assert (await desk.command("team record", event="Nowhere")).verdict == "refused"


async def test_without_an_event_there_is_no_record(team_desk: TeamDesk) -> None:
    conclusion = await team_desk.command("team record")

    assert conclusion.verdict == "refused"
    assert "no active event" in as_text(conclusion.response)


async def test_the_picture_weighs_our_decks_by_the_field(desk: TeamDesk) -> None:
    for number in range(9):
        await desk.scouted(f"Field Player {number}", "Burn" if number < 6 else "Living End")
    drawer = Drawer()
    drawing = replace(desk, ports=replace(desk.ports, charts=drawer))

    conclusion = await drawing.command("team record")

    [chart] = drawer.charts
    assert isinstance(chart, MatchupChart)
    assert chart.columns == ("Boros Energy",)
    first = chart.rows[0]
    assert (first.label, first.share) == ("Burn", "53.8% · 7 players")
    assert (first.cells[0].figure, first.cells[0].note) == ("57%", "n = 7")
    assert {row.label: row.cells[0].figure for row in chart.rows} == {
        "Burn": "57%",
        "Living End": "\N{EN DASH}",
        "Boros Energy": "mirror",
        "Amulet Titan": "1-0",
    }
    assert (chart.expected[0].figure, chart.expected[0].note) == ("57%", "against 54%")
    assert reply_of(conclusion).files[0].name == "matchups.png"
    assert "**57.1%** expected against 54% of the known field" in as_text(conclusion.response)


async def test_a_small_field_gives_no_percentages(desk: TeamDesk) -> None:
    text = await desk.says("team record")

    assert "Fewer than 10 are known" in text
    assert "expected against" not in text


async def test_a_picture_that_is_too_large_is_left_out(desk: TeamDesk) -> None:
    drawing = replace(desk, ports=replace(desk.ports, charts=Drawer()), attachment_size_limit=1)

    assert not reply_of(await drawing.command("team record")).files


async def test_a_record_of_many_matchups_is_cut_with_a_count(desk: TeamDesk) -> None:
    names = [f"Deck With A Rather Long Name Number {number}" for number in range(14)]
    for number, name in enumerate(names):
        await desk.command("archetype add", by=CAPTAIN, name=name, colours="UB")
        await desk.scouted(f"Owner {number}", name)
    resulted(desk, [(number + 11, SAMS, f"Owner {number}", "win") for number in range(14)])

    text = await desk.says("team record")

    listed = re.findall(r"`\d-\d(?:-\d)?`[^`\n]* against ", text)
    [more] = re.findall(r"and (\d+) more", text)
    assert len(listed) + int(more) == 16


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_what_the_database_counts_is_what_the_pure_rules_count(
    desk_at_event: TeamDesk, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a model's
    mates = {SAM: "Mate 0", ROBIN: "Mate 1", CAPTAIN: "Mate 2"}
    linked(desk_at_event, mates)
    decks: dict[str, str | None] = {}
    for name in [*mates.values(), *(f"Foe {number}" for number in range(9))]:
        decks[name] = chance.choice((*DECKS, None))
        if (deck := decks[name]) is not None:
            await desk_at_event.scouted(name, deck)
    told = [
        (number, mate, chance.choice([each for each in decks if each != mate]), outcome.value)
        for number in range(1, 31)
        for mate in mates.values()
        if (outcome := chance.choice((*Outcome, None))) is not None
    ]
    resulted(desk_at_event, told)
    ids = dict(
        desk_at_event.rows(
            "select a.name, a.id from scooty_private.archetypes a"
            " where a.guild_id in (0, %s) and a.retired_at is null"
        )
    )

    calls, guild_id = desk_at_event.ports.calls, desk_at_event.guild_id
    found = await calls.read(guild_id, ReadRecord())

    assert isinstance(found, TeamRecord)
    outside = [each for each in told if each[2] not in mates.values()]
    played = [
        MatchPlayed(ours=ids[ours], theirs=ids[theirs], outcome=Outcome(outcome))
        for _, mate, foe, outcome in outside
        if (ours := decks[mate]) is not None and (theirs := decks[foe]) is not None
    ]
    expected = count_matchups(played)
    assert found.matchups == found.matchups_ever == expected
    outcomes = [each[3] for each in outside]
    assert (found.wins, found.losses, found.draws) == tuple(
        outcomes.count(outcome) for outcome in Outcome
    )
    assert found.wins + found.losses + found.draws == (
        len(played) + found.own_unknown + found.theirs_unknown
    )
    assert sum(each.wins + each.losses + each.draws for each in found.teammates) == len(outside)
    kinds: list[ArchetypeId | None] = [
        None if deck is None else ids[deck]
        for name, deck in decks.items()
        if deck is not None or name in {each[2] for each in told} | set(mates.values())
    ]
    assert found.field == count_field(kinds)
    for each in expected:
        names = {value: key for key, value in ids.items()}
        one = await calls.read(
            guild_id, ReadMatchup(ours=names[each.ours], theirs=names[each.theirs])
        )
        assert isinstance(one, MatchupFound)
        assert one.here is not None
        assert one.here == one.everywhere
        assert asdict(each).items() <= asdict(one.here).items()
