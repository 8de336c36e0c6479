"""Which queued writes may be on their way side by side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from scooty.domain.ids import GuildId, MemberId, ReportId, RequestId
from scooty.outbox.entries import Entry, EventWrite, ReportWrite, UndoWrite
from scooty.outbox.waiting import Waiting

if TYPE_CHECKING:
    from scooty.outbox.entries import QueuedWrite

HERE = GuildId(11)
SAM = MemberId(500)
EVENT = EventWrite(name="Open", member_id=SAM)
UNDO = UndoWrite(report_id=ReportId(1), member_id=SAM)


def report(opponent: str) -> ReportWrite:
    return ReportWrite(
        reporter_id=SAM, reporter_name="Sam", opponent=opponent, archetype="Burn", comment=None
    )


def waiting(*writes: QueuedWrite) -> Waiting:
    kept = Waiting()
    for number, write in enumerate(writes):
        kept.add(
            Entry(
                guild_id=HERE,
                request_id=RequestId(number),
                write=write,
                queued_at=datetime(2026, 11, 24, tzinfo=UTC),
                contact=None,
            )
        )
    return kept


@pytest.mark.parametrize(
    ("writes", "together"),
    [
        ((), 0),
        ((report("Jane Doe"), report("Jack Roe"), report("Ann Poe")), 3),
        ((report("Jane Doe"), report("Jack Roe"), report("doe, jané")), 2),
        ((report("Jane Doe"), EVENT, report("Jack Roe")), 1),
        ((report("Jane Doe"), UNDO), 1),
        ((EVENT, report("Jane Doe")), 1),
        ((UNDO, UNDO), 1),
        (tuple(report(f"Player Number{number}") for number in range(9)), 4),
    ],
)
def test_reports_of_different_players_go_together_and_everything_else_alone(
    writes: tuple[QueuedWrite, ...], together: int
) -> None:
    chosen = waiting(*writes).next_independent(HERE, most=4)

    assert [entry.request_id for entry in chosen] == list(range(together))
