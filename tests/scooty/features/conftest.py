"""A world for commands without Discord: canned storage, canned health, people who ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import pytest
from typing_extensions import override

from actors.discord_gateway.interactions import (
    AutocompleteRequested,
    ButtonPressed,
    CommandInvoked,
    InteractionKey,
    InteractionReceived,
    Option,
    Person,
    SelectChosen,
)
from actors.testing import ManualClock
from scooty.core.calls import Calls
from scooty.core.dispatch import Conclusion, respond
from scooty.core.ports import Ports
from scooty.core.storage.player_card import Event, PlayerCard, Report
from scooty.core.storage.settings import GuildSettings
from scooty.core.storage.standing import CountedReport
from scooty.core.storage.stats import ScoutCount
from scooty.core.suggestions import ArchetypeSuggestion
from scooty.core.waiting import QueuedReport
from scooty.domain.health import (
    ActorPace,
    ActorVitals,
    CacheUse,
    DatabaseLoad,
    HealthDetail,
    PartHealth,
    Refusals,
    SystemHealth,
)
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, ReportId, RequestId
from scooty.domain.metagame import PlayerCount
from scooty.domain.objectives import OBJECTIVES, ObjectiveState, WindowShare
from scooty.domain.observations import Confidence, Observation, Source
from scooty.errors import StorageUnavailable
from scooty.features.registry import route
from scooty.features.reports.calls.looking_up import PlayerFound
from scooty.features.reports.calls.recording import ArchetypeUnknown
from scooty.features.stats.calls import EventStats, StatsFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.discord_gateway.interactions import InteractionAction
    from scooty.core.call import Call, Caller, Read, Write
    from scooty.domain.ids import GuildId

R = TypeVar("R")
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass
class CannedStorage(Calls):
    """Answers every call with one outcome, or raises it, and remembers what it was asked."""

    outcome: object = ()
    calls: list[Call[Any]] = field(default_factory=list)
    callers: list[Caller] = field(default_factory=list)
    """Who asked for each change."""

    @override
    async def read(self, guild_id: GuildId, call: Read[R]) -> R:
        return self._answer(call)

    @override
    async def write(self, caller: Caller, call: Write[R]) -> R:
        self.callers.append(caller)
        return self._answer(call)

    def _answer(self, call: Call[R]) -> R:
        self.calls.append(call)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return cast("R", _whole(self.outcome))


def _whole(outcome: object) -> object:
    match outcome:
        case PlayerCard():
            return PlayerFound(card=outcome)
        case EventStats():
            return StatsFound(stats=outcome)
        case _:
            return outcome


@dataclass
class CannedHealth:
    """Says that all is well."""

    async def read(self) -> SystemHealth:
        well = PartHealth(state="connected", latency_ms=2.0)
        desk = ActorVitals(name="desk", state="running", restarts=0, mailbox_depth=0)
        return SystemHealth(
            gateway=well, database=well, cache=PartHealth(state="in_memory"), actors=(desk,)
        )

    async def read_detail(self) -> HealthDetail:
        window = WindowShare(window_s=3600, good=199, bad=1, burn_rate=1.0)
        return HealthDetail(
            health=await self.read(),
            objectives=tuple(
                ObjectiveState(objective=objective, windows=(window,), burn=None)
                for objective in OBJECTIVES
            ),
            command_p95_s=0.24,
            database=DatabaseLoad(
                breaker="closed", calls_at_once=8, calls_waiting=1, calls_repeated=2
            ),
            cache=CacheUse(hits=3, misses=1),
            refusals=Refusals(rate_limited=0, invalid=0),
            pace=(ActorPace(name="desk", p50_ms=0.8, p95_ms=2.25, p99_ms=None),),
        )


@dataclass
class CannedSettings:
    """Knows one team's settings, or cannot reach them."""

    settings: GuildSettings | StorageUnavailable

    async def read(self, *, guild_id: GuildId) -> GuildSettings:  # noqa: ARG002 - the one team's
        if isinstance(self.settings, StorageUnavailable):
            raise self.settings
        return self.settings


class Ask(Protocol):
    """Let somebody do something and return what came of it."""

    async def __call__(  # noqa: PLR0913 - all that a test may vary, by name
        self,
        action: InteractionAction,
        *,
        outcome: object = (),
        locale: str = "en-US",
        guild_id: int | None = 1,
        administrator: bool = False,
        roles: tuple[int, ...] = (),
        settings: GuildSettings | StorageUnavailable | None = None,
    ) -> Conclusion: ...


@pytest.fixture
def storage() -> CannedStorage:
    return CannedStorage()


