"""What is held about whom, and its end."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from actors.discord_gateway.replies import OfferChoices, Reply
from scooty.commands.attaching import fitting_file
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Response
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent
ERASE_ME = "privacy:erase-me@1"
MEMBER_COLUMN = r"(_by|^member_id|^reporter_id|^started_by)$"

KEPT_CONSENSUS = """
    select a.name, p.consensus_confidence from scooty_private.event_players p
    join scooty_private.reports r on r.guild_id = p.guild_id and r.id = p.consensus_report_id
    join scooty_private.archetypes a
      on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
    where p.guild_id = %s
"""


class StuckOutbox:
    """Can say nothing and clear nothing."""

    async def list_reports(self, **_whose: object) -> None:
        return None

    async def erase_member(self, **_whose: object) -> bool:
        return False

    async def erase_player(self, **_whose: object) -> bool:
        return False


def columns(dsn: str, types: str) -> list[tuple[str, str]]:
    """Return the tables and columns of such types."""
    with psycopg.connect(dsn) as connection:
        return connection.execute(
            "select c.oid::regclass::text, quote_ident(a.attname) from pg_class c"
            " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
            " where c.relnamespace = 'scooty_private'::regnamespace and c.relkind = 'r'"
            " and a.atttypid::regtype::text = any (%s)",
            (types.split("|"),),
        ).fetchall()


def places_of_text(dsn: str, *texts: str) -> list[str]:
    """Return the columns of all tables in which one of the texts stands, in whatever case."""
    found = []
    with psycopg.connect(dsn) as connection:
        for table, column in columns(dsn, "text|jsonb|text[]|character varying"):
            held = connection.execute(
                f"select exists (select from {table} t"  # noqa: S608 - names of the catalogue
                f" where t.{column}::text ilike any (%s))".encode(),
                ([f"%{text}%" for text in texts],),
            ).fetchone()
            found += [f"{table}.{column}"] if held and held[0] else []
    return found


def places_of_member(desk: TeamDesk, member_id: int) -> list[str]:
    """Return the columns in which a guild's rows hold a member's number."""
    found = [
        f"{table}.{column}"
        for table, column in columns(desk.dsn, "bigint")
        if (table, "guild_id") in columns(desk.dsn, "bigint")
        and desk.rows(
            f"select 1 from {table} where guild_id = %s and {column} = {member_id}"  # noqa: S608 - names of the catalogue
        )
    ]
    # Of this guild's rows: members of other tests' guilds have the same numbers.
    texts = [
        f"{table}.{column}"
        for table, column in columns(desk.dsn, "text|jsonb|text[]|character varying")
        if (table, "guild_id") in columns(desk.dsn, "bigint")
        and desk.rows(
            f"select 1 from {table} t where guild_id = %s"  # noqa: S608 - names of the catalogue
            f" and position('{member_id}' in t.{column}::text) > 0"
        )
    ]
    return [*found, *texts]


def execute(desk: TeamDesk, statement: str) -> None:
    """Do something to the guild's rows; ``%s`` stands for the guild's id."""
    with psycopg.connect(desk.dsn, autocommit=True) as connection:
        connection.execute(statement.encode(), (desk.guild_id,) * statement.count("%s"))


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


def reply_of(response: Response) -> Reply:
    assert isinstance(response, Reply)
    return response


async def own_file(desk: TeamDesk, **how: Any) -> dict[str, Any]:
    """Return what the file about somebody holds."""
    conclusion = await desk.command("privacy my-data", **how)
    (file,) = reply_of(conclusion.response).files
    held: dict[str, Any] = json.loads(file.content)
    return held


async def forget_button(desk: TeamDesk, name: str) -> str:
    """Ask to forget a player, and return the button's id."""
    conclusion = await desk.command("privacy forget-player", by=CAPTAIN, name=name)
    assert conclusion.verdict == "ok"
    (row,) = reply_of(conclusion.response).rows
    return row.components[0].custom_id


