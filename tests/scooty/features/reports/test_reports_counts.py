"""What is kept of reports, against the reports themselves: after any changes, in any order."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

import psycopg
import pytest

from scooty.domain.consensus import Known, derive_consensus
from scooty.domain.ids import ArchetypeId, MemberId, ReportId
from scooty.domain.observations import Confidence, Observation, Source
from scooty.features.stats.calls import CountEvent, StatsFound
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.desk_fixture.desk import TeamDesk

ARCHETYPES = ("Burn", "Jeskai Control", "Boros Energy", "Grinding Breach")
PEOPLE = (SAM, ROBIN, CAPTAIN)
STEPS = 200
Rows: TypeAlias = "Callable[[str], list[tuple[Any, ...]]]"
"""Reads a guild's rows; ``%s`` stands for its id."""


@pytest.fixture
def rows(desk_at_event: TeamDesk) -> Iterator[Rows]:
    """Reads over one connection: `TeamDesk.rows` makes a new one each time."""
    guild_id = desk_at_event.guild_id
    with psycopg.connect(desk_at_event.dsn, autocommit=True) as connection:
        yield lambda sql: connection.execute(sql.encode(), (guild_id,) * sql.count("%s")).fetchall()


def observed(rows: Rows) -> dict[int, list[Observation]]:
    """All reports of the guild, by player."""
    by_player: defaultdict[int, list[Observation]] = defaultdict(list)
    for row in rows(
        "select player_id, id, archetype_id, source, confidence, reported_at, reporter_id,"
        " undone_at is not null from scooty_private.reports where guild_id = %s"
    ):
        player_id, report_id, archetype_id, source, confidence, at, reporter_id, erased = row
        by_player[player_id].append(
            Observation(
                report_id=ReportId(report_id),
                archetype_id=ArchetypeId(archetype_id),
                source=Source(source),
                confidence=Confidence(confidence),
                reported_at=at,
                reporter_id=MemberId(reporter_id),
                erased=erased,
            )
        )
    return by_player


def derived_players(rows: Rows) -> set[tuple[Any, ...]]:
    """What has to be kept of every player, from the reports."""
    expected: set[tuple[Any, ...]] = set()
    for player_id, reports in observed(rows).items():
        counting = [each for each in reports if not each.erased]
        consensus = derive_consensus(reports)
        if isinstance(consensus, Known):
            best = consensus.best.report_ids[0], consensus.confidence.value
            newest = max(each.reported_at for each in counting)
            expected.add((player_id, len(counting), *best, bool(consensus.conflicts), newest))
        else:
            expected.add((player_id, 0, None, None, False, None))
    return expected


def assert_what_is_kept_is_what_the_reports_say(rows: Rows) -> None:
    kept = rows(
        "select player_id, report_count, consensus_report_id, consensus_confidence, is_contested,"
        " last_reported_at from scooty_private.event_players where guild_id = %s"
    )
    counted = rows(
        "select archetype_id, report_count from scooty_private.event_archetypes"
        " where guild_id = %s and report_count > 0"
    )
    recounted = rows(
        "select archetype_id, count(*)::integer from scooty_private.reports"
        " where guild_id = %s and undone_at is null group by archetype_id"
    )
    unnumbered = rows(
        "select r.id from scooty_private.reports r where r.guild_id = %s and r.revision <> 1 + ("
        " select count(*) from scooty_private.report_revisions v"
        " where v.guild_id = r.guild_id and v.report_id = r.id)"
    )
    assert set(kept) == derived_players(rows)
    assert sorted(counted) == sorted(recounted)
    assert unnumbered == []


async def take_a_step(desk: TeamDesk, rows: Rows, chance: Random) -> str:
    """Do something at random, by somebody who may or may not be allowed to."""
    person = chance.choice(PEOPLE)
    archetype = chance.choice(ARCHETYPES)
    known = rows("select id, revision from scooty_private.reports where guild_id = %s")
    if not known or chance.random() < 0.25:
        opponent = f"Player {chance.randrange(4)}"
        done = await desk.command("scout", by=person, opponent=opponent, archetype=archetype)
        return f"scout {done.verdict}"
    report_id, revision = chance.choice(known)
    seen = revision - (chance.random() < 0.15)
    what = chance.choice(("archetype", "comment", "delete", "restore", "undo"))
    match what:
        case "archetype":
            form = f"report:save-edit@1:{report_id}:{seen}"
            done = await desk.submit(form, by=person, request_id=None, archetype=archetype)
        case "comment":
            form = f"report:save-edit@1:{report_id}:{seen}"
            done = await desk.submit(form, by=person, request_id=None, comment=str(chance.random()))
        case "delete":
            done = await desk.press(f"report:delete@1:{report_id}:{seen}", by=person)
        case "restore":
            done = await desk.press(f"report:restore@1:{report_id}", by=person)
        case _:
            done = await desk.press(f"scout:undo@1:{report_id}", by=person)
    return f"{what} {done.verdict}"


