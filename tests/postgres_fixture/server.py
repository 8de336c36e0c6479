"""A real PostgreSQL for tests: one for the whole run with a database per test, or one to hurt."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

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
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = [
    "RealPostgres",
    "fresh_database",
    "hurt_postgres",
    "real_postgres",
    "until",
]

_names = (f"test_{number}" for number in itertools.count(1))


class RealPostgres:
    """One server on one folder, over any number of lives; no actor is involved.

    Args:
        directory: Its folder.
    """

    def __init__(self, directory: Path) -> None:
        self._folder = Folder.at(directory)
        self._process: subprocess.Popen[bytes] | None = None
        self.dsn = dsn_for(directory)

    def start(self) -> None:
        """Start it; returns when it accepts connections."""
        folder = self._folder
        folder.root.mkdir(exist_ok=True)
        account = account_for(folder)
        prepare_folder(folder, account)
        binaries = asyncio.run(readable_by(account, find_binaries(os.environ)))
        asyncio.run(clear_leftovers(folder, SystemClock()))
        asyncio.run(make_cluster(folder, binaries, account))
        given_folders = handed(folder.data, folder.socket_directory, account)
        with folder.log.open("wb") as output, given_folders as given:
            self._process = subprocess.Popen(
                server_command(given, binaries),
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
def _running(directory: Path) -> Iterator[RealPostgres]:
    server = RealPostgres(directory)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def real_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealPostgres]:
    """A server that all tests share and none hurts."""
    with _running(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture
def hurt_postgres(tmp_path: Path) -> Iterator[RealPostgres]:
    """A server of the test's own, to stop and to kill."""
    with _running(tmp_path / "postgres") as server:
        yield server


@pytest.fixture
def fresh_database(real_postgres: RealPostgres) -> Iterator[str]:
    """The connection string of an empty database."""
    name = next(_names)
    with psycopg.connect(real_postgres.dsn, autocommit=True) as administrator:
        administrator.execute(f"create database {name}".encode())
        yield real_postgres.dsn.replace("dbname=postgres", f"dbname={name}")
        administrator.execute(f"drop database {name} with (force)".encode())