async def test_the_file_about_a_member_holds_what_they_did_and_nothing_of_others(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Jeskai Control", by=SAM, comment="keeps four")
    await desk_at_event.scouted("Jon Roe", "Boros Energy", by=ROBIN)
    await desk_at_event.command("scout", by=SAM, opponent="Ann Poe", archetype="zzz")

    held = (await own_file(desk_at_event, by=SAM))["stored"]

    (report,) = held["reports"]
    assert (report["player"], report["archetype"]) == ("Jane Doe", "Jeskai Control")
    assert (report["comment"], report["event"]) == ("keeps four", "Open")
    assert [draft["opponent"] for draft in held["drafts"]] == ["Ann Poe"]
    assert [deed["action"] for deed in held["actions"]] == ["report"]
    assert held["events_created"] == []


async def test_the_file_about_a_captain_holds_what_they_set(desk_at_event: TeamDesk) -> None:
    execute(
        desk_at_event,
        "insert into scooty_private.guild_settings (guild_id, language, updated_by)"
        " select e.guild_id, 'fr', e.created_by from scooty_private.events e"
        " where e.guild_id = %s",
    )

    held = (await own_file(desk_at_event, by=CAPTAIN))["stored"]

    assert [event["name"] for event in held["events_created"]] == ["Open"]
    assert held["settings_changed_last"]["language"] == "fr"


async def test_the_file_says_nothing_of_another_server(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", by=SAM)

    held = (await own_file(desk_at_event.other_guild(), by=SAM))["stored"]

    assert held["reports"] == held["actions"] == []


async def test_a_file_that_is_too_big_is_zipped_and_one_that_stays_so_is_refused() -> None:
    content = b"a" * 10_000

    whole = await fitting_file("a.json", content, 10_000)
    zipped = await fitting_file("a.json", content, 9_999)
    none = await fitting_file("a.json", content, 50)

    assert whole is not None
    assert zipped is not None
    assert (whole.name, zipped.name, none) == ("a.json", "a.json.zip", None)
    assert zipfile.ZipFile(BytesIO(zipped.content)).read("a.json") == content


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
        execute(desk_at_event, statement.format(CAPTAIN.user_id))
    execute(
        desk_at_event,
        "insert into scooty_private.pending_imports (guild_id, request_id, kind, content,"
        " created_by, expires_at) select guild_id, 5, 'roster', '{}', created_by, now()"
        " from scooty_private.events where guild_id = %s",
    )
    assert len(places_of_member(desk_at_event, CAPTAIN.user_id)) >= 11

    conclusion = await desk_at_event.press(ERASE_ME, by=CAPTAIN)

    assert conclusion.verdict == "ok"
    assert places_of_member(desk_at_event, CAPTAIN.user_id) == []
    assert "Max" not in await desk_at_event.says("check", name="Jane Doe")
    assert "*erased member*" in await desk_at_event.says("check", name="Jane Doe")
    assert "membre effacé" in await desk_at_event.in_french().says("check", name="Jane Doe")


def test_every_column_for_a_members_number_is_known_to_the_erasure(desk_database: str) -> None:
    sql = Path("scooty/storage/sql/functions/privacy/erase_member.sql").read_text()

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
    await desk_at_event.press(ERASE_ME, by=SAM)

    offered = (await desk_at_event.typing("scout", "opponent", opponent="jane")).response

    assert isinstance(offered, OfferChoices)
    assert offered.choices[0].name.endswith("by erased member")


async def test_erased_reporters_count_as_one_in_the_consensus(desk_at_event: TeamDesk) -> None:
    for reporter in (SAM, ROBIN):
        await desk_at_event.scouted("Jane Doe", "Boros Energy", by=reporter)
    await desk_at_event.scouted("Jane Doe", "Jeskai Control", by=CAPTAIN)
    # Two who were likely outweigh one who was sure; as one person they do not.
    execute(
        desk_at_event,
        "update scooty_private.reports set reported_at = timestamptz '2026-11-24 10:00Z',"
        " confidence = case when reporter_name = 'Max' then 'sure' else 'likely' end,"
        " source = case when reporter_name = 'Max' then 'seen' else 'played' end"
        " where guild_id = %s",
    )
    before = derived_consensus(desk_at_event)

    await desk_at_event.press(ERASE_ME, by=SAM)
    await desk_at_event.press(ERASE_ME, by=ROBIN)

    assert before[0] == "Boros Energy"
    assert desk_at_event.rows(KEPT_CONSENSUS) == [derived_consensus(desk_at_event)]
    assert desk_at_event.rows(KEPT_CONSENSUS) == [("Jeskai Control", "likely")]


async def test_a_repeated_erasure_spares_what_was_reported_since(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", by=SAM)
    first = await desk_at_event.press(ERASE_ME, by=SAM, request_id=77)
    await desk_at_event.scouted("Jon Roe", by=SAM)

    again = await desk_at_event.press(ERASE_ME, by=SAM, request_id=77)

    assert again == first
    reporters = desk_at_event.rows(
        "select reporter_id from scooty_private.reports where guild_id = %s order by id"
    )
    assert reporters == [(0,), (SAM.user_id,)]


async def test_an_erasure_leaves_another_server_alone(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", by=SAM)

    await desk_at_event.other_guild().press(ERASE_ME, by=SAM)

    assert len((await own_file(desk_at_event, by=SAM))["stored"]["reports"]) == 1


async def test_a_forgotten_player_is_in_no_table(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Zélie %Quux%", "Jeskai Control", comment="Zélie %quux% mulligans")
    await desk_at_event.scouted("Jane Doe", comment="tested with ZÉLIE %QUUX%, and zelie %quux%")
    await desk_at_event.command("scout", opponent="%quux%, zelie", archetype="zzz")
    for statement in (
        (
            "insert into scooty_private.report_revisions (guild_id, report_id, revision, content,"
            ' changed_by) select guild_id, id, 9, \'{"comment": "Zélie %%Quux%% again"}\', 1'
            " from scooty_private.reports where guild_id = %s"
        ),
        (
            "insert into scooty_private.answered_requests (guild_id, request_id, answer)"
            ' values (%s, 5, \'{"player": "Zélie %%Quux%%"}\')'
        ),
    ):
        execute(desk_at_event, statement)
    execute(
        desk_at_event,
        "insert into scooty_private.pending_imports (guild_id, request_id, kind, content,"
        " created_by, expires_at) select guild_id, 5, 'roster', '[\"Zélie %%Quux%%\"]', 1, now()"
        " from scooty_private.events where guild_id = %s",
    )
    assert len(places_of_text(desk_at_event.dsn, r"\%quux\%")) >= 8
    button = await forget_button(desk_at_event, "zelie %quux%")

    conclusion = await desk_at_event.press(button, by=CAPTAIN)

    assert conclusion.verdict == "ok"
    assert "quux" not in as_text(conclusion.response).lower()
    assert places_of_text(desk_at_event.dsn, r"\%quux\%") == []
    assert "tested with —, and —" in await desk_at_event.says("check", name="Jane Doe")
    assert "Jeskai" not in await desk_at_event.says("stats")


async def test_forgetting_a_player_forgets_those_merged_into_them(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Kept Quibble")
    await desk_at_event.scouted("Merged Quibble")
    execute(
        desk_at_event,
        "update scooty_private.players p set merged_into = k.id from scooty_private.players k"
        " where p.guild_id = %s and p.name = 'Merged Quibble' and k.guild_id = p.guild_id"
        " and k.name = 'Kept Quibble'",
    )
    button = await forget_button(desk_at_event, "merged quibble")

    await desk_at_event.press(button, by=CAPTAIN)

    assert places_of_text(desk_at_event.dsn, "quibble") == []


async def test_the_counts_of_archetypes_follow_when_a_player_is_forgotten(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Boros Energy")
    await desk_at_event.scouted("Jon Roe", "Boros Energy")
    button = await forget_button(desk_at_event, "Jane Doe")

    await desk_at_event.press(button, by=CAPTAIN)

    assert desk_at_event.rows(
        "select report_count from scooty_private.event_archetypes where guild_id = %s"
    ) == [(1,)]


async def test_a_player_of_another_server_cannot_be_forgotten(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe")
    button = await forget_button(desk_at_event, "Jane Doe")
    elsewhere = desk_at_event.other_guild()

    asked = await elsewhere.command("privacy forget-player", by=CAPTAIN, name="Jane Doe")
    pressed = await elsewhere.press(button, by=CAPTAIN)
    offered = await elsewhere.typing("privacy forget-player", "name", by=CAPTAIN, name="jane")

    assert (asked.verdict, pressed.verdict) == ("refused", "refused")
    assert offered.response == OfferChoices(choices=())
    assert "Boros Energy" in await desk_at_event.says("check", name="Jane Doe")


async def test_only_captains_forget_players(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe")
    button = await forget_button(desk_at_event, "Jane Doe")

    asked = await desk_at_event.command("privacy forget-player", by=SAM, name="Jane Doe")
    pressed = await desk_at_event.press(button, by=SAM)

    assert (asked.verdict, pressed.verdict) == ("refused", "refused")
    assert "Boros Energy" in await desk_at_event.says("check", name="Jane Doe")


@pytest.mark.parametrize("typed", ["", "doe", "jane d", "d jane"])
async def test_players_to_forget_are_offered_by_the_beginnings_of_words(
    desk_at_event: TeamDesk, typed: str
) -> None:
    await desk_at_event.scouted("Jane Doe")

    offered = await desk_at_event.typing("privacy forget-player", "name", by=CAPTAIN, name=typed)

    assert as_text(offered.response) == "- Jane Doe = Jane Doe"


@pytest.mark.parametrize(("path", "ended"), [("delete-me", True), ("forget-player", False)])
async def test_nothing_is_erased_while_the_outbox_cannot_be_cleared(
    desk_at_event: TeamDesk, path: str, *, ended: bool
) -> None:
    await desk_at_event.scouted("Jane Doe", by=CAPTAIN)
    button = ERASE_ME if ended else await forget_button(desk_at_event, "Jane Doe")
    stuck = replace(desk_at_event, ports=replace(desk_at_event.ports, waiting=StuckOutbox()))

    conclusion = await stuck.press(button, by=CAPTAIN)

    assert conclusion.verdict == "refused", path
    assert f"<@{CAPTAIN.user_id}>" in await desk_at_event.says("check", name="Jane Doe")


async def test_every_answer_of_privacy_reads_as_it_was_reviewed(desk_at_event: TeamDesk) -> None:
    for language, desk in (("en", desk_at_event), ("fr", desk_at_event.in_french())):
        pages = {
            "/privacy policy": await desk.command("privacy policy"),
            "/privacy my-data": await desk.command("privacy my-data"),
            "/privacy my-data: the outbox is silent": await replace(
                desk, ports=replace(desk.ports, waiting=StuckOutbox())
            ).command("privacy my-data"),
            "/privacy retention: nothing is closed": await desk.command("privacy retention"),
            "/privacy delete-me": await desk.command("privacy delete-me"),
        }
        for name in ("Jane Doe", "Jon *Roe*"):
            await desk.scouted(name, by=SAM, comment="played Jane Doe in round 2")
        pages["/privacy forget-player: nobody"] = await desk.command(
            "privacy forget-player", by=CAPTAIN, name="Ann Poe"
        )
        asked = await desk.command("privacy forget-player", by=CAPTAIN, name="Jane Doe")
        pages["/privacy forget-player"] = asked
        button = reply_of(asked.response).rows[0].components[0].custom_id
        pages["/privacy forget-player: not a captain"] = await desk.press(button, by=SAM)
        pages["forget"] = await desk.press(button, by=CAPTAIN)
        pages["forget: gone"] = await desk.press(button, by=CAPTAIN)
        pages["forget: the outbox is stuck"] = await replace(
            desk, ports=replace(desk.ports, waiting=StuckOutbox())
        ).press(ERASE_ME)
        pages["erase me"] = await desk.press(ERASE_ME)
        text = "\n".join(
            f"## {name} [{page.verdict}]\n{as_text(page.response)}\n"
            for name, page in pages.items()
        )

        assert text == reviewed(HERE / f"answers/privacy.{language}.md", text)
