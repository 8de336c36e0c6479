"""Whatever storage holds, no reply passes Discord's limits or loses what it must say."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from actors.discord_gateway.limits import find_breach
from scooty.core.i18n import ENGLISH, FRENCH, Translator
from scooty.core.storage.player_card import DeckNotes, Event, KnownElsewhere, PlayerCard, Report
from scooty.core.storage.port import NoActiveEvent
from scooty.core.storage.standing import CountedReport
from scooty.core.suggestions import ArchetypeSuggestion, OpponentSuggestion
from scooty.core.text.choices import archetype_choices, opponent_choices
from scooty.core.text.event_changes import event_name_taken
from scooty.core.waiting import NotAccepted, QueuedReport
from scooty.domain.health import ActorVitals, PartHealth, QueueHealth, SystemHealth
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, ReportId, RequestId
from scooty.domain.observations import Confidence, Observation, Source
from scooty.features.events.calls import EventCreated, EventNameTaken, EventQueued
from scooty.features.events.replies.events import event_created, event_queued
from scooty.features.health.replies.health import pong
from scooty.features.reports.calls.looking_up import (
    OnlyListed,
    OnlyQueued,
    PlayerMatch,
    SeveralPlayers,
)
from scooty.features.reports.calls.recording import (
    ArchetypeUnknown,
    DraftGone,
    NotYourReport,
    ReportQueued,
    ReportRecorded,
    ReportUndone,
    UndoQueued,
)
from scooty.features.reports.replies.players import (
    nobody_found,
    player_found,
    player_only_listed,
    several_players,
)
from scooty.features.reports.replies.queued import only_queued, report_queued
from scooty.features.reports.replies.refusals import queued_write_refused
from scooty.features.reports.replies.reports import (
    archetype_unknown,
    report_recorded,
    report_undone,
)

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply, Response

nasty = st.sampled_from(["*", "_", "|", "`", "🚀", "@everyone", "<@1>", "\\", "a", " ", "é"])
texts = st.one_of(
    st.text(max_size=40),
    st.builds(lambda part, times: part * times, nasty, st.integers(1, 600)),
)
names = texts.filter(lambda text: bool(text.strip()))
ids = st.integers(1, 2**63 - 1)
colours = st.text(alphabet="WUBRG", max_size=5)
translators = st.sampled_from([ENGLISH, FRENCH])
moments = st.datetimes(timezones=st.just(UTC), min_value=datetime(2020, 1, 1))  # noqa: DTZ001 - hypothesis wants it naive and adds the zone

events = st.builds(Event, id=ids.map(EventId), name=texts, created_at=moments)
queued_reports = st.builds(
    QueuedReport,
    opponent=texts,
    archetype=texts,
    comment=st.none() | texts,
    reporter_id=ids.map(MemberId),
    reporter_name=texts,
    queued_at=moments,
)
queued_lists = st.lists(queued_reports, min_size=1, max_size=12).map(tuple)
stored_reports = st.builds(
    Report,
    id=ids.map(ReportId),
    archetype=texts,
    archetype_id=st.integers(1, 9).map(ArchetypeId),
    colours=colours,
    comment=st.none() | texts,
    reporter_id=ids.map(MemberId),
    reported_at=moments,
)
counted_reports = st.builds(
    CountedReport,
    archetype=texts,
    colours=colours,
    observation=st.builds(
        Observation,
        report_id=ids.map(ReportId),
        archetype_id=st.integers(1, 9).map(ArchetypeId),
        source=st.sampled_from(Source),
        confidence=st.sampled_from(Confidence),
        reported_at=moments,
        reporter_id=ids.map(MemberId),
    ),
)
notes = st.none() | texts
known_elsewhere = st.builds(
    KnownElsewhere, event=texts, archetype=texts, confidence=st.sampled_from(Confidence)
)
cards = st.builds(
    PlayerCard,
    player_id=ids.map(PlayerId),
    name=texts,
    event=events,
    archetype=texts,
    colours=colours,
    reports=st.lists(stored_reports, min_size=1, max_size=10).map(tuple),
    report_count=st.integers(1, 20_000),
    others=st.lists(counted_reports, max_size=12).map(tuple),
    notes=st.builds(
        DeckNotes, companion=notes, key_cards=notes, sideboard=notes, play_pattern=notes
    ),
    elsewhere=st.lists(known_elsewhere, max_size=3).map(tuple),
    queued=st.just(()) | queued_lists,
    as_of=st.none() | moments,
)
archetypes = st.builds(
    ArchetypeSuggestion,
    id=ids.map(ArchetypeId),
    name=names,
    colours=colours,
    report_count=st.integers(0, 20_000),
)
opponents = st.builds(
    OpponentSuggestion,
    player_id=ids.map(PlayerId),
    name=names,
    archetype=texts,
    reporter_id=ids.map(MemberId),
    reporter_name=texts,
    report_count=st.integers(1, 20_000),
    queued=st.booleans(),
)
matches = st.builds(PlayerMatch, player_id=ids.map(PlayerId), name=texts, archetype=texts)
parts = st.builds(
    PartHealth,
    state=st.sampled_from(["connected", "connecting", "unreachable", "in_memory", "silent"]),
    latency_ms=st.none() | st.floats(0, 100_000),
)
vitals = st.builds(
    ActorVitals,
    name=names,
    state=st.sampled_from(["starting", "running", "degraded", "backing_off", "stopped"]),
    restarts=st.integers(0, 10**6),
    mailbox_depth=st.integers(0, 10**6),
    reason=st.none() | texts,
    last_failure_kind=st.none() | names,
    last_failure_at=st.none() | moments,
)
healths = st.builds(
    SystemHealth,
    gateway=parts,
    database=parts,
    cache=parts,
    actors=st.none() | st.lists(vitals, max_size=40).map(tuple),
    queue=st.none()
    | st.builds(
        QueueHealth,
        waiting=st.integers(0, 10_000),
        untold=st.integers(0, 10_000),
        oldest_at=st.none() | moments,
        last_error=st.none() | texts,
    ),
)
unknowns = st.builds(
    ArchetypeUnknown,
    draft_id=ids.map(RequestId),
    nearest=st.lists(archetypes, max_size=3, unique_by=lambda near: near.id).map(tuple),
)
promises = st.one_of(
    st.builds(ReportQueued, report=st.none() | queued_reports),
    st.just(UndoQueued()),
    st.builds(EventQueued, name=texts),
)
refusals = st.one_of(
    st.sampled_from([NoActiveEvent(), DraftGone(), NotYourReport()]),
    unknowns,
    st.builds(EventNameTaken, event=events),
    st.builds(NotAccepted, reference=st.text("0123456789abcdef-", max_size=20)),
)
translated = st.one_of(
    st.builds(player_found, cards, translators, skipped=st.integers(0, 20_000)),
    st.builds(
        player_only_listed,
        st.builds(
            OnlyListed,
            player_id=ids.map(PlayerId),
            name=texts,
            event=events,
            elsewhere=st.lists(known_elsewhere, max_size=3).map(tuple),
        ),
        translators,
        as_of=st.none() | moments,
    ),
    st.builds(
        report_recorded,
        st.builds(
            ReportRecorded,
            report_id=ids.map(ReportId),
            card=cards,
        ),
        translators,
    ),
    st.builds(
        archetype_unknown,
        unknowns,
        texts,
        translators,
        asked_at=moments,
    ),
    st.builds(
        report_undone,
        st.builds(ReportUndone, player_name=texts, archetype=texts),
        translators,
    ),
    st.builds(
        several_players,
        st.builds(
            SeveralPlayers,
            matches=st.lists(
                matches, min_size=1, max_size=30, unique_by=lambda match: match.player_id
            ).map(tuple),
        ),
        texts,
        translators,
    ),
    st.builds(nobody_found, texts, translators),
    st.builds(
        event_created,
        st.builds(EventCreated, event=events, previous=st.none() | texts),
        translators,
    ),
    st.builds(event_name_taken, events, translators),
    st.builds(pong, healths, translators),
    st.builds(report_queued, st.builds(ReportQueued, report=queued_reports), translators),
    st.builds(event_queued, st.builds(EventQueued, name=texts), translators),
    st.builds(
        only_queued,
        st.builds(OnlyQueued, reports=queued_lists, database_away=st.booleans()),
        translators,
    ),
    st.builds(
        queued_write_refused,
        promises,
        refusals,
        translators,
        promised_at=moments,
        refused_at=moments,
        elsewhere=st.booleans(),
        channel_id=st.none() | ids,
    ),
)


def widened(part: Any) -> Any:
    """Put two characters in the place of each that UTF-16 counts as two."""
    match part:
        case str():
            return re.sub("[\U00010000-\U0010ffff]", "xx", part)
        case tuple():
            return tuple(map(widened, part))
        case _ if is_dataclass(part) and not isinstance(part, type):
            inside = {field.name: widened(getattr(part, field.name)) for field in fields(part)}
            return replace(part, **inside)
        case _:
            return part


def breach(response: Response) -> str | None:
    """Find what Discord would refuse, by whatever way its parts count characters."""
    return find_breach(widened(response), attachment_size_limit=0)


@given(translated)
def test_no_reply_passes_discords_limits(reply: Reply) -> None:
    assert breach(reply) is None


@given(st.lists(opponents, max_size=30), translators)
def test_opponents_offered_are_within_discords_limits(
    found: list[OpponentSuggestion], t: Translator
) -> None:
    assert breach(opponent_choices(found, t)) is None


@given(st.lists(archetypes, max_size=30), translators)
def test_archetypes_offered_are_within_discords_limits(
    found: list[ArchetypeSuggestion], t: Translator
) -> None:
    assert breach(archetype_choices(found, t)) is None