async def test_after_any_sequence_of_changes_what_is_kept_equals_a_recomputation(
    desk_at_event: TeamDesk, rows: Rows
) -> None:
    chance = Random(1)  # noqa: S311 - a test's
    done: Counter[str] = Counter()

    for step in range(1, STEPS + 1):
        done[await take_a_step(desk_at_event, rows, chance)] += 1
        if step % 5 == 0:
            assert_what_is_kept_is_what_the_reports_say(rows)

    both = {"ok", "refused"}
    for what in ("archetype", "comment", "delete", "restore", "undo"):
        assert {verdict for verdict in both if done[f"{what} {verdict}"]} == both, done


async def test_stats_equal_a_recount_after_an_edit_a_deletion_and_a_restoration(
    desk_at_event: TeamDesk,
) -> None:
    for number in range(6):
        await desk_at_event.scouted(f"Player {number}", "Burn")
    ids = [
        report_id
        for (report_id,) in desk_at_event.rows(
            "select id from scooty_private.reports where guild_id = %s order by id"
        )
    ]
    await desk_at_event.submit(f"report:save-edit@1:{ids[0]}:1", archetype="Jeskai Control")
    edited = await counted(desk_at_event)
    await desk_at_event.press(f"report:delete@1:{ids[0]}:2")
    await desk_at_event.press(f"report:delete@1:{ids[1]}:1", by=CAPTAIN)
    deleted = await counted(desk_at_event)
    await desk_at_event.press(f"report:restore@1:{ids[0]}")

    restored = await counted(desk_at_event)

    assert edited == {"Burn": 5, "Jeskai Control": 1}
    assert deleted == {"Burn": 4}
    assert restored == {"Burn": 4, "Jeskai Control": 1}


async def counted(desk: TeamDesk) -> dict[str, int]:
    """What /stats counts, which must be what the reports say."""
    counted = await desk.ports.calls.read(desk.guild_id, CountEvent())
    assert isinstance(counted, StatsFound)
    found = counted.stats
    names = dict(desk.rows("select id, name from scooty_private.archetypes where %s > 0"))
    reports_of = observed(desk.rows)
    known = [derive_consensus(reports) for reports in reports_of.values()]
    by_reports = {
        each.report_id: names[each.archetype_id]
        for reports in reports_of.values()
        for each in reports
    }
    recount = Counter(
        by_reports[each.best.report_ids[0]] for each in known if isinstance(each, Known)
    )
    in_stats = {each.name: each.players for each in found.archetypes}
    assert in_stats == recount
    return in_stats


async def test_of_eight_captains_saving_one_form_at_once_one_saves(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    [[report_id]] = desk_at_event.rows("select id from scooty_private.reports where guild_id = %s")
    captains = [replace(CAPTAIN, user_id=CAPTAIN.user_id + 10 + n) for n in range(8)]

    answers = await asyncio.gather(
        *(
            desk_at_event.submit(
                f"report:save-edit@1:{report_id}:1", by=each, comment=str(each.user_id)
            )
            for each in captains
        )
    )

    assert Counter(each.verdict for each in answers) == {"ok": 1, "refused": 7}
    assert_what_is_kept_is_what_the_reports_say(desk_at_event.rows)


async def test_opposite_changes_of_archetype_at_once_do_not_wait_in_a_circle(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    await desk_at_event.scouted("Jon Roe", "Jeskai Control")
    reports = desk_at_event.rows(
        "select id from scooty_private.reports where guild_id = %s order by id"
    )
    decks = ["Burn", "Jeskai Control"]

    for revision in range(1, 21):
        decks.reverse()
        answers = await asyncio.gather(
            *(
                desk_at_event.submit(
                    f"report:save-edit@1:{report_id}:{revision}", by=CAPTAIN, archetype=deck
                )
                for (report_id,), deck in zip(reports, decks, strict=True)
            )
        )
        assert {each.verdict for each in answers} == {"ok"}

    assert_what_is_kept_is_what_the_reports_say(desk_at_event.rows)
