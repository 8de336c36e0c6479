"""Closed events are written to a folder, each once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from actors.repository.messages import CallFunction, DatabaseUnavailable
from actors.scheduler.messages import RunJob
from actors.testing import Probe
from scooty.errors import StorageUnavailable
from scooty.features.jobs.archives import archive_export
from scooty.runtime.config import load_settings
from scooty.runtime.wiring.times import job_times
from tests.desk_fixture.desk import CAPTAIN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desk_fixture.desk import TeamDesk

RUN = RunJob(job="archive_export", key="k", due_at=datetime(2026, 1, 1, tzinfo=UTC))


async def run(desk: TeamDesk, folder: Path) -> str:
    """Run the job until nothing is left of other tests' guilds on the same database."""
    repository = desk.repository
    while (said := await archive_export(RUN, repository=repository, folder=folder)) == "50 written":
        pass
    return said


def files_of(desk: TeamDesk, folder: Path) -> dict[str, dict[str, object]]:
    """Return the guild's files by the event that they are of."""
    found = [json.loads(path.read_text()) for path in folder.glob(f"{desk.guild_id}-*")]
    return {each["event"]: each for each in found}


async def two_events(desk: TeamDesk) -> None:
    """Have a closed event and an active one."""
    await desk.command("admin create-event", by=CAPTAIN, name="First")
    await desk.scouted("Jane Doe", "Burn")
    await desk.command("admin create-event", by=CAPTAIN, name="Second")
    await desk.scouted("Rick Roe", "Burn")


async def switch(desk: TeamDesk, name: str) -> None:
    ids = dict(desk.rows("select name, id from scooty_private.events where guild_id = %s"))
    switched = await desk.command("event switch", by=CAPTAIN, event=str(ids[name]))
    assert switched.verdict == "ok"


async def test_a_closed_event_is_written_as_it_is_exported(
    team_desk: TeamDesk, tmp_path: Path
) -> None:
    await two_events(team_desk)
    folder = tmp_path / "deep" / "archive"

    await run(team_desk, folder)

    archived = files_of(team_desk, folder)
    assert list(archived) == ["First"]
    await switch(team_desk, "First")
    exported = await team_desk.command("export json")
    assert json.loads(exported.response.files[0].content) == archived["First"]  # type: ignore[union-attr]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert {path.suffix for path in folder.iterdir()} == {".json"}


async def test_an_event_is_written_again_only_after_it_was_reopened_and_closed(
    team_desk: TeamDesk, tmp_path: Path
) -> None:
    await two_events(team_desk)
    await run(team_desk, tmp_path)

    again = await run(team_desk, tmp_path / "again")
    await switch(team_desk, "First")
    await team_desk.scouted("Jon Poe", "Burn")
    await switch(team_desk, "Second")
    after = await run(team_desk, tmp_path / "after")

    assert again == "0 written"
    assert after == "1 written"
    reports = files_of(team_desk, tmp_path / "after")["First"]["reports"]
    assert [each["player"] for each in reports] == ["Jane Doe", "Jon Poe"]  # type: ignore[attr-defined]


async def test_an_archive_is_in_the_teams_log_by_the_events_name(
    team_desk: TeamDesk, tmp_path: Path
) -> None:
    await two_events(team_desk)
    await run(team_desk, tmp_path)

    told = await team_desk.says("audit", by=CAPTAIN)

    assert "Event **First** was written to the archive" in told


async def test_what_a_killed_run_left_is_replaced(team_desk: TeamDesk, tmp_path: Path) -> None:
    await two_events(team_desk)
    ((event_id,),) = team_desk.rows(
        "select id from scooty_private.events where guild_id = %s and name = 'First'"
    )
    left = tmp_path / f"{team_desk.guild_id}-{event_id}.part"
    left.write_text("half")

    await run(team_desk, tmp_path)

    assert not left.exists()
    assert list(files_of(team_desk, tmp_path)) == ["First"]


async def test_a_folder_that_cannot_be_written_to_fails_the_run_and_notes_nothing(
    team_desk: TeamDesk, tmp_path: Path
) -> None:
    await run(team_desk, tmp_path)
    await two_events(team_desk)
    (tmp_path / "file").write_text("")

    with pytest.raises(OSError, match="file"):
        await run(team_desk, tmp_path / "file")

    assert await run(team_desk, tmp_path) == "1 written"


async def test_the_run_fails_while_the_database_is_away(tmp_path: Path) -> None:
    repository = Probe("repository")
    repository.answer(CallFunction, DatabaseUnavailable(detail="away", may_have_been_saved=False))

    with pytest.raises(StorageUnavailable):
        await archive_export(RUN, repository=repository.address, folder=tmp_path)


@pytest.mark.parametrize(("folder", "is_due"), [("", False), ("/var/archive", True)])
def test_the_job_is_due_only_where_a_folder_is_named(
    folder: str, monkeypatch: pytest.MonkeyPatch, *, is_due: bool
) -> None:
    monkeypatch.delenv("SCOOTY_ARCHIVE_DIR", raising=False)

    jobs = job_times(load_settings(env_file=None, overrides={"SCOOTY_ARCHIVE_DIR": folder}))

    assert ("archive_export" in {job.name for job in jobs}) is is_due