@pytest.fixture
def ask(storage: CannedStorage) -> Ask:
    async def ask(  # noqa: PLR0913 - all that a test may vary, by name
        action: InteractionAction,
        *,
        outcome: object = (),
        locale: str = "en-US",
        guild_id: int | None = 1,
        administrator: bool = False,
        roles: tuple[int, ...] = (),
        settings: GuildSettings | StorageUnavailable | None = None,
    ) -> Conclusion:
        storage.outcome = outcome
        received = InteractionReceived(
            key=InteractionKey(id=77, application_id=1, token="secret"),  # noqa: S106 - a test's
            action=action,
            person=Person(
                user_id=500, display_name="Sam", role_ids=roles, is_administrator=administrator
            ),
            guild_id=guild_id,
            channel_id=3,
            locale=locale,
            guild_locale=None,
            received_at=AT,
            attachment_size_limit=10,
        )
        ports = Ports(
            calls=storage,
            health=CannedHealth(),
            health_detail=CannedHealth(),
            settings=CannedSettings(settings or GuildSettings()),
            clock=ManualClock(),
        )
        return await respond(route(action), received, ports)

    return ask


@dataclass(frozen=True)
class Gestures:
    """Short ways to say what a person does."""

    @staticmethod
    def command(path: str, **options: str | bool) -> CommandInvoked:
        return CommandInvoked(path=path, options=_options(options))

    @staticmethod
    def typing(path: str, focused: str, **options: str) -> AutocompleteRequested:
        return AutocompleteRequested(path=path, focused=focused, options=_options(options))

    @staticmethod
    def press(custom_id: str) -> ButtonPressed:
        return ButtonPressed(custom_id=custom_id, message_id=9)

    @staticmethod
    def choose(custom_id: str, *values: str) -> SelectChosen:
        return SelectChosen(custom_id=custom_id, message_id=9, values=values)


def _options(options: Mapping[str, str | bool]) -> tuple[Option, ...]:
    return tuple(Option(name=name, value=value) for name, value in options.items())


@pytest.fixture
def gestures() -> Gestures:
    return Gestures()


def _counted(report_id: int, archetype_id: int, archetype: str) -> CountedReport:
    observation = Observation(
        report_id=ReportId(report_id),
        archetype_id=ArchetypeId(archetype_id),
        source=Source.SEEN,
        confidence=Confidence.SURE,
        reported_at=AT - timedelta(minutes=101 - report_id),
        reporter_id=MemberId(402 + report_id),
    )
    return CountedReport(archetype=archetype, colours="WUR", observation=observation)


@dataclass(frozen=True)
class Known:
    """What storage may answer, ready made."""

    event: Event = field(
        default_factory=lambda: Event(id=EventId(1), name="RC Lyon", created_at=AT)
    )

    def card(self, *, conflicts: tuple[str, ...] = ()) -> PlayerCard:
        report = Report(
            id=ReportId(98),
            archetype="Jeskai Control",
            archetype_id=ArchetypeId(1),
            colours="WUR",
            comment="Wear // Tear in the side",
            reporter_id=MemberId(500),
            reported_at=AT - timedelta(minutes=3),
        )
        return PlayerCard(
            player_id=PlayerId(7),
            name="Jane Doe",
            event=self.event,
            archetype="Jeskai Control",
            colours="WUR",
            reports=(report,),
            report_count=1,
            others=tuple(_counted(97 - n, n + 2, name) for n, name in enumerate(conflicts)),
        )

    def stats(self, *, burn: int = 38) -> EventStats:
        counts = (("Burn", "R", burn), ("Jeskai Control", "WUR", 3), ("Eldrazi", "", 1))
        return EventStats(
            event=self.event,
            seen=burn + 10,
            archetypes=tuple(
                PlayerCount(name=name, colours=colours, players=players)
                for name, colours, players in counts
            ),
            scouts=(ScoutCount(member_id=MemberId(500), reports=50, players=burn + 4),),
        )

    def queued(self) -> QueuedReport:
        return QueuedReport(
            opponent="Jane Doe",
            archetype="Izzet Phoenix",
            comment="Keeps two lands",
            reporter_id=MemberId(500),
            reporter_name="Sam",
            queued_at=AT - timedelta(minutes=1),
        )

    def unknown(self, *names: str) -> ArchetypeUnknown:
        near = [
            ArchetypeSuggestion(id=ArchetypeId(n), name=name, colours="WUR", report_count=0)
            for n, name in enumerate(names, 1)
        ]
        return ArchetypeUnknown(draft_id=RequestId(77), nearest=tuple(near))


@pytest.fixture
def known() -> Known:
    return Known()
