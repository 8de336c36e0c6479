"""A new data directory is on the disk before it counts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from actors.postgres_server.account import account_for, prepare_folder
from actors.postgres_server.binaries import find_binaries, readable_by
from actors.postgres_server.cluster import make_cluster
from actors.postgres_server.durable import write_out, write_out_tree
from actors.postgres_server.folder import Folder

if TYPE_CHECKING:
    from pathlib import Path


def list_tree(root: Path) -> set[str]:
    found = set()
    for folder, _, files in os.walk(root):
        found |= {folder, *(os.path.join(folder, name) for name in files)}  # noqa: PTH118 - os.walk gives strings
    return found


async def test_every_file_is_written_out_before_the_data_directory_counts(tmp_path: Path) -> None:
    folder = Folder.at(tmp_path)
    account = account_for(folder)
    prepare_folder(folder, account)
    binaries = await readable_by(account, find_binaries(os.environ))
    before: set[str] = set()
    after: list[str] = []

    def note(path: str) -> None:
        write_out(path)
        (after.append if folder.data.exists() else before.add)(path)

    await make_cluster(folder, binaries, account, write=note)

    made = list_tree(folder.data)
    renamed = {path.replace(str(folder.unfinished_data), str(folder.data), 1) for path in before}
    assert len(made) > 900
    assert renamed == made
    assert after == [str(folder.root)]


def test_a_tree_is_written_out_with_its_folders(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").touch()
    written: list[str] = []

    write_out_tree(tmp_path, write=written.append)

    assert sorted(written) == sorted(list_tree(tmp_path))


def test_a_disk_that_does_not_take_a_file_is_told(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).touch()

    def fail(path: str) -> None:
        if path.endswith("two"):
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        write_out_tree(tmp_path, write=fail)
