"""The database's rule of consensus is the domain's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from actors.repository import apply_migrations
from scooty.core.storage.migrations import MIGRATIONS
from scooty.domain.consensus import Known, derive_consensus
from scooty.domain.ids import ArchetypeId, MemberId, ReportId
from scooty.domain.observations import Confidence, Observation, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_fixture.server import RealPostgres

GUILD: Final = 1_100_000_000_000_000_001
WRITTEN: Final = """
    insert into scooty_private.reports (
      guild_id, id, event_id, player_id, archetype_guild_id, archetype_id, reporter_id,
      reporter_name, request_id, source, confidence, reported_at, undone_at, undo_request_id
    ) overriding system value
    values (%(guild)s, %(id)s, 1, -1, 0, %(archetype)s, %(reporter)s, 'Sam', %(id)s, %(source)s,
      %(confidence)s, %(at)s, %(undone)s, %(undo_request)s)
"""


def moments() -> st.SearchStrategy[datetime]:
    return st.datetimes(datetime(2026, 1, 1), datetime(2026, 2, 9)).map(  # noqa: DTZ001 - made aware below
        lambda moment: moment.replace(tzinfo=UTC)
    )


def observations(archetypes: tuple[int, ...]) -> st.SearchStrategy[list[Observation]]:
    one = st.builds(
        Observation,
        report_id=st.integers(1, 10**9).map(ReportId),
        archetype_id=st.sampled_from(archetypes).map(ArchetypeId),
        source=st.sampled_from(Source),
        confidence=st.sampled_from(Confidence),
        reported_at=moments(),
        reporter_id=st.sampled_from([1, 2, 3]).map(MemberId),
        erased=st.booleans(),
    )
    return st.lists(one, max_size=8, unique_by=lambda each: each.report_id)


@pytest.fixture(scope="module")
def prepared(real_postgres: RealPostgres) -> Iterator[psycopg.Connection]:
    """A connection to a guild with one player in one event."""
    with real_postgres.database() as dsn:
        apply_migrations(SecretStr(dsn), MIGRATIONS)
        with psycopg.connect(dsn) as connection:
            connection.execute("set search_path = scooty_private, extensions")
            connection.execute(
                "insert into events (guild_id, id, name, name_key, status, created_by, request_id)"
                " overriding system value values (%s, 1, 'Open', 'open', 'active', 1, 1)",
                (GUILD,),
            )
            connection.execute(
                "insert into players (guild_id, id, name) overriding system value"
                " values (%s, -1, 'Jane Doe')",
                (GUILD,),
            )
            connection.execute(
                "insert into event_players (guild_id, event_id, player_id) values (%s, 1, -1)",
                (GUILD,),
            )
            connection.commit()
            yield connection


@settings(deadline=None)
@given(data=st.data())
def test_sql_and_python_derive_the_same_consensus(
    prepared: psycopg.Connection, data: st.DataObject
) -> None:
    rows = prepared.execute("select id from archetypes where guild_id = 0 order by id limit 3")
    archetypes = tuple(archetype for (archetype,) in rows.fetchall())
    seen = data.draw(observations(archetypes))
    for one in seen:
        written = {
            "guild": GUILD,
            "id": one.report_id,
            "archetype": one.archetype_id,
            "reporter": one.reporter_id,
            "source": one.source,
            "confidence": one.confidence,
            "at": one.reported_at,
            "undone": one.reported_at if one.erased else None,
            "undo_request": one.report_id if one.erased else None,
        }
        prepared.execute(WRITTEN.encode(), written)

    derived = derive_consensus(seen)
    row = prepared.execute(
        "select consensus_report_id, consensus_confidence, is_contested, report_count"
        " from settle_player(%s, 1, -1)",
        (GUILD,),
    ).fetchone()
    prepared.rollback()

    counted = sum(not one.erased for one in seen)
    if isinstance(derived, Known):
        best = derived.best.report_ids[0], derived.confidence.value
        assert row == (*best, bool(derived.conflicts), counted)
    else:
        assert row == (None, None, False, 0)


SCOUTED: Final = """
    select scooty.record_report(%(guild)s, %(request)s, %(reporter)s, 'Sam', 'Jane Doe', 'jane doe',
      'doe jane', %(archetype)s, %(archetype)s, null, null, %(source)s, %(confidence)s)
"""
KEPT: Final = """
    select consensus_report_id, consensus_confidence, is_contested, report_count, last_reported_at
    from event_players where guild_id = %s and report_count > 0
"""
DERIVED: Final = """
    select c.* from event_players p, consensus_of(p.guild_id, p.event_id, p.player_id) c
    where p.guild_id = %s and p.report_count > 0
"""


@settings(deadline=None)
@given(
    reports=st.lists(
        st.fixed_dictionaries(
            {
                "archetype": st.sampled_from(["burn", "burn", "burn", "mill"]),
                "reporter": st.sampled_from([1, 2, 3]),
                "source": st.sampled_from([each.value for each in Source]),
                "confidence": st.sampled_from([each.value for each in Confidence]),
            }
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_is_kept_with_each_report_is_what_all_reports_come_to(
    prepared: psycopg.Connection, reports: list[dict[str, object]]
) -> None:
    for request, report in enumerate(reports, 1):
        scouted = {"guild": GUILD, "request": request, **report}
        prepared.execute(SCOUTED.encode(), scouted)

    kept = prepared.execute(KEPT.encode(), (GUILD,)).fetchall()
    derived = prepared.execute(DERIVED.encode(), (GUILD,)).fetchall()
    prepared.rollback()

    assert len(kept) == 1
    assert kept == derived
