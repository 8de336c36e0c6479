"""What is not there, or not any more: the answers of functions that no command of ours reaches."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from scooty.core.call import Caller
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.imports import DropImport, ImportGone
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import EventId, MemberId, PlayerId, RequestId
from scooty.features.announcements.calls import KeepRoundMessage, NoteTold, RoundGone, ToldNoted
from scooty.features.archetypes.calls import (
    AddArchetype,
    AddArchetypeAlias,
    ArchetypeChanges,
    ArchetypeIsRetired,
    EditArchetype,
    NoSuchArchetype,
    PreviewArchetypeMerge,
    ReadArchetype,
    RemoveArchetypeAlias,
    RetireArchetype,
)
from scooty.features.briefs.calls import ReadBrief, ReadSheets
from scooty.features.coverage.calls.assignments import (
    AssignPlayer,
    NotAssigned,
    NotWatched,
    NotYourAssignment,
    ReadCoverage,
    ReleasePlayer,
    RoundUnknown,
)
from scooty.features.decks.calls.decks import ShowDecklist
from scooty.features.exports.calls import ArchivedEvent
from scooty.features.pairings.calls.round_files import (
    AddToRoundFile,
    ApplyPairings,
    ApplyStandings,
    ChooseInRoundFile,
    NumberRoundFile,
    RoundMode,
)
from scooty.features.players.calls.player_merges import (
    BothLinked,
    MergeGone,
    MergePlayers,
    PreviewMerge,
    SamePlayer,
    UndoMerge,
)
from scooty.features.players.calls.players import (
    AddPlayerAlias,
    AliasGone,
    PlayerGone,
    PlayerMerged,
    RemovePlayerAlias,
)
from scooty.features.players.calls.rosters import (
    ApplyRoster,
    ChooseRosterPlayers,
    KeepRoster,
    NamesForRoster,
    RosterKept,
    RosterNames,
    roster_content,
)
from scooty.features.team.calls import LinkMember, NotLinked, UnlinkMember
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.paired import paired, watched
from tests.desk_fixture.round_rows import event_id, link

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import Person
    from scooty.core.call import Read, Write
    from tests.desk_fixture.desk import TeamDesk

NO_IMPORT, NOBODY, NO_EVENT = RequestId(1), PlayerId(10**15), EventId(10**15)

_requests = count(1)


def caller(desk: TeamDesk, by: Person = CAPTAIN) -> Caller:
    return Caller(
        guild_id=desk.guild_id,
        member_id=MemberId(by.user_id),
        request_id=RequestId(desk.guild_id + next(_requests)),
        as_captain=True,
    )


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        (AddPlayerAlias(player_id=NOBODY, alias="Jo", platform=None), PlayerGone()),
        (RemovePlayerAlias(player_id=NOBODY, alias="Jo"), AliasGone()),
        (MergePlayers(kept_player_id=NOBODY, merged_player_id=PlayerId(2)), PlayerGone()),
        (UndoMerge(merge_id=10**15), MergeGone()),
        (ChooseRosterPlayers(import_id=NO_IMPORT, chosen=(1,)), ImportGone()),
        (ApplyRoster(import_id=NO_IMPORT), ImportGone()),
        (DropImport(import_id=NO_IMPORT), ImportGone()),
        (AddToRoundFile(kind="pairings", import_id=NO_IMPORT, content={}), ImportGone()),
        (ChooseInRoundFile(kind="standings", import_id=NO_IMPORT, chosen=(1,)), ImportGone()),
        (NumberRoundFile(import_id=NO_IMPORT, number=3), ImportGone()),
        (ApplyPairings(import_id=NO_IMPORT, mode=RoundMode.MERGE), ImportGone()),
        (ApplyStandings(import_id=NO_IMPORT), ImportGone()),
        (
            LinkMember(linked_id=MemberId(1), linked_name="Sam", player_id=NOBODY, name="Jane"),
            PlayerGone(),
        ),
        (UnlinkMember(linked_id=MemberId(1)), NotLinked()),
        (
            KeepRoundMessage(event_id=EventId(10**15), round_number=1, channel_id=1, message_id=1),
            RoundGone(),
        ),
        (
            AssignPlayer(event_id=NO_EVENT, player_ids=(NOBODY,), watcher_id=MemberId(1)),
            NotAssigned(outcome="event_over"),
        ),
        (ReleasePlayer(event_id=NO_EVENT, player_id=NOBODY), NotWatched()),
        (NoteTold(told="1:1:1:1"), ToldNoted(outcome="not_linked")),
    ],
)
async def test_what_is_not_there_is_answered_as_gone(
    desk_at_event: TeamDesk, call: Write[Any], answer: object
) -> None:
    assert await desk_at_event.ports.calls.write(caller(desk_at_event), call) == answer


@pytest.mark.parametrize(
    "call",
    [
        ReadBrief(event_id=NO_EVENT, round=1),
        ReadSheets(event_id=NO_EVENT, round=1),
        ReadCoverage(event_id=NO_EVENT),
        ShowDecklist(name="Jane Doe", event_id=NO_EVENT),
    ],
)
async def test_of_an_event_that_is_not_there_nothing_is_read(
    desk_at_event: TeamDesk, call: Read[Any]
) -> None:
    found = await desk_at_event.ports.calls.read(desk_at_event.guild_id, call)
    assert found == EventUnknown()


async def test_without_an_active_event_there_are_no_half_pages(team_desk: TeamDesk) -> None:
    assert await team_desk.ports.calls.read(team_desk.guild_id, ReadSheets()) == NoActiveEvent()


async def test_a_round_that_is_not_there_has_no_coverage(desk_at_event: TeamDesk) -> None:
    paired(desk_at_event, 2, [("Jane Doe", "Rick Roe", 1)])

    found = await desk_at_event.ports.calls.read(
        desk_at_event.guild_id, ReadCoverage(round_number=9)
    )

    assert isinstance(found, RoundUnknown)
    assert found.newest == 2


async def test_whom_somebody_else_watches_a_scout_does_not_release(desk_at_event: TeamDesk) -> None:
    desk = desk_at_event
    paired(desk, 1, [("Jane Doe", "Rick Roe", 1)])
    watched(desk, "Jane Doe", SAM)
    jane, _ = (PlayerId(each) for (each,) in desk.rows(PLAYERS))
    release = ReleasePlayer(event_id=EventId(event_id(desk)), player_id=jane)

    kept = await desk.ports.calls.write(replace(caller(desk, ROBIN), as_captain=False), release)

    assert kept == NotYourAssignment(
        player_id=jane, name="Jane Doe", member_id=MemberId(SAM.user_id)
    )


async def test_an_event_that_is_not_closed_has_no_archive(desk_at_event: TeamDesk) -> None:
    calls, guild_id = desk_at_event.ports.calls, desk_at_event.guild_id
    ((active,),) = desk_at_event.rows(ACTIVE)

    for each in (EventId(active), NO_EVENT):
        found = await calls.read(guild_id, ArchivedEvent(event_id=each))
        assert found == EventUnknown()


async def test_a_merge_is_refused_for_each_of_its_reasons(desk_at_event: TeamDesk) -> None:
    desk, calls = desk_at_event, desk_at_event.ports.calls
    for person, name in ((SAM, "Jane Doe"), (ROBIN, "Rick Roe")):
        await desk.scouted(name)
        link(desk, person, name)
    jane, rick = (PlayerId(each) for (each,) in desk.rows(PLAYERS))

    async def preview(kept: PlayerId, merged: PlayerId) -> object:
        call = PreviewMerge(kept_player_id=kept, merged_player_id=merged)
        return await calls.read(desk.guild_id, call)

    two_members = await preview(jane, rick)
    await calls.write(caller(desk), UnlinkMember(linked_id=MemberId(ROBIN.user_id)))
    both = MergePlayers(kept_player_id=jane, merged_player_id=jane)
    same = await calls.write(caller(desk), both)
    await calls.write(caller(desk), MergePlayers(kept_player_id=jane, merged_player_id=rick))

    assert two_members == BothLinked(kept="Jane Doe", merged="Rick Roe")
    assert same == SamePlayer()
    assert await preview(jane, rick) == PlayerMerged(name="Rick Roe", into="Jane Doe")
    assert await preview(jane, NOBODY) == PlayerGone()


async def test_what_a_captain_reads_in_is_nothing_to_another_one(desk_at_event: TeamDesk) -> None:
    calls, own = desk_at_event.ports.calls, caller(desk_at_event)
    names = await calls.read(desk_at_event.guild_id, RosterNames())
    assert isinstance(names, NamesForRoster)
    keep = KeepRoster(content=roster_content(names, (), ()))

    kept = await calls.write(own, keep)
    others = Caller(
        guild_id=own.guild_id, member_id=MemberId(SAM.user_id), request_id=own.request_id
    )

    assert isinstance(kept, RosterKept)
    assert await calls.write(others, keep) == ImportGone()


ACTIVE = "select id from scooty_private.events where guild_id = %s and status = 'active'"
PLAYERS = "select id from scooty_private.players where guild_id = %s order by name"


ON_AN_ARCHETYPE: tuple[Write[Any], ...] = (
    EditArchetype(archetype="Frog Toss", changes=ArchetypeChanges(colours="U")),
    AddArchetypeAlias(archetype="Frog Toss", alias="Leap"),
    RemoveArchetypeAlias(archetype="Frog Toss", alias="Leap", proper_name="Frog Toss"),
    RetireArchetype(archetype="Frog Toss"),
)
OF_AN_ARCHETYPE: tuple[Read[Any], ...] = (
    ReadArchetype(archetype="Frog Toss"),
    PreviewArchetypeMerge(archetype="Frog Toss", into="Frog Toss"),
)


async def test_nothing_is_made_of_an_archetype_that_nobody_named(team_desk: TeamDesk) -> None:
    calls = team_desk.ports.calls

    made = [await calls.write(caller(team_desk), each) for each in ON_AN_ARCHETYPE]
    read = [await calls.read(team_desk.guild_id, each) for each in OF_AN_ARCHETYPE]

    assert {type(each) for each in (*made, *read)} == {NoSuchArchetype}


async def test_nothing_is_made_of_an_archetype_that_is_retired(team_desk: TeamDesk) -> None:
    calls = team_desk.ports.calls
    add = AddArchetype(name="Frog Toss", details=ArchetypeChanges())
    await calls.write(caller(team_desk), add)
    await calls.write(caller(team_desk), RetireArchetype(archetype="Frog Toss"))

    made = [await calls.write(caller(team_desk), each) for each in ON_AN_ARCHETYPE]
    read = [await calls.read(team_desk.guild_id, each) for each in OF_AN_ARCHETYPE]

    assert {(type(each), each.name) for each in (*made, *read)} == {
        (ArchetypeIsRetired, "Frog Toss")
    }
