"""Members who have everything about them erased."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from actors.discord_gateway.replies import OfferChoices
from scooty.features.privacy.replies import ERASE_ME
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.held import TEXTS, columns
from tests.desk_fixture.planted_round import plant_round

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk

MEMBER_COLUMN = r"(_by|^member_id|^reporter_id|^started_by)$"
KEPT_CONSENSUS = """
    select a.name, p.consensus_confidence from scooty_private.event_players p
    join scooty_private.reports r on r.guild_id = p.guild_id and r.id = p.consensus_report_id
    join scooty_private.archetypes a
      on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
    where p.guild_id = %s
"""


def places_of_member(desk: TeamDesk, member_id: int) -> list[str]:
    """Return the columns in which a guild's rows hold a member's number.

    Of this guild's rows: members of other tests' guilds have the same numbers.
    """
    guilds_own = {table for table, column in columns(desk.dsn, "bigint") if column == "guild_id"}
    with psycopg.connect(desk.dsn) as connection:
        return [
            f"{table}.{column}"
            for table, column in columns(desk.dsn, f"bigint|{TEXTS}")
            if table in guilds_own
            and connection.execute(
                f"select from {table} t where guild_id = %s"
                f" and position(%s in t.{column}::text) > 0".encode(),
                (desk.guild_id, str(member_id)),
            ).fetchone()
            is not None
        ]


def derived_consensus(desk: TeamDesk) -> tuple[str, str]:
    """Return what the reports of the guild's one player come to now."""
    with psycopg.connect(desk.dsn) as connection:
        connection.execute("set search_path = scooty_private, extensions")
        row = connection.execute(
            "select a.name, c.confidence from event_players p"
            " cross join lateral consensus_of(p.guild_id, p.event_id, p.player_id) c"
            " join reports r on r.guild_id = p.guild_id and r.id = c.report_id"
            " join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id"
            " where p.guild_id = %s",
            (desk.guild_id,),
        ).fetchone()
    assert row is not None
    return row[0], row[1]


