"""What reports of one player come to, as every storage says it."""

from __future__ import annotations

from scooty.core.storage.player_card import KnownElsewhere, PlayerCard
from scooty.core.storage.standing import Conflict, Standing
from scooty.domain.observations import Confidence, Sighting, Source
from scooty.features.events.calls import EventCreated
from tests.asked import previous
from tests.scooty.core.storage.conftest import ROBIN, SAM, Team
from tests.scooty.core.storage.looking_up import check

HEARSAY = Sighting(source=Source.TOLD, confidence=Confidence.GUESS)
READ = Sighting(source=Source.DECKLIST)


async def standing(team: Team, name: str = "Jane Doe") -> Standing:
    card = await check(team, name)
    assert isinstance(card, PlayerCard)
    assert card.standing is not None
    assert card.standing.archetype == card.archetype
    assert card.standing.colours == card.colours
    return card.standing


async def test_one_sighting_is_sure_and_uncontested(team: Team) -> None:
    recorded = await team.must_report("Jane Doe", "Burn")

    assert await standing(team) == Standing(
        archetype="Burn",
        colours="R",
        confidence=Confidence.SURE,
        report_id=recorded.report_id,
        conflicts=(),
    )


async def test_a_decklist_read_outweighs_later_hearsay_which_stands_beside_it(team: Team) -> None:
    read = await team.must_report("Jane Doe", "Burn", sighting=READ)

    heard = await team.must_report("Jane Doe", "Living End", by=ROBIN, sighting=HEARSAY)

    found = await standing(team)
    assert (found.archetype, found.confidence, found.report_id) == (
        "Burn",
        Confidence.SURE,
        read.report_id,
    )
    assert found.conflicts == (
        Conflict(archetype="Living End", report_count=1, reporter_ids=(ROBIN,)),
    )
    assert heard.card.archetype == "Burn"
    assert (previous(heard)[0], previous(heard)[1]) == ("Burn", read.report_id)


async def test_what_differs_is_told_from_the_consensus_and_not_from_the_last_report(
    team: Team,
) -> None:
    read = await team.must_report("Jane Doe", "Burn", sighting=READ)
    await team.must_report("Jane Doe", "Living End", sighting=HEARSAY)

    same = await team.must_report("Jane Doe", "Burn", by=ROBIN)
    other = await team.must_report("Jane Doe", "Living End", by=ROBIN)

    assert (previous(same)[0], previous(same)[1]) == (None, None)
    assert previous(other)[0] == "Burn"
    assert previous(other)[1] == same.report_id > read.report_id


async def test_a_conflict_says_how_often_and_by_whom_the_last_first(team: Team) -> None:
    for by in (SAM, ROBIN, SAM):
        await team.must_report("Jane Doe", "Living End", by=by, sighting=HEARSAY)
    await team.must_report("Jane Doe", "Burn", sighting=READ)

    assert (await standing(team)).conflicts == (
        Conflict(archetype="Living End", report_count=3, reporter_ids=(SAM, ROBIN)),
    )


async def test_what_is_suggested_says_what_the_reports_come_to(team: Team) -> None:
    await team.must_report("Jane Doe", "Burn", sighting=READ)
    await team.must_report("Jane Doe", "Living End", by=ROBIN, sighting=HEARSAY)

    [suggested] = await team.storage.suggest_opponents(guild_id=team.guild_id, text="ja")

    assert (suggested.archetype, suggested.reporter_id) == ("Burn", SAM)
    assert suggested.report_count == 2


async def test_an_undone_report_speaks_no_more(team: Team) -> None:
    read = await team.must_report("Jane Doe", "Burn", sighting=READ)
    await team.must_report("Jane Doe", "Living End", by=ROBIN, sighting=HEARSAY)

    await team.undo(read.report_id)

    found = await standing(team)
    assert (found.archetype, found.confidence, found.conflicts) == (
        "Living End",
        Confidence.GUESS,
        (),
    )


async def test_all_reports_are_counted_though_ten_are_listed(team: Team) -> None:
    for _ in range(11):
        await team.must_report("Jane Doe", "Living End")
    recorded = await team.must_report("Jane Doe", "Burn", sighting=READ)

    assert len(recorded.card.counted) == 12
    assert [each.observation.report_id for each in recorded.card.counted[:10]] == [
        report.id for report in recorded.card.reports
    ]
    assert (await standing(team)).conflicts[0].report_count == 11


async def test_reports_are_listed_newest_first_whatever_they_name(team: Team) -> None:
    made = [
        (await team.must_report("Jane Doe", archetype)).report_id
        for archetype in ("Mill", "Burn", "Living End", "Burn", "Amulet Titan", "Mill")
    ]

    card = await team.storage.check_player(guild_id=team.guild_id, name="Jane Doe")

    assert isinstance(card, PlayerCard)
    assert [report.id for report in card.reports] == made[::-1]
    assert [each.observation.report_id for each in card.counted] == made[::-1]


async def test_a_card_recalls_the_last_three_other_events_in_which_the_player_was_known(
    team: Team,
) -> None:
    for number, archetype in enumerate(("Burn", "Living End", "Burn", "Amulet Titan"), 1):
        await team.must_report("Jane Doe", archetype, sighting=HEARSAY if number == 3 else READ)
        assert isinstance(await team.open(f"Open {number}"), EventCreated)

    recorded = await team.must_report("Jane Doe", "Boros Energy")

    assert recorded.card.elsewhere == (
        KnownElsewhere(event="Open 3", archetype="Amulet Titan", confidence=Confidence.SURE),
        KnownElsewhere(event="Open 2", archetype="Burn", confidence=Confidence.GUESS),
        KnownElsewhere(event="Open 1", archetype="Living End", confidence=Confidence.SURE),
    )
    assert recorded.card.conflicting_archetypes == ()
    assert (await check(team, "Jane Doe")) == recorded.card
