"""A team's desk without Discord: every command, over a real PostgreSQL.

``team_desk`` is a guild of its own, without an event; ``desk_at_event`` has an active one.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from pydantic import SecretStr

from actors.discord_gateway.interactions import (
    AutocompleteRequested,
    ButtonPressed,
    CommandInvoked,
    InteractionKey,
    InteractionReceived,
    ModalSubmitted,
    Option,
    Person,
    SelectChosen,
    SubmittedField,
)
from actors.discord_gateway.limits import find_breach
from actors.repository import PostgresConnection
from scooty.core.calls import Sql
from scooty.core.dispatch import respond
from scooty.core.ports import Ports
from scooty.core.storage.migrations import MIGRATIONS
from scooty.core.storage.settings import SettingsAsked
from scooty.domain.health import PartHealth, SystemHealth
from scooty.domain.ids import GuildId
from scooty.features.registry import route
from tests.desk_fixture.reading import as_text
from tests.desk_fixture.standing import standing_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from actors.discord_gateway.interactions import InteractionAction, OptionValue
    from actors.kernel import Address
    from actors.repository.messages import RepositoryMessage
    from scooty.core.dispatch import Conclusion
    from tests.postgres_fixture.server import RealPostgres

__all__ = [
    "CAPTAIN",
    "ROBIN",
    "SAM",
    "TeamDesk",
    "desk_at_event",
    "desk_database",
    "desk_repository",
    "team_desk",
]

CAPTAIN = Person(user_id=1_300_000_000_000_000_001, display_name="Max", is_administrator=True)
SAM = Person(user_id=1_300_000_000_000_000_002, display_name="Sam")
ROBIN = Person(user_id=1_300_000_000_000_000_003, display_name="Robin")

_ids = count(time.time_ns() // 1_000)
"""New guilds and requests in every run: a database that is given keeps what earlier runs wrote."""


class _WellHealth:
    """Says that all is well."""

    async def read(self) -> SystemHealth:
        well = PartHealth(state="connected", latency_ms=2.0)
        return SystemHealth(gateway=well, database=well, cache=well, actors=())


@dataclass(frozen=True, kw_only=True)
class TeamDesk:
    """One guild's people at its desk."""

    ports: Ports
    dsn: str
    """The database, for tests that look into tables."""
    repository: Address[RepositoryMessage]
    """What asks it."""
    guild_id: GuildId = field(default_factory=lambda: GuildId(next(_ids)))
    locale: str = "en-US"
    attachment_size_limit: int = 10_000_000

    def other_guild(self) -> TeamDesk:
        """Another guild on the same database."""
        return replace(self, guild_id=GuildId(next(_ids)))

    def in_french(self) -> TeamDesk:
        """The same guild, for people who read French."""
        return replace(self, locale="fr")

    async def act(
        self, action: InteractionAction, *, by: Person = SAM, request_id: int | None = None
    ) -> Conclusion:
        """Let somebody do something; the answer keeps Discord's limits."""
        received = InteractionReceived(
            key=InteractionKey(
                id=request_id or next(_ids),
                application_id=1,
                token="secret",  # noqa: S106 - a test's
            ),
            action=action,
            person=by,
            guild_id=self.guild_id,
            channel_id=3,
            locale=self.locale,
            guild_locale=None,
            received_at=datetime.now(UTC),
            attachment_size_limit=self.attachment_size_limit,
        )
        conclusion = await respond(route(action), received, self.ports)
        self._assert_within_limits(conclusion)
        whole = None if conclusion.finish is None else await conclusion.finish()
        if whole is None:
            return conclusion
        finished = replace(conclusion, response=whole)  # what stands there in the end
        self._assert_within_limits(finished)
        return finished

    def _assert_within_limits(self, conclusion: Conclusion) -> None:
        breach = find_breach(conclusion.response, attachment_size_limit=self.attachment_size_limit)
        assert breach is None

    async def command(
        self,
        path: str,
        *,
        by: Person = SAM,
        request_id: int | None = None,
        **options: OptionValue,
    ) -> Conclusion:
        """Send a command; an option's trailing underscore is dropped (``from_``)."""
        invoked = CommandInvoked(path=path, options=_options(options))
        return await self.act(invoked, by=by, request_id=request_id)

    async def typing(
        self, path: str, focused: str, *, by: Person = SAM, **options: OptionValue
    ) -> Conclusion:
        """Type into an option."""
        typed = AutocompleteRequested(path=path, focused=focused, options=_options(options))
        return await self.act(typed, by=by)

    async def press(
        self, custom_id: str, *, by: Person = SAM, request_id: int | None = None
    ) -> Conclusion:
        """Press a button."""
        pressed = ButtonPressed(custom_id=custom_id, message_id=9)
        return await self.act(pressed, by=by, request_id=request_id)

    async def choose(
        self, custom_id: str, *values: str, by: Person = SAM, request_id: int | None = None
    ) -> Conclusion:
        """Choose in a select."""
        chosen = SelectChosen(custom_id=custom_id, message_id=9, values=values)
        return await self.act(chosen, by=by, request_id=request_id)

    async def submit(
        self,
        custom_id: str,
        *,
        by: Person = SAM,
        request_id: int | None = None,
        **fields: str,
    ) -> Conclusion:
        """Submit a form."""
        submitted = ModalSubmitted(
            custom_id=custom_id,
            fields=tuple(SubmittedField(custom_id=key, value=fields[key]) for key in fields),
        )
        return await self.act(submitted, by=by, request_id=request_id)

    async def says(self, path: str, *, by: Person = SAM, **options: OptionValue) -> str:
        """Return what a command answers, as its reader sees it."""
        return as_text((await self.command(path, by=by, request_id=None, **options)).response)

    async def open_event(self, name: str = "Open") -> None:
        """Create an event and make it the active one, which must succeed."""
        opened = await self.command("admin create-event", by=CAPTAIN, name=name)
        assert opened.verdict == "ok", as_text(opened.response)

    async def scouted(
        self, opponent: str, archetype: str = "Boros Energy", *, by: Person = SAM, **options: Any
    ) -> None:
        """Report somebody, which must succeed."""
        conclusion = await self.command(
            "scout", by=by, opponent=opponent, archetype=archetype, **options
        )
        assert conclusion.verdict == "ok", as_text(conclusion.response)

    def execute(self, statement: str) -> None:
        """Do something to the guild's rows; ``%s`` stands for the guild's id."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute(statement.encode(), (self.guild_id,) * statement.count("%s"))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return rows of the database; ``%s`` stands for the guild's id."""
        with psycopg.connect(self.dsn) as connection:
            return connection.execute(sql.encode(), (self.guild_id,) * sql.count("%s")).fetchall()


