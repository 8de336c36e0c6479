"""The database, the lease in it, and what waits for it."""

from __future__ import annotations

from functools import partial
from socket import gethostname
from typing import TYPE_CHECKING, Final, assert_never
from uuid import uuid4

from pydantic import SecretStr

from actors.kernel import ActorSystem, ChildSpec
from actors.lease import LeaseHolder
from actors.postgres_server import PostgresServer, dsn_for
from actors.repository import PostgresConnection, Repository, SupabaseConnection
from scooty.core.cached import Cached
from scooty.core.cached.stale import GuildInDoubt
from scooty.core.calls import Sql
from scooty.core.outbox import Outbox
from scooty.core.storage.changed import GuildChanged
from scooty.core.storage.migrations import MIGRATIONS
from scooty.core.storage.settings import SettingsAsked
from scooty.core.storage.sql_leases import SqlLeases
from scooty.core.storage.supabase import supabase_project
from scooty.features.registry import WAITING_CALLS
from scooty.features.reports.replies import refusals
from scooty.runtime.database_settings import Embedded, GivenPostgres, GivenSupabase, choose_database
from scooty.runtime.wiring.sizes import AT_ONCE, HUNG_AFTER_S, MAILBOX

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from actors.kernel import Address
    from actors.repository.connection import Connection
    from scooty.domain.ids import GuildId
    from scooty.runtime.config import Settings
    from scooty.runtime.database_settings import Database

_DATABASE_CONNECTIONS: Final = 8
_API_CONNECTIONS: Final = 16
"""More, because each call also waits for the way there and back."""
_UNTIL_IT_IS_NEEDED_S: Final = 10 * 365 * 86_400.0
"""A stand-by waits for as long as the other process lives."""


def storage_specs(settings: Settings, *, starts_server: bool = True) -> tuple[ChildSpec, ...]:
    """Say which actors are the database.

    Args:
        settings: They name it.
        starts_server: False where the embedded one is known to run already.
    """
    directory = settings.state_dir / "postgres"
    database = choose_database(settings)
    owns_server = starts_server and isinstance(database, Embedded)
    repository = ChildSpec(
        name="repository",
        start=lambda: Repository(_connection(database, directory)),
        after=("postgres",) if owns_server else (),
        concurrency=AT_ONCE,
        mailbox_size=MAILBOX,
        handle_timeout_s=HUNG_AFTER_S,
        start_timeout_s=30.0,
    )
    if not owns_server:
        return (repository,)
    postgres = ChildSpec(
        name="postgres",
        start=lambda: PostgresServer(directory=directory),
        handle_timeout_s=HUNG_AFTER_S,
        start_timeout_s=30.0,
        stop_timeout_s=10.0,
    )
    return (postgres, repository)


def _connection(database: Database, directory: Path) -> Connection:
    match database:
        case GivenSupabase():
            project = supabase_project(
                url=database.url,
                key=database.key,
                key_setting=database.key_setting,
                db_key=database.db_key,
            )
            return SupabaseConnection(
                project=project, migrations=MIGRATIONS, connections=_API_CONNECTIONS
            )
        case GivenPostgres(url=dsn):
            pass
        case Embedded():
            dsn = SecretStr(dsn_for(directory))
        case _:
            assert_never(database)
    return PostgresConnection(dsn=dsn, migrations=MIGRATIONS, connections=_DATABASE_CONNECTIONS)


def lease_spec(settings: Settings, system: ActorSystem) -> ChildSpec:
    """Say who decides which of several processes is at work."""
    leases = SqlLeases(system.address("repository"))
    # Nobody else can use the embedded database, so a crashed process need not wait for itself.
    alone = isinstance(choose_database(settings), Embedded)
    owner = "embedded" if alone else settings.instance or f"{gethostname()}-{uuid4()}"
    return ChildSpec(
        name="lease",
        start=lambda: LeaseHolder(store=leases, name="shard 0", owner=owner),
        after=("repository",),
        handle_timeout_s=HUNG_AFTER_S,
        start_timeout_s=_UNTIL_IT_IS_NEEDED_S,
    )


def outbox_spec(settings: Settings, system: ActorSystem) -> ChildSpec:
    """Say who keeps what cannot reach the database."""
    return ChildSpec(
        name="outbox",
        start=lambda: Outbox(
            directory=settings.state_dir / "outbox",
            calls=telling_writer(system),
            kinds=WAITING_CALLS,
            texts=refusals,
            gateway=system.address("gateway"),
            limit=settings.outbox_limit,
        ),
        after=("repository", "cache"),
        concurrency=AT_ONCE,
        mailbox_size=MAILBOX,
        handle_timeout_s=HUNG_AFTER_S,
    )


def cached_calls(
    system: ActorSystem, *, untold: Callable[[GuildId], None] = lambda _guild_id: None
) -> Cached:
    """Return a way to the database, through the cache; each actor has its own.

    Whatever is written by it is told to those who show things without being asked.
    """
    repository = system.address("repository")
    audience = (system.address("live_board"), system.address("operator_alerts"))
    return Cached(
        Sql(repository),
        cache=system.address("cache"),
        untold=untold,
        changed=partial(_tell_change, audience),
        settings=SettingsAsked(Sql(repository)),
    )


def _tell_change(audience: tuple[Address[GuildChanged], ...], guild_id: GuildId) -> None:
    for each in audience:
        each.tell(GuildChanged(guild_id=guild_id))


def telling_writer(system: ActorSystem) -> Cached:
    """Return a way for an actor that writes beside the desk, which is told what the log is not."""
    return cached_calls(system, untold=partial(_tell, system.address("desk")))


def _tell(desk: Address[GuildInDoubt], guild_id: GuildId) -> None:
    desk.tell(GuildInDoubt(guild_id=guild_id))
