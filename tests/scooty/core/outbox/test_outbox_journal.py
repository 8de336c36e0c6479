"""The journal's file: what is on the disk, who may read it, and what happens when it is damaged."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from actors.repository.messages import DatabaseUnavailable
from scooty.core.calls import Sql
from scooty.core.outbox.delivery import deliver
from scooty.core.outbox.encoding import (
    UnreadableEntryError,
    decode_entry,
    encode_entry,
    encode_refused,
)
from scooty.core.outbox.entries import Entry, Refused
from scooty.core.outbox.journal import Journal
from scooty.core.outbox.journal_file import JournalUnavailable
from scooty.core.storage.player_card import Event
from scooty.core.storage.port import NoActiveEvent
from scooty.core.suggestions import ArchetypeSuggestion
from scooty.core.waiting import NotAccepted
from scooty.domain.contact import Contact
from scooty.domain.ids import (
    ArchetypeId,
    EventId,
    GuildId,
    MemberId,
    ReportId,
    RequestId,
)
from scooty.domain.observations import Confidence, Sighting, Source
from scooty.errors import StorageUnavailable
from scooty.features.events.calls import CreateEvent, EventNameTaken
from scooty.features.registry import WAITING_CALLS
from scooty.features.reports.calls.recording import (
    ArchetypeUnknown,
    DraftGone,
    NotYourReport,
    RecordDraft,
    RecordReport,
    UndoReport,
)
from tests.repository_road import RepositoryRoad

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from scooty.core.waiting import WaitingWrite
    from scooty.features.reports.replies.refusals import Refusal

AT = datetime(2026, 11, 24, 9, 0, 0, 123456, tzinfo=UTC)
GUILD = GuildId(2**62 + 1)
REPORT = RecordReport(
    reporter_id=MemberId(500),
    reporter_name="Sam",
    opponent="Éloïse “the wall” O'Dowd 🚀",
    archetype="Jeskai",
    comment=None,
)
TOLD = Sighting(round_number=3, source=Source.TOLD, confidence=Confidence.LIKELY)
WRITTEN_BEFORE_SIGHTINGS = (
    '{"guild_id":4611686018427387905,"request_id":1,"kind":"report","write":{"reporter_id":500,'
    '"reporter_name":"Sam","opponent":"Jane Doe","archetype":"Jeskai","comment":null},'
    '"queued_at":"2026-11-24T09:00:00.123456+00:00","contact":null}'
)
CONTACT = Contact(
    member_id=MemberId(500),
    application_id=1,
    interaction_id=77,
    token="secret-token",  # noqa: S106 - a test's
    channel_id=None,
    locale="fr",
    asked_at=AT,
)


def entry(number: int = 1, opponent: str = "Jane Doe") -> Entry:
    return Entry(
        guild_id=GUILD,
        request_id=RequestId(number),
        call=replace(REPORT, opponent=opponent),
        queued_at=AT,
        contact=CONTACT,
    )


def test_an_event_that_was_written_before_events_had_terms_is_read_without_any() -> None:
    body = (
        '{"guild_id":1,"request_id":1,"kind":"event","write":{"name":"RC Lyon","member_id":9},'
        '"queued_at":"2026-11-24T09:00:00.123456+00:00","contact":null}'
    )

    call = read(body).call

    assert call == CreateEvent(name="RC Lyon", member_id=MemberId(9))


async def test_an_event_is_delivered_with_how_it_is_played() -> None:
    write = CreateEvent(name="Open", member_id=MemberId(9), format="modern", decklists="open")
    road = RepositoryRoad()
    road.error = DatabaseUnavailable(detail="away", may_have_been_saved=False)

    with pytest.raises(StorageUnavailable):
        await deliver(replace(entry(), call=write), Sql(road.address), now=AT)

    arguments = dict(road.asked[0].arguments)
    assert (arguments["format"], arguments["decklists"]) == ("modern", "open")


def read(body: str, refused: str | None = None) -> Entry:
    return decode_entry(body, refused, WAITING_CALLS)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "state" / "outbox"


@pytest.fixture
def journal(directory: Path) -> Iterator[Journal]:
    journal = Journal(directory)
    journal.open(stamp="now")
    yield journal
    journal.close()


def reopened(journal: Journal) -> list[Entry]:
    return [read(row.body, row.refused) for row in journal.open(stamp="now").rows]


def content(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(directory.iterdir()))


@pytest.mark.parametrize(
    "write",
    [
        REPORT,
        replace(REPORT, sighting=TOLD),
        RecordDraft(draft_id=RequestId(5), archetype_id=ArchetypeId(6), reporter_id=MemberId(7)),
        RecordDraft(
            draft_id=RequestId(5),
            archetype_id=ArchetypeId(6),
            reporter_id=MemberId(7),
            kept=replace(REPORT, sighting=TOLD),
            expires_at=AT,
        ),
        UndoReport(report_id=ReportId(8), member_id=MemberId(9)),
        CreateEvent(name="RC Lyon", member_id=MemberId(9)),
        CreateEvent(name="RC Lyon", member_id=MemberId(9), format="modern", decklists="open"),
    ],
)
@pytest.mark.parametrize("contact", [CONTACT, None])
def test_every_kind_of_entry_is_read_as_it_was_written(
    journal: Journal, write: WaitingWrite[Any], contact: Contact | None
) -> None:
    written = replace(entry(), call=write, contact=contact)

    journal.append([written])

    assert reopened(journal) == [written]


def test_a_report_that_waited_since_before_reports_had_sightings_is_a_plain_one() -> None:
    assert read(WRITTEN_BEFORE_SIGHTINGS, None) == replace(entry(), contact=None)


@pytest.mark.parametrize("change", [('"told"', '"dreamt"'), ('"likely"', "null")])
def test_a_sighting_that_this_version_does_not_know_is_not_guessed(change: tuple[str, str]) -> None:
    written = encode_entry(replace(entry(), call=replace(REPORT, sighting=TOLD)))

    with pytest.raises(UnreadableEntryError):
        read(written.replace(*change), None)


@pytest.mark.parametrize(
    "refusal",
    [
        NoActiveEvent(),
        DraftGone(),
        NotYourReport(),
        NotAccepted(reference="77"),
        EventNameTaken(event=Event(id=EventId(1), name="RC Lyon", created_at=AT)),
        ArchetypeUnknown(
            draft_id=RequestId(1),
            nearest=(
                ArchetypeSuggestion(id=ArchetypeId(2), name="A", colours="W", report_count=0),
            ),
        ),
    ],
)
def test_how_an_entry_was_refused_is_read_as_it_was_written(
    journal: Journal, refusal: Refusal
) -> None:
    calls: tuple[WaitingWrite[Any], ...] = (
        REPORT,
        RecordDraft(draft_id=RequestId(5), archetype_id=ArchetypeId(6), reporter_id=MemberId(7)),
        UndoReport(report_id=ReportId(8), member_id=MemberId(9)),
        CreateEvent(name="RC Lyon", member_id=MemberId(9)),
    )
    call = next(each for each in calls if can_answer(each, refusal))
    journal.append([replace(entry(1), call=call), entry(2)])
    refused = replace(entry(1), call=call, refused=Refused(refusal=refusal, at=AT))

    journal.keep_refusal(refused)

    assert reopened(journal) == [refused, entry(2)]


def can_answer(call: WaitingWrite[Any], refusal: Refusal) -> bool:
    return isinstance(refusal, (NotAccepted, call.answers()))


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ("", None),
        ("[]", None),
        (encode_entry(entry()).replace('"report"', '"rumour"'), None),
        (encode_entry(entry()).replace('"opponent"', '"enemy"'), None),
        (encode_entry(entry()).replace("2026-", "never-"), None),
        (encode_entry(entry()), "{}"),
        (
            encode_entry(entry()),
            encode_refused(Refused(refusal=DraftGone(), at=AT)).replace("draft", "hope"),
        ),
    ],
)
def test_what_another_version_wrote_is_not_guessed(body: str, refused: str | None) -> None:
    with pytest.raises(UnreadableEntryError):
        read(body, refused)


def test_entries_keep_their_order_and_those_that_are_removed_are_gone(journal: Journal) -> None:
    journal.append([entry(3), entry(1)])
    journal.append([entry(2)])

    journal.remove([entry(1).key])

    assert reopened(journal) == [entry(3), entry(2)]


def test_the_same_request_is_one_entry_in_its_first_place(journal: Journal) -> None:
    journal.append([entry(1), entry(2)])

    journal.append([entry(1)])

    assert reopened(journal) == [entry(1), entry(2)]


def test_a_commit_is_synced_to_the_disk(journal: Journal) -> None:
    connection = journal._connection
    assert connection is not None

    settings = {
        name: connection.execute(f"pragma {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "locking_mode", "secure_delete")
    }

    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "locking_mode": "exclusive",
        "secure_delete": 1,
    }


def test_the_folder_and_its_files_are_closed_to_other_accounts(
    directory: Path, journal: Journal
) -> None:
    journal.append([entry()])

    rights = {path.name: stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()}

    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert rights == {"journal.sqlite3": 0o600, "journal.sqlite3-wal": 0o600}


def test_a_folder_that_was_open_to_others_is_closed(directory: Path) -> None:
    directory.mkdir(parents=True, mode=0o755)
    journal = Journal(directory)

    journal.open(stamp="now")

    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    journal.close()


def test_nothing_of_what_was_erased_is_left_on_the_disk(directory: Path, journal: Journal) -> None:
    journal.append([entry(number, opponent=f"Zebulon {number}") for number in range(1, 40)])
    assert b"Zebulon" in content(directory)
    changed = replace(entry(1), call=replace(REPORT, opponent="Q"), contact=None)

    journal.erase(removed=[entry(number).key for number in range(2, 40)], changed=[changed])

    assert b"Zebulon" not in content(directory)
    assert b"secret-token" not in content(directory)
    assert reopened(journal) == [changed]


def test_a_second_process_is_kept_out(directory: Path, journal: Journal) -> None:
    second = Journal(directory)

    with pytest.raises(JournalUnavailable, match="SQLITE_BUSY"):
        second.open(stamp="now")

    journal.append([entry()])
    assert reopened(journal) == [entry()]


def test_a_full_disk_takes_nothing_and_loses_nothing(journal: Journal) -> None:
    journal.append([entry(1)])
    connection = journal._connection
    assert connection is not None
    connection.execute("pragma max_page_count = 1")

    with pytest.raises(JournalUnavailable, match="SQLITE_FULL"):
        journal.append([entry(number, opponent="x" * 90) for number in range(2, 200)])

    assert reopened(journal) == [entry(1)]


def test_a_folder_that_cannot_be_made_is_said_without_its_path(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")

    with pytest.raises(JournalUnavailable) as caught:
        Journal(tmp_path / "state" / "outbox").open(stamp="now")

    assert str(tmp_path) not in str(caught.value)


def test_a_journal_that_is_not_open_takes_nothing(directory: Path) -> None:
    with pytest.raises(JournalUnavailable, match="not open"):
        Journal(directory).append([entry()])


def test_a_journal_of_a_newer_version_is_left_alone(directory: Path, journal: Journal) -> None:
    journal.append([entry()])
    journal.close()
    with contextlib.closing(sqlite3.connect(directory / "journal.sqlite3")) as newer:
        newer.execute("pragma user_version = 2")

    with pytest.raises(JournalUnavailable, match="newer version"):
        journal.open(stamp="now")

    assert not list(directory.glob("damaged-*"))


def test_a_file_that_is_no_journal_is_set_aside_and_not_deleted(directory: Path) -> None:
    directory.mkdir(parents=True)
    (directory / "journal.sqlite3").write_bytes(b"nonsense" * 1_000)
    journal = Journal(directory)

    opened = journal.open(stamp="20261124T090000")

    assert opened.rows == ()
    assert opened.damaged_files == ("damaged-20261124T090000.sqlite3",)
    assert (directory / opened.damaged_files[0]).read_bytes() == b"nonsense" * 1_000
    journal.append([entry()])
    assert reopened(journal) == [entry()]
    journal.close()


def test_what_can_be_read_of_a_damaged_journal_goes_into_the_new_one(
    directory: Path, journal: Journal
) -> None:
    entries = [entry(number, opponent="x" * 90) for number in range(1, 200)]
    journal.append(entries)
    journal.close()
    path = directory / "journal.sqlite3"
    torn = bytearray(path.read_bytes())
    middle = len(torn) // 2 // 4_096 * 4_096
    torn[middle : middle + 4_096] = b"\xff" * 4_096
    path.write_bytes(torn)

    opened = journal.open(stamp="now")

    saved = [read(row.body, row.refused) for row in opened.rows]
    assert opened.damaged_files == ("damaged-now.sqlite3",)
    assert (saved[0], saved[-1]) == (entries[0], entries[-1])
    assert len(entries) * 0.8 < len(saved) < len(entries)
    assert saved == [each for each in entries if each in saved]
    assert reopened(journal) == saved