def _options(options: Mapping[str, OptionValue]) -> tuple[Option, ...]:
    return tuple(Option(name=name.rstrip("_"), value=value) for name, value in options.items())


@pytest.fixture(scope="session")
def desk_database(real_postgres: RealPostgres) -> Iterator[str]:
    """One database for all tests with a desk: each test has guilds of its own in it."""
    with real_postgres.database() as dsn:
        yield dsn


@pytest.fixture(scope="session")
def desk_repository(desk_database: str) -> Iterator[Address]:
    """What asks it, for all tests with a desk."""
    dsn = SecretStr(desk_database)
    with standing_repository(
        lambda: PostgresConnection(dsn=dsn, migrations=MIGRATIONS, connections=2)
    ) as repository:
        yield repository


@pytest.fixture
def team_desk(desk_database: str, desk_repository: Address) -> TeamDesk:
    """A guild without an event."""
    calls = Sql(desk_repository, is_strict=True)
    ports = Ports(
        calls=calls,
        settings=SettingsAsked(calls),
        health=_WellHealth(),
    )
    return TeamDesk(ports=ports, dsn=desk_database, repository=desk_repository)


@pytest.fixture
async def desk_at_event(team_desk: TeamDesk) -> TeamDesk:
    """A guild with an active event."""
    await team_desk.open_event()
    return team_desk
