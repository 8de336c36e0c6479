"""What every storage does, in memory and in PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scooty.domain.ids import ArchetypeId, MemberId, PlayerId, ReportId, RequestId
from scooty.errors import StorageError
from scooty.storage.demo import write_demo
from scooty.storage.port import (
    ArchetypeUnknown,
    DraftGone,
    EventCreated,
    EventNameTaken,
    NoActiveEvent,
    NobodyFound,
    NotYourReport,
    PlayerCard,
    ReportGone,
    ReportRecorded,
    ReportUndone,
    SeveralPlayers,
)

if TYPE_CHECKING:
    from tests.scooty.storage.conftest import Team

SAM = MemberId(1_300_000_000_000_000_002)
ROBIN = MemberId(1_300_000_000_000_000_003)


async def check(team: Team, name: str) -> object:
    return await team.storage.check_player(guild_id=team.guild_id, name=name)


async def found(team: Team, name: str) -> str:
    card = await check(team, name)
    assert isinstance(card, PlayerCard)
    return card.name


async def test_a_report_of_somebody_new_makes_a_player_with_a_card(team: Team) -> None:
    outcome = await team.report("  Jane   Doe ", "boros energy", comment=" fast ")

    assert isinstance(outcome, ReportRecorded)
    card = outcome.card
    assert (card.name, card.archetype, card.colours) == ("Jane Doe", "Boros Energy", "WR")
    assert (card.report_count, card.conflicting_archetypes) == (1, ())
    assert card.event.name == "Open"
    assert outcome.previous_archetype is None
    [report] = card.reports
    assert report.id == outcome.report_id
    assert (report.comment, report.reporter_id) == ("fast", SAM)
    assert report.reported_at.utcoffset() is not None


async def test_a_report_of_a_known_player_counts_on_their_card(team: Team) -> None:
    first = await team.must_report("Jane Doe", "Burn")

    second = await team.must_report("DOE, Jané", "Amulet Titan", by=ROBIN)

    assert second.card.player_id == first.card.player_id
    assert second.card.name == "Jane Doe"
    assert second.previous_archetype == "Burn"
    assert second.card.archetype == "Amulet Titan"
    assert second.card.conflicting_archetypes == ("Burn",)
    assert [report.reporter_id for report in second.card.reports] == [ROBIN, SAM]


async def test_a_card_shows_ten_reports_and_counts_all(team: Team) -> None:
    for _ in range(12):
        outcome = await team.must_report("Jane Doe")

    assert (len(outcome.card.reports), outcome.card.report_count) == (10, 12)
    assert outcome.previous_archetype is None


async def test_the_same_request_twice_gives_one_report_and_one_answer(team: Team) -> None:
    request_id = team.next_request()

    first = await team.report("Jane Doe", request_id=request_id)
    second = await team.report("Jane Doe", request_id=request_id)

    assert second == first
    assert isinstance(first, ReportRecorded)
    assert first.card.report_count == 1


async def test_a_request_repeated_after_its_undoing_gets_its_first_answer(team: Team) -> None:
    request_id = team.next_request()
    first = await team.report("Jane Doe", request_id=request_id)
    assert isinstance(first, ReportRecorded)
    await team.undo(first.report_id)

    assert await team.report("Jane Doe", request_id=request_id) == first
    assert await check(team, "Jane Doe") == NobodyFound()


async def test_an_archetype_is_known_by_alias_accent_and_order_of_words(team: Team) -> None:
    for typed in ("énergie", "ENERGIE", "energy boros"):
        assert (await team.must_report("Jane Doe", typed)).card.archetype == "Boros Energy"


async def test_an_unknown_archetype_offers_three_and_keeps_a_draft(team: Team) -> None:
    request_id = team.next_request()

    outcome = await team.report("Jane Doe", "boros enrgy", comment="fast", request_id=request_id)

    assert isinstance(outcome, ArchetypeUnknown)
    assert outcome.draft_id == request_id
    assert len(outcome.nearest) == 3
    assert outcome.nearest[0].name == "Boros Energy"
    assert await check(team, "Jane Doe") == NobodyFound()
    assert await team.report("Jane Doe", "boros enrgy", request_id=request_id) == outcome


async def test_a_draft_is_stored_with_the_archetype_that_was_chosen(team: Team) -> None:
    draft = await team.report("Jane Doe", "boros enrgy", comment="fast")
    assert isinstance(draft, ArchetypeUnknown)
    request_id = team.next_request()

    first = await record_draft(team, draft, request_id=request_id)
    again = await record_draft(team, draft, request_id=request_id)
    other_press = await record_draft(team, draft)

    assert isinstance(first, ReportRecorded)
    assert first.card.archetype == "Boros Energy"
    assert first.card.reports[0].comment == "fast"
    assert again == first
    assert other_press == DraftGone()


async def test_a_draft_of_another_member_or_guild_is_gone(team: Team) -> None:
    draft = await team.report("Jane Doe", "boros enrgy")
    assert isinstance(draft, ArchetypeUnknown)
    other = team.other()
    await other.open()

    assert await record_draft(team, draft, by=ROBIN) == DraftGone()
    assert await record_draft(other, draft) == DraftGone()
    assert isinstance(await record_draft(team, draft), ReportRecorded)


async def test_a_draft_with_an_archetype_that_is_not_there_is_gone(team: Team) -> None:
    draft = await team.report("Jane Doe", "boros enrgy")
    assert isinstance(draft, ArchetypeUnknown)

    outcome = await team.storage.record_draft(
        guild_id=team.guild_id,
        request_id=team.next_request(),
        draft_id=draft.draft_id,
        archetype_id=ArchetypeId(999_999),
        reporter_id=SAM,
    )

    assert outcome == DraftGone()


async def record_draft(
    team: Team,
    draft: ArchetypeUnknown,
    *,
    by: MemberId = SAM,
    request_id: RequestId | None = None,
) -> object:
    return await team.storage.record_draft(
        guild_id=team.guild_id,
        request_id=request_id or team.next_request(),
        draft_id=draft.draft_id,
        archetype_id=draft.nearest[0].id,
        reporter_id=by,
    )


async def test_without_an_active_event_everything_says_so(idle_team: Team) -> None:
    team = idle_team

    assert await team.report("Jane Doe") == NoActiveEvent()
    assert await check(team, "Jane Doe") == NoActiveEvent()
    by_id = await team.storage.check_player_by_id(guild_id=team.guild_id, player_id=PlayerId(1))
    assert by_id == NoActiveEvent()
    assert await team.names("") == []
    assert await team.storage.suggest_archetypes(guild_id=team.guild_id, text="boros") != ()


async def test_undoing_ones_own_report_takes_it_off_the_card(team: Team) -> None:
    await team.must_report("Jane Doe", "Amulet Titan")
    wrong = await team.must_report("Jane Doe", "Burn")

    undone = await team.undo(wrong.report_id)

    assert undone == ReportUndone(player_name="Jane Doe", archetype="Burn")
    card = await check(team, "Jane Doe")
    assert isinstance(card, PlayerCard)
    assert (card.archetype, card.report_count, card.conflicting_archetypes) == (
        "Amulet Titan",
        1,
        (),
    )


async def test_a_player_whose_only_report_was_undone_is_not_found(team: Team) -> None:
    report = await team.must_report("Jane Doe")

    await team.undo(report.report_id)

    assert await check(team, "Jane Doe") == NobodyFound()
    assert await team.names("jane") == []


async def test_the_report_of_another_member_is_not_undone(team: Team) -> None:
    report = await team.must_report("Jane Doe")

    assert await team.undo(report.report_id, by=ROBIN) == NotYourReport()
    assert await found(team, "Jane Doe") == "Jane Doe"


async def test_a_report_is_undone_once_however_often_one_request_says_so(team: Team) -> None:
    report = await team.must_report("Jane Doe")
    request_id = team.next_request()

    first = await team.undo(report.report_id, request_id=request_id)

    assert await team.undo(report.report_id, request_id=request_id) == first
    assert await team.undo(report.report_id) == ReportGone()
    assert await team.undo(ReportId(999_999_999)) == ReportGone()


@pytest.mark.parametrize(
    "typed",
    [
        "Élodie O'Brien",
        "elodie obrien",
        "O\u2019Brien, Elodie",
        "OBRIEN ELODIE",
        " élodie  o'brien ",
    ],
)
async def test_a_player_is_found_however_the_name_is_written(team: Team, typed: str) -> None:
    await team.must_report("Élodie O'Brien")

    assert await found(team, typed) == "Élodie O'Brien"


async def test_a_typo_offers_the_name_that_was_meant(team: Team) -> None:
    await team.must_report("Jonathan Fischer")
    await team.must_report("Marguerite Dubois")

    outcome = await check(team, "jonatan ficher")

    assert isinstance(outcome, SeveralPlayers)
    assert [match.name for match in outcome.matches] == ["Jonathan Fischer"]
    assert outcome.matches[0].archetype == "Boros Energy"


async def test_half_a_name_offers_all_who_have_it(team: Team) -> None:
    for name in ("Martin Thomas", "Jane Doe", "Paul Martin"):
        await team.must_report(name)

    outcome = await check(team, "martin")

    assert isinstance(outcome, SeveralPlayers)
    assert [match.name for match in outcome.matches] == ["Martin Thomas", "Paul Martin"]


async def test_two_names_of_the_same_words_are_two_players(team: Team) -> None:
    await team.must_report("Martin Thomas")
    await team.must_report("Thomas Martin")

    assert await found(team, "thomas martin") == "Thomas Martin"
    assert await found(team, "Thomas, Martin") == "Martin Thomas"


async def test_nobody_is_found_by_a_name_like_none(team: Team) -> None:
    await team.must_report("Jane Doe")

    assert await check(team, "Xqzwv Kkkk") == NobodyFound()


async def test_a_player_chosen_from_a_list_is_found_by_id(team: Team) -> None:
    report = await team.must_report("Jane Doe")

    async def by_id(where: Team, player_id: PlayerId) -> object:
        return await where.storage.check_player_by_id(guild_id=where.guild_id, player_id=player_id)

    other = team.other()
    await other.open()
    assert await by_id(team, report.card.player_id) == report.card
    assert await by_id(team, PlayerId(999_999_999)) == NobodyFound()
    assert await by_id(other, report.card.player_id) == NobodyFound()


async def test_opponents_are_offered_by_the_beginnings_of_their_words(team: Team) -> None:
    for name in ("Jane Doe", "Rick Roe", "Dora Janssen"):
        await team.must_report(name)

    assert await team.names("jan") == ["Jane Doe", "Dora Janssen"]
    assert await team.names("do ja") == ["Dora Janssen", "Jane Doe"]
    assert await team.names("r") == ["Rick Roe"]


async def test_an_empty_text_offers_the_most_recent_first(team: Team) -> None:
    for name in ("Jane Doe", "Rick Roe", "Dora Janssen", "Jane Doe"):
        await team.must_report(name)

    assert await team.names("") == ["Jane Doe", "Dora Janssen", "Rick Roe"]


async def test_at_most_25_opponents_are_offered(team: Team) -> None:
    for number in range(27):
        await team.must_report(f"Player {number}")

    assert len(await team.names("")) == len(await team.names("player")) == 25


@pytest.mark.parametrize("wildcard", ["%", "_", "*", "\\"])
async def test_wildcards_are_characters_like_any_other(team: Team, wildcard: str) -> None:
    await team.must_report(f"{wildcard}sly{wildcard}fox")
    await team.must_report("asly fox")

    assert await team.names(wildcard) == [f"{wildcard}sly{wildcard}fox"]
    assert await team.names(f"{wildcard}sly{wildcard}f") == [f"{wildcard}sly{wildcard}fox"]


async def test_an_opponent_is_offered_with_what_was_reported_last(team: Team) -> None:
    await team.must_report("Jane Doe", "Burn")
    await team.must_report("Jane Doe", "Amulet Titan", by=ROBIN)

    [offered] = await team.storage.suggest_opponents(guild_id=team.guild_id, text="jane")

    assert (offered.archetype, offered.reporter_name, offered.report_count) == (
        "Amulet Titan",
        "Robin",
        2,
    )
    assert offered.reporter_id == ROBIN


async def test_archetypes_are_offered_most_reported_first(team: Team) -> None:
    await team.must_report("Jane Doe", "Burn")
    await team.must_report("Rick Roe", "Amulet Titan")
    await team.must_report("Rick Roe", "Amulet Titan")

    offered = await team.storage.suggest_archetypes(guild_id=team.guild_id, text="")

    assert [(one.name, one.report_count) for one in offered[:2]] == [
        ("Amulet Titan", 2),
        ("Burn", 1),
    ]
    assert len(offered) == 25


@pytest.mark.parametrize(
    ("typed", "first"),
    [("boros en", "Boros Energy"), ("énerg", "Boros Energy"), ("amlet titan", "Amulet Titan")],
)
async def test_archetypes_are_offered_by_name_alias_and_likeness(
    team: Team, typed: str, first: str
) -> None:
    offered = await team.storage.suggest_archetypes(guild_id=team.guild_id, text=typed)

    assert offered[0].name == first


async def test_archetypes_are_offered_by_their_colours_in_any_order(team: Team) -> None:
    offered = await team.storage.suggest_archetypes(guild_id=team.guild_id, text="rw")

    assert "Boros Energy" in [archetype.name for archetype in offered]


async def test_a_new_event_closes_the_previous_and_keeps_its_reports(team: Team) -> None:
    await team.must_report("Jane Doe")

    created = await team.open("Second")

    assert isinstance(created, EventCreated)
    assert (created.event.name, created.previous) == ("Second", "Open")
    assert await check(team, "Jane Doe") == NobodyFound()
    report = await team.must_report("Jane Doe", "Burn")
    assert report.card.event == created.event
    assert (report.card.report_count, report.previous_archetype) == (1, None)


async def test_an_event_name_is_taken_in_whatever_spelling(team: Team) -> None:
    taken = await team.open("  ÔPEN ")

    assert isinstance(taken, EventNameTaken)
    assert taken.event.name == "Open"


async def test_an_event_is_created_once_by_one_request(idle_team: Team) -> None:
    team = idle_team
    request_id = team.next_request()

    first, second = [
        await team.storage.create_event(
            guild_id=team.guild_id, request_id=request_id, name="Open", member_id=SAM
        )
        for _ in range(2)
    ]

    assert isinstance(first, EventCreated)
    assert second == first


async def test_a_guild_sees_nothing_of_another(team: Team) -> None:
    report = await team.must_report("Jane Doe", "Burn")
    other = team.other()

    assert await check(other, "Jane Doe") == NoActiveEvent()
    assert isinstance(await other.open(), EventCreated)
    assert await check(other, "Jane Doe") == NobodyFound()
    assert await other.names("") == []
    assert await other.names("jane") == []
    assert await other.undo(report.report_id) == ReportGone()
    archetypes = await other.storage.suggest_archetypes(guild_id=other.guild_id, text="burn")
    assert [archetype.report_count for archetype in archetypes[:1]] == [0]
    theirs = await other.must_report("Jane Doe")
    assert theirs.card.player_id != report.card.player_id
    assert (theirs.card.report_count, theirs.previous_archetype) == (1, None)


async def test_a_request_id_means_nothing_in_another_guild(team: Team) -> None:
    request_id = team.next_request()
    await team.report("Jane Doe", request_id=request_id)
    other = team.other()
    await other.open()

    outcome = await other.report("Rick Roe", request_id=request_id)

    assert isinstance(outcome, ReportRecorded)
    assert outcome.card.name == "Rick Roe"


@pytest.mark.parametrize("opponent", ["", "  ", "\u200b", "x" * 101])
async def test_what_is_no_name_is_refused(team: Team, opponent: str) -> None:
    with pytest.raises(StorageError, match="1 to 100"):
        await team.report(opponent)


async def test_the_demo_is_written_once(idle_team: Team) -> None:
    team = idle_team
    await write_demo(team.storage, team.guild_id)
    card = await check(team, "Zoë Papadaki")

    await write_demo(team.storage, team.guild_id)

    assert isinstance(card, PlayerCard)
    assert card.report_count == 3
    assert await check(team, "Zoë Papadaki") == card
    conflicting = await check(team, "Adèle Fontanel")
    assert isinstance(conflicting, PlayerCard)
    assert len(conflicting.conflicting_archetypes) == 1


async def test_a_demo_cut_short_leaves_a_later_event_alone(team: Team) -> None:
    await write_demo(team.storage, team.guild_id)
    await team.open("Ours")

    await write_demo(team.storage, team.guild_id)

    assert await team.names("") == []
