"""A real PostgreSQL for tests: one for the whole run with a database per test, or one to hurt."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Final

import psycopg
import pytest

from actors.kernel import SystemClock
from actors.postgres_server import dsn_for
from actors.postgres_server.account import account_for, prepare_folder
from actors.postgres_server.binaries import find_binaries, readable_by
from actors.postgres_server.cluster import make_cluster, server_command
from actors.postgres_server.folder import Folder
from actors.postgres_server.process import (
    before_exec,
    clear_leftovers,
    environment_of_child,
    handed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

__all__ = [
    "RealPostgres",
    "fresh_database",
    "hurt_postgres",
    "made_cluster",
    "real_postgres",
    "until",
]

_NOTHING_TO_LOSE: Final = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
)
"""For a server that never fails, and that a whole run of tests shares."""
_names = (f"test_{number}" for number in itertools.count(1))


class RealPostgres:
    """One server on one folder, over any number of lives; no actor is involved.

    Args:
        directory: Its folder.
        cluster: A data directory to begin with; without, one is made.
        settings: What differs from the bot's own server, as ``name=value``.
    """

    def __init__(
        self, directory: Path, *, cluster: Path | None = None, settings: Sequence[str] = ()
    ) -> None:
        self._folder = Folder.at(directory)
        self._cluster = cluster
        self._settings = [word for setting in settings for word in ("-c", setting)]
        self._process: subprocess.Popen[bytes] | None = None
        self.dsn = dsn_for(directory)

    def start(self) -> None:
        """Start it; returns when it accepts connections."""
        folder = self._folder
        folder.root.mkdir(exist_ok=True)
        if self._cluster is not None and not folder.data.exists():
            subprocess.run(["cp", "-a", self._cluster, folder.data], check=True)
        account = account_for(folder)
        prepare_folder(folder, account)
        binaries = asyncio.run(readable_by(account, find_binaries(os.environ)))
        asyncio.run(clear_leftovers(folder, SystemClock()))
        asyncio.run(make_cluster(folder, binaries, account))
        given_folders = handed(folder.data, folder.socket_directory, account)
        with folder.log.open("wb") as output, given_folders as given:
            self._process = subprocess.Popen(
                [*server_command(given, binaries), *self._settings],
                cwd="/",
                env=environment_of_child(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=given.descriptors,
                preexec_fn=before_exec(account),  # noqa: PLW1509 - as the actor does
            )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        until_s = time.monotonic() + 10
        while True:
            try:
                psycopg.connect(self.dsn).close()
            except psycopg.OperationalError:
                assert self._process is not None
                assert self._process.poll() is None, self._folder.log.read_text()
                assert time.monotonic() < until_s, "PostgreSQL does not answer"
                time.sleep(0.01)
            else:
                return

    @contextlib.contextmanager
    def database(self, *, copied_from: str = "template1") -> Iterator[str]:
        """Have a database for the length of a block, empty unless it is copied.

        Args:
            copied_from: The name of a database to which nobody is connected.

        Yields:
            How to connect to it.
        """
        name = next(_names)
        with psycopg.connect(self.dsn, autocommit=True) as administrator:
            # Copying files is a third of the work where nothing has to be durable.
            administrator.execute(
                f"create database {name} template {copied_from} strategy file_copy".encode()
            )
            yield self.dsn.replace("dbname=postgres", f"dbname={name}")
            administrator.execute(f"drop database {name} with (force)".encode())

    def stop(self) -> None:
        """Stop it at once but in order; all connections break."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(number)
            process.wait()


async def until(condition: Callable[[], object]) -> None:
    """Wait for what another process does; the test's own deadline ends it."""
    while not condition():  # noqa: ASYNC110 - another process sets no event
        await asyncio.sleep(0.01)


@contextlib.contextmanager
def _running(server: RealPostgres) -> Iterator[RealPostgres]:
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def made_cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that no server runs on: copying it is much cheaper than making one."""
    folder = Folder.at(tmp_path_factory.mktemp("cluster"))
    account = account_for(folder)
    prepare_folder(folder, account)
    binaries = asyncio.run(readable_by(account, find_binaries(os.environ)))
    asyncio.run(make_cluster(folder, binaries, account))
    return folder.data


@pytest.fixture(scope="session")
def real_postgres(
    tmp_path_factory: pytest.TempPathFactory, made_cluster: Path
) -> Iterator[RealPostgres]:
    """A server that all tests share and none hurts."""
    folder = tmp_path_factory.mktemp("postgres")
    server = RealPostgres(folder, cluster=made_cluster, settings=_NOTHING_TO_LOSE)
    with _running(server):
        yield server


@pytest.fixture
def hurt_postgres(tmp_path: Path, made_cluster: Path) -> Iterator[RealPostgres]:
    """A server of the test's own, as durable as the bot's, to stop and to kill."""
    with _running(RealPostgres(tmp_path / "postgres", cluster=made_cluster)) as server:
        yield server


@pytest.fixture
def fresh_database(real_postgres: RealPostgres) -> Iterator[str]:
    """The connection string of an empty database."""
    with real_postgres.database() as dsn:
        yield dsn
