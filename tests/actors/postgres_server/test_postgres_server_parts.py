"""What the server's actor is made of, without the actor."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import psycopg
import pytest

from actors.kernel import FatalError, SystemClock
from actors.postgres_server import dsn_for
from actors.postgres_server.account import Account, account_for, check_the_way, prepare_folder
from actors.postgres_server.binaries import Binaries, find_binaries, readable_by
from actors.postgres_server.cluster import InitdbError, check_version, make_cluster
from actors.postgres_server.folder import SOCKET_NAME, Folder
from actors.postgres_server.lock import FolderLock
from actors.postgres_server.process import clear_leftovers, end_child, start_child
from tests.postgres_fixture.server import RealPostgres, until

MYSELF = Account(uid=os.geteuid(), gid=os.getegid(), is_other=False)
_ANOTHER = 65534 if os.geteuid() != 65534 else 1
NOBODY = Account(uid=_ANOTHER, gid=_ANOTHER, is_other=True)
needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")


def test_the_socket_lies_in_the_folder() -> None:
    folder = Path("/folder")  # a temporary one may be too deep for a socket

    assert f"host='{folder.resolve() / 'socket'}'" in dsn_for(folder)


def test_a_deep_folder_has_a_short_socket_path_of_its_own(tmp_path: Path) -> None:
    deep, other = tmp_path / ("d" * 120), tmp_path / ("e" * 120)

    place = Folder.at(deep).socket_directory

    assert len(os.fsencode(place / SOCKET_NAME)) <= 103
    assert place == Folder.at(deep).socket_directory
    assert place != Folder.at(other).socket_directory


def test_a_deep_temporary_folder_is_no_place_for_the_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / ("t" * 120)))

    place = Folder.at(tmp_path / ("d" * 120)).socket_directory

    assert len(os.fsencode(place / SOCKET_NAME)) <= 103


def test_a_quote_in_the_path_stays_in_the_connection_string(tmp_path: Path) -> None:
    directory = tmp_path / "it's"

    host = psycopg.conninfo.conninfo_to_dict(dsn_for(directory))["host"]

    assert host == str(Folder.at(directory).socket_directory)


def test_a_folder_is_locked_once_and_again_after_release(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path / "lock"), FolderLock(tmp_path / "lock")
    first.take()

    with pytest.raises(FatalError, match="SCOOTY_STATE_DIR") as caught:
        second.take()
    first.release()
    second.take()
    second.release()

    assert str(tmp_path) in caught.value.sentence
    assert caught.value.exit_code == 78


def test_a_named_folder_without_the_programs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FatalError, match="SCOOTY_POSTGRES_BIN"):
        find_binaries({"SCOOTY_POSTGRES_BIN": str(tmp_path)})


def test_a_named_folder_wins(tmp_path: Path) -> None:
    found = find_binaries(os.environ)
    for program in (found.postgres, found.initdb):
        (tmp_path / program.name).symlink_to(program)

    named = find_binaries({"SCOOTY_POSTGRES_BIN": str(tmp_path)})

    assert named == Binaries(directory=tmp_path, major_version=found.major_version)


async def test_binaries_in_a_closed_place_are_copied_for_another_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    closed = tmp_path / "closed" / "bin"
    closed.mkdir(parents=True)
    (tmp_path / "closed").chmod(0o700)
    for name in ("postgres", "initdb"):
        (closed / name).write_text("#!/bin/sh\n")
        (closed / name).chmod(0o700)

    copied = await readable_by(NOBODY, Binaries(directory=closed, major_version=18))

    assert copied.directory.is_relative_to(tmp_path)
    assert copied.postgres.stat().st_mode & 0o777 == 0o755
    assert copied.directory.stat().st_mode & 0o777 == 0o755


def test_a_folder_that_nobody_can_reach_is_refused_by_name(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "postgres").mkdir(parents=True)
    closed.chmod(0o700)
    folder = Folder.at(closed / "postgres")

    with pytest.raises(FatalError, match="does not run as root") as caught:
        check_the_way(folder, NOBODY)

    assert str(folder.root) in caught.value.sentence


async def test_a_half_made_database_is_made_anew(directory: Path) -> None:
    folder, account, binaries = await prepared(directory)
    folder.unfinished_data.mkdir()
    (folder.unfinished_data / "PG_VERSION").write_text("18")

    was_made = await make_cluster(folder, binaries, account)

    assert was_made
    assert not folder.unfinished_data.exists()
    check_version(folder, binaries)


async def test_an_initdb_that_fails_is_quoted(directory: Path) -> None:
    folder, _, _ = await prepared(directory)
    (directory / "initdb").write_text("#!/bin/sh\necho the disk is full >&2\nexit 3\n")
    (directory / "initdb").chmod(0o755)

    with pytest.raises(InitdbError, match="ended with 3: the disk is full"):
        await make_cluster(folder, Binaries(directory=directory, major_version=18), MYSELF)

    assert not folder.data.exists()


def test_data_of_another_version_is_refused(tmp_path: Path) -> None:
    folder = Folder.at(tmp_path)
    folder.data.mkdir()
    (folder.data / "PG_VERSION").write_text("12\n")

    with pytest.raises(FatalError, match="made by PostgreSQL 12"):
        check_version(folder, Binaries(directory=tmp_path, major_version=18))


@needs_proc
async def test_leftover_files_of_a_dead_server_are_removed(directory: Path) -> None:
    folder, _, _ = await prepared(directory)
    folder.data.mkdir()
    # A process that runs, as after a reboot when the number belongs to somebody else.
    (folder.data / "postmaster.pid").write_text(f"{os.getpid()}\n{folder.data}\n")
    (folder.socket_directory / SOCKET_NAME).touch()

    ended = await clear_leftovers(folder, SystemClock())

    assert ended == ()
    assert not (folder.data / "postmaster.pid").exists()
    assert not (folder.socket_directory / SOCKET_NAME).exists()


@needs_proc
async def test_an_old_server_that_still_runs_on_the_folder_is_ended(directory: Path) -> None:
    server = RealPostgres(directory)
    await asyncio.to_thread(server.start)

    ended = await clear_leftovers(Folder.at(directory), SystemClock())

    assert ended
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.dsn)
    server.stop()


@needs_proc
async def test_children_of_a_killed_server_are_gone_before_its_files_are(directory: Path) -> None:
    server = RealPostgres(directory)
    await asyncio.to_thread(server.start)
    with psycopg.connect(server.dsn) as client:
        backend = client.info.backend_pid
        os.kill(backend, signal.SIGSTOP)  # too slow to notice that its server is gone
        server.kill()

        ended = await clear_leftovers(Folder.at(directory), SystemClock())

    assert backend in ended
    assert await clear_leftovers(Folder.at(directory), SystemClock()) == ()


async def test_a_child_that_ignores_the_request_is_killed(directory: Path) -> None:
    folder, account, _ = await prepared(directory)
    with folder.log.open("wb") as output:
        process = await start_child(
            ["/bin/sh", "-c", "trap '' INT; echo ready; while :; do sleep 1; done"],
            account=account,
            output=output,
        )
    await until(folder.log.read_text)

    await end_child(process, grace_s=0.05)

    assert process.returncode == -signal.SIGKILL


async def test_a_child_sees_none_of_the_secrets(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "hunter2")
    folder, account, _ = await prepared(directory)
    with folder.log.open("wb") as output:
        process = await start_child(["/usr/bin/env"], account=account, output=output)
    await process.wait()

    assert "hunter2" not in folder.log.read_text()


async def prepared(directory: Path) -> tuple[Folder, Account, Binaries]:
    folder = Folder.at(directory)
    folder.root.mkdir()
    account = account_for(folder)
    prepare_folder(folder, account)
    binaries = await readable_by(account, find_binaries(os.environ))
    return folder, account, binaries