async def test_a_member_who_is_erased_is_nowhere_in_the_guild(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Jeskai Control", by=CAPTAIN)
    await desk_at_event.scouted("Jon Roe", "Boros Energy", by=CAPTAIN)
    (undone,) = desk_at_event.rows(
        "select max(id) from scooty_private.reports where guild_id = %s"
    )[0]
    await desk_at_event.press(f"scout:undo@1:{undone}", by=CAPTAIN)
    await desk_at_event.command("scout", by=CAPTAIN, opponent="Ann Poe", archetype="zzz")
    for statement in (
        "insert into scooty_private.guild_settings (guild_id, updated_by) values (%s, {0})",
        (
            "insert into scooty_private.live_boards (guild_id, channel_id, started_by)"
            " values (%s, 1, {0})"
        ),
        (
            "insert into scooty_private.report_revisions (guild_id, report_id, revision, content,"
            " changed_by) select guild_id, id, 9, '{{}}', {0} from scooty_private.reports"
            " where guild_id = %s"
        ),
        (
            "insert into scooty_private.player_merges (guild_id, kept_player_id, merged_player_id,"
            " moved, merged_by) select guild_id, min(id), max(id), '{{}}', {0}"
            " from scooty_private.players where guild_id = %s group by guild_id"
        ),
        (
            "insert into scooty_private.answered_requests (guild_id, request_id, answer)"
            " values (%s, 5, '{{\"by\": {0}}}')"
        ),
    ):
        desk_at_event.execute(statement.format(CAPTAIN.user_id))
    desk_at_event.execute(
        "insert into scooty_private.pending_imports (guild_id, request_id, kind, content,"
        " created_by, expires_at) select guild_id, 5, 'roster', '{}', created_by, now()"
        " from scooty_private.events where guild_id = %s",
    )
    assert len(places_of_member(desk_at_event, CAPTAIN.user_id)) >= 11

    conclusion = await desk_at_event.press(ERASE_ME(), by=CAPTAIN)

    assert conclusion.verdict == "ok"
    assert places_of_member(desk_at_event, CAPTAIN.user_id) == []
    assert "Max" not in await desk_at_event.says("check", name="Jane Doe")
    assert "*erased member*" in await desk_at_event.says("check", name="Jane Doe")
    assert "membre effacé" in await desk_at_event.in_french().says("check", name="Jane Doe")


async def test_a_member_who_is_erased_is_nowhere_in_the_rounds(desk_at_event: TeamDesk) -> None:
    for name in ("Jane Doe", "Jon Roe"):
        await desk_at_event.scouted(name, by=ROBIN)
    plant_round(desk_at_event, "Jane Doe", "Jon Roe", by=CAPTAIN, watcher=SAM)
    desk_at_event.execute(
        "insert into scooty_private.audit (guild_id, member_id, action, subject_id, detail,"  # noqa: S608 - a test's own numbers
        f""" request_id) values (%s, 5, 'link', {CAPTAIN.user_id}, '{{"to": {CAPTAIN.user_id}}}',"""
        " 6)"
    )
    assert len(places_of_member(desk_at_event, CAPTAIN.user_id)) >= 8

    conclusion = await desk_at_event.press(ERASE_ME(), by=CAPTAIN)

    assert conclusion.verdict == "ok"
    assert places_of_member(desk_at_event, CAPTAIN.user_id) == []
    # What they did for the others stays.
    assert places_of_member(desk_at_event, SAM.user_id) == ["scooty_private.assignments.member_id"]
    assert desk_at_event.rows("select told_by from scooty_private.results where guild_id = %s") == [
        (0,)
    ]


async def test_a_member_who_is_erased_watches_nobody(desk_at_event: TeamDesk) -> None:
    for name in ("Jane Doe", "Jon Roe"):
        await desk_at_event.scouted(name, by=ROBIN)
    plant_round(desk_at_event, "Jane Doe", "Jon Roe", by=CAPTAIN, watcher=SAM)

    await desk_at_event.press(ERASE_ME(), by=SAM)

    assert places_of_member(desk_at_event, SAM.user_id) == []
    assert desk_at_event.rows("select from scooty_private.assignments where guild_id = %s") == []
    linked = "select member_id from scooty_private.team_links where guild_id = %s"
    assert desk_at_event.rows(linked) == [(CAPTAIN.user_id,)]


def test_every_column_for_a_members_number_is_known_to_the_erasure(desk_database: str) -> None:
    folder = Path("scooty/features/privacy/functions")
    sql = "".join(
        (folder / name).read_text() for name in ("erase_member.sql", "erase_from_rounds.sql")
    )

    with psycopg.connect(desk_database) as connection:
        held = connection.execute(
            "select c.relname, a.attname from pg_class c"
            " join pg_attribute a on a.attrelid = c.oid and a.attname ~ %s"
            " where c.relnamespace = 'scooty_private'::regnamespace and c.relkind = 'r'",
            (MEMBER_COLUMN,),
        ).fetchall()

    assert len(held) >= 9
    for table, column in held:
        assert f" {table} " in sql, f"{table}.{column} is not erased"
        assert column in sql, f"{table}.{column} is not erased"


async def test_the_suggestion_of_a_player_names_no_erased_reporter(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", by=SAM)
    await desk_at_event.press(ERASE_ME(), by=SAM)

    offered = (await desk_at_event.typing("scout", "opponent", opponent="jane")).response

    assert isinstance(offered, OfferChoices)
    assert offered.choices[0].name.endswith("by erased member")


async def test_erased_reporters_count_as_one_in_the_consensus(desk_at_event: TeamDesk) -> None:
    for reporter in (SAM, ROBIN):
        await desk_at_event.scouted("Jane Doe", "Boros Energy", by=reporter)
    await desk_at_event.scouted("Jane Doe", "Jeskai Control", by=CAPTAIN)
    # Two who were likely outweigh one who was sure; as one person they do not.
    desk_at_event.execute(
        "update scooty_private.reports set reported_at = timestamptz '2026-11-24 10:00Z',"
        " confidence = case when reporter_name = 'Max' then 'sure' else 'likely' end,"
        " source = case when reporter_name = 'Max' then 'seen' else 'played' end"
        " where guild_id = %s",
    )
    before = derived_consensus(desk_at_event)

    await desk_at_event.press(ERASE_ME(), by=SAM)
    await desk_at_event.press(ERASE_ME(), by=ROBIN)

    assert before[0] == "Boros Energy"
    assert desk_at_event.rows(KEPT_CONSENSUS) == [derived_consensus(desk_at_event)]
    assert desk_at_event.rows(KEPT_CONSENSUS) == [("Jeskai Control", "likely")]


async def test_a_repeated_erasure_spares_what_was_reported_since(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", by=SAM)
    first = await desk_at_event.press(ERASE_ME(), by=SAM, request_id=77)
    await desk_at_event.scouted("Jon Roe", by=SAM)

    again = await desk_at_event.press(ERASE_ME(), by=SAM, request_id=77)

    assert again == first
    reporters = desk_at_event.rows(
        "select reporter_id from scooty_private.reports where guild_id = %s order by id"
    )
    assert reporters == [(0,), (SAM.user_id,)]


async def test_an_erasure_leaves_another_server_alone(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", by=SAM)

    await desk_at_event.other_guild().press(ERASE_ME(), by=SAM)

    assert desk_at_event.rows(
        "select reporter_id from scooty_private.reports where guild_id = %s"
    ) == [(SAM.user_id,)]
