"""The server under a supervisor, as the bot runs it."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import psycopg
import pytest

from actors.kernel import ActorSystem, Backoff, ChildSpec, FatalError, GetStatistics
from actors.postgres_server import PostgresServer, dsn_for
from actors.postgres_server.folder import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from actors.kernel import ActorStatistics


def spec(directory: Path) -> ChildSpec:
    return ChildSpec(
        name="postgres",
        start=lambda: PostgresServer(directory=directory),
        start_timeout_s=30.0,
        stop_timeout_s=10.0,
        backoff=Backoff(first_s=0.01),
    )


async def run(directory: Path, *statements: str) -> object:
    """Run statements as any client would; return the last one's first value."""
    async with await psycopg.AsyncConnection.connect(
        dsn_for(directory), autocommit=True
    ) as connection:
        for statement in statements:
            cursor = await connection.execute(statement.encode())
        row = await cursor.fetchone() if cursor.description else None
        return row[0] if row else None


async def wait_for_restart(system: ActorSystem) -> ActorStatistics:
    while True:
        statistics = await system.supervisor.ask(GetStatistics(), timeout_s=5)
        for actor in statistics.actors:
            if actor.name == "postgres" and actor.restarts and actor.state == "running":
                return actor
        await asyncio.sleep(0.01)


async def test_data_outlive_the_server(directory: Path) -> None:
    async with ActorSystem().running([spec(directory)]):
        await run(directory, "create table kept (id int)", "insert into kept values (7)")
    async with ActorSystem().running([spec(directory)]):
        assert await run(directory, "select id from kept") == 7


async def test_nothing_runs_after_an_orderly_stop(directory: Path) -> None:
    async with ActorSystem().running([spec(directory)]):
        pass

    assert not (Folder.at(directory).data / "postmaster.pid").exists()


async def test_a_killed_server_is_started_again_with_its_data(directory: Path) -> None:
    system = ActorSystem()
    async with system.running([spec(directory)]):
        await run(directory, "create table kept (id int)", "insert into kept values (7)")
        recorded = (Folder.at(directory).data / "postmaster.pid").read_text()
        os.kill(int(recorded.partition("\n")[0]), signal.SIGKILL)
        seen = await wait_for_restart(system)

        assert await run(directory, "select id from kept") == 7
        assert seen.last_failure_kind == "ServerEndedError"


async def test_a_second_bot_on_the_folder_is_refused_and_harms_nothing(directory: Path) -> None:
    async with ActorSystem().running([spec(directory)]):
        with pytest.raises(FatalError, match="Another bot is using the data folder") as caught:
            async with ActorSystem().running([spec(directory)]):
                pytest.fail("it started")

        assert caught.value.exit_code == 78
        assert await run(directory, "select 1") == 1


async def test_only_the_owner_reaches_the_socket_and_there_is_no_port(directory: Path) -> None:
    async with ActorSystem().running([spec(directory)]):
        assert Folder.at(directory).socket_directory.stat().st_mode & 0o777 == 0o700
        assert await run(directory, "show listen_addresses") == ""
        assert await run(directory, "show synchronous_commit") == "on"


async def test_what_people_typed_is_not_written_to_the_servers_log(directory: Path) -> None:
    async with ActorSystem().running([spec(directory)]):
        with pytest.raises(psycopg.DataError):
            await run(directory, "select 'Azorius Control'::int")

    assert "Azorius" not in Folder.at(directory).log.read_text()
