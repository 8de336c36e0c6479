"""How a player stands when reports wait for the database, and how it was before a report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scooty.core.shapes import shape_of
from scooty.core.storage.player_card import Event, KnownElsewhere
from scooty.core.storage.standing import CountedReport, Standing, derive_standing, standing_before
from scooty.core.waiting import QueuedReport
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, ReportId
from scooty.domain.observations import Confidence, Observation, Sighting, Source
from scooty.features.reports.calls.looking_up import NobodyFound, OnlyListed

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SAM, ROBIN, MAX = MemberId(500), MemberId(501), MemberId(502)
ARCHETYPES = {"Burn": ArchetypeId(1), "Living End": ArchetypeId(2)}


def counted(
    number: int, archetype: str, *, by: MemberId = SAM, source: Source = Source.SEEN
) -> CountedReport:
    observation = Observation(
        report_id=ReportId(number),
        archetype_id=ARCHETYPES[archetype],
        source=source,
        confidence=Confidence.SURE,
        reported_at=AT + timedelta(minutes=number),
        reporter_id=by,
    )
    return CountedReport(archetype=archetype, colours="R", observation=observation)


def queued(archetype: str, *, by: MemberId, sighting: Sighting | None = None) -> QueuedReport:
    return QueuedReport(
        opponent="Jane Doe",
        archetype=archetype,
        comment=None,
        reporter_id=by,
        reporter_name="Somebody",
        queued_at=AT + timedelta(hours=1),
        sighting=sighting or Sighting(),
    )


def stands(standing: Standing | None) -> tuple[str, Confidence]:
    assert standing is not None
    return standing.archetype, standing.confidence


def test_a_queued_report_of_a_known_archetype_weighs_as_it_will_in_the_database() -> None:
    known = [counted(2, "Living End", source=Source.PLAYED), counted(1, "Burn", by=ROBIN)]

    waiting = [queued("BURN", by=MAX, sighting=Sighting(source=Source.DECKLIST))]

    assert stands(derive_standing(known)) == ("Living End", Confidence.LIKELY)
    assert stands(derive_standing(known, waiting)) == ("Burn", Confidence.LIKELY)


def test_queued_reports_of_one_reporter_do_not_add_up() -> None:
    known = [counted(2, "Living End", source=Source.PLAYED), counted(1, "Burn", by=ROBIN)]

    waiting = [queued("Burn", by=ROBIN), queued("Burn", by=ROBIN)]

    assert stands(derive_standing(known, waiting))[0] == "Living End"


def test_a_queued_report_of_what_only_the_database_can_name_is_not_guessed_at() -> None:
    known = [counted(1, "Burn")]

    assert derive_standing(known, [queued("RDW", by=MAX)]) == derive_standing(known)


def test_nothing_stands_where_nothing_counts() -> None:
    assert derive_standing(()) is None
    assert derive_standing((), [queued("Burn", by=MAX)]) is None
    assert standing_before([counted(1, "Burn")], ReportId(1)) is None


def test_how_it_was_before_a_report_leaves_out_that_report_and_all_later_ones() -> None:
    known = [counted(3, "Living End", by=MAX), counted(2, "Living End"), counted(1, "Burn")]

    assert stands(standing_before(known, ReportId(2)))[0] == "Burn"


@pytest.mark.parametrize("elsewhere", [(), ("Burn",)])
def test_whoever_is_only_on_the_roster_is_kept_as_such(elsewhere: tuple[str, ...]) -> None:
    listed = OnlyListed(
        player_id=PlayerId(7),
        name="Rick Roe",
        event=Event(id=EventId(1), name="Open", created_at=AT),
        elsewhere=tuple(
            KnownElsewhere(event="Other", archetype=each, confidence=Confidence.GUESS)
            for each in elsewhere
        ),
    )

    shape = shape_of(NobodyFound)
    found = NobodyFound(listed=listed)
    assert shape.read(shape.write(found)) == found
