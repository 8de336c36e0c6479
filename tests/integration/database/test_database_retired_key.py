"""A key is retired while a bot works with it: that is an outage, in which reports can be queued."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from actors.kernel import ActorSystem, ChildSpec
from actors.repository import Repository, SupabaseConnection
from actors.repository.messages import GetDatabaseHealth
from scooty.core.calls import Sql
from scooty.core.storage.migrations import MIGRATIONS
from scooty.domain.ids import GuildId, MemberId, RequestId
from scooty.errors import StorageUnavailable
from tests.asked import Asked
from tests.postgrest_stand_in.scooty_project import running_scooty_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_fixture.server import RealPostgres
    from tests.postgrest_stand_in.scooty_project import ScootyProject


@pytest.fixture
def project(real_postgres: RealPostgres) -> Iterator[ScootyProject]:
    with running_scooty_project(real_postgres.dsn, "retired_key") as running:
        yield running


async def create(storage: Asked, name: str, request_id: int) -> object:
    return await storage.create_event(
        guild_id=GuildId(1), request_id=RequestId(request_id), name=name, member_id=MemberId(3)
    )


async def test_a_retired_key_is_an_outage_in_which_nothing_was_saved_and_nothing_ends(
    project: ScootyProject,
) -> None:
    system = ActorSystem()
    connection = SupabaseConnection(project=project.by_public_key(), migrations=MIGRATIONS)
    spec = ChildSpec(name="repository", start=lambda: Repository(connection))
    async with system.running([spec]):
        repository = system.address("repository")
        await create(Asked(Sql(repository)), "Before", 1)
        with psycopg.connect(project.dsn, autocommit=True) as owner:
            owner.execute("select scooty_private.retire_api_keys(null)")

        with pytest.raises(StorageUnavailable) as refused:
            await create(Asked(Sql(repository)), "After", 2)
        health = await repository.ask(GetDatabaseHealth(), timeout_s=5)

    assert not refused.value.may_have_been_saved
    assert health.state == "unreachable"
