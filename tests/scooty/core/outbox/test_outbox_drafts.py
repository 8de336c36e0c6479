"""What drafts hold is remembered for their time, in bounded number, and used once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scooty.core.outbox.drafts import Drafts
from scooty.core.waiting import Draft
from scooty.domain.ids import ArchetypeId, GuildId, MemberId, RequestId
from scooty.features.reports.calls.recording import RecordDraft, RecordReport

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GUILD = GuildId(11)
REPORT = RecordReport(
    reporter_id=MemberId(500),
    reporter_name="Sam",
    opponent="Jane Doe",
    archetype="Jeskia",
    comment=None,
)
PRESS = RecordDraft(
    draft_id=RequestId(1), archetype_id=ArchetypeId(2), reporter_id=REPORT.reporter_id
)


def draft(number: int) -> Draft:
    return Draft(
        draft_id=RequestId(number),
        report=REPORT,
        offered=((ArchetypeId(2), "Jeskai Control"),),
    )


def test_a_press_is_completed_with_the_archetype_of_its_button_and_the_drafts_end() -> None:
    drafts = Drafts()
    drafts.keep(GUILD, draft(1), now=AT)

    assert drafts.complete(GUILD, PRESS) == replace(
        PRESS,
        kept=replace(REPORT, archetype="Jeskai Control"),
        expires_at=AT + timedelta(minutes=15),
    )


def test_a_draft_completes_one_press_of_its_own_reporter_and_no_other() -> None:
    drafts = Drafts()
    drafts.keep(GUILD, draft(1), now=AT)
    not_offered = replace(PRESS, archetype_id=ArchetypeId(3))
    by_another = replace(PRESS, reporter_id=MemberId(501))

    assert drafts.complete(GuildId(12), PRESS) == PRESS
    assert drafts.complete(GUILD, not_offered) == not_offered
    assert drafts.complete(GUILD, by_another) == by_another
    assert drafts.complete(GUILD, PRESS) != PRESS
    assert drafts.complete(GUILD, PRESS) == PRESS


def test_drafts_are_forgotten_when_their_time_is_over() -> None:
    drafts = Drafts()
    drafts.keep(GUILD, draft(1), now=AT)

    drafts.keep(GUILD, draft(2), now=AT + timedelta(minutes=16))

    assert drafts.complete(GUILD, PRESS) == PRESS


def test_no_more_than_a_thousand_drafts_are_remembered() -> None:
    drafts = Drafts()
    for number in range(1, 1_002):
        drafts.keep(GUILD, draft(number), now=AT)
    last = replace(PRESS, draft_id=RequestId(1_001))

    assert drafts.complete(GUILD, PRESS) == PRESS
    completed = drafts.complete(GUILD, last)
    assert isinstance(completed, RecordDraft)
    assert completed.kept is not None
