"""What a command may reach besides what the person typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from typing_extensions import override

from actors.kernel import SystemClock
from scooty.core.calls import Calls, NoCalls
from scooty.core.storage.settings import NothingSet, TeamSettings
from scooty.domain.contact import Contacts
from scooty.domain.deck_rules import our_rules

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime

    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address, Clock
    from actors.scheduler.messages import SchedulerMessage
    from scooty.core.charts.drawing import Chart
    from scooty.core.charts.messages import PrintSheets
    from scooty.core.live_board import ShowBoard, TakeDown
    from scooty.core.round_applied import RoundApplied
    from scooty.core.suggestions import Suggest
    from scooty.core.waiting import QueuedReport
    from scooty.domain.deck_rules import FormatRules
    from scooty.domain.health import HealthDetail, SystemHealth
    from scooty.domain.ids import GuildId, MemberId

T = TypeVar("T")


class SystemHealthPort(Protocol):
    """Whoever knows how the program is."""

    async def read(self) -> SystemHealth:
        """Ask every part, within half a second in any state of the program."""
        ...


class HealthDetailPort(Protocol):
    """Whoever knows how the program is, in all detail."""

    async def read_detail(self) -> HealthDetail:
        """Ask every part, within half a second."""
        ...


class AtHand(Protocol):
    """Whoever can choose suggestions from what this process holds, perhaps of a moment ago."""

    def __call__(self, guild_id: GuildId, call: Suggest[tuple[T, ...]], /) -> tuple[T, ...] | None:
        """Return what fits, asking nobody; None when nothing is held."""
        ...


def nothing_at_hand(
    guild_id: GuildId,  # noqa: ARG001 - as `AtHand`
    call: Suggest[tuple[T, ...]],  # noqa: ARG001
    /,
) -> tuple[T, ...] | None:
    """Hold nothing: there is no cache."""
    return None


class WaitingPersons(Protocol):
    """Whoever knows what waits for the database, and can take people out of it."""

    async def list_reports(
        self, *, guild_id: GuildId, member_id: MemberId
    ) -> tuple[QueuedReport, ...] | None:
        """Return a member's reports that wait; None when nobody can say."""
        ...

    async def erase_member(self, *, guild_id: GuildId, member_id: MemberId) -> bool:
        """Take a member out of all that waits; False when that is not certain."""
        ...

    async def erase_player(self, *, guild_id: GuildId, name_keys: tuple[str, ...]) -> bool:
        """Remove a player's reports that wait, of each spelling; False when not certain."""
        ...


class NothingWaits(WaitingPersons):
    """There is no outbox."""

    @override
    async def list_reports(
        self, *, guild_id: GuildId, member_id: MemberId
    ) -> tuple[QueuedReport, ...] | None:
        return ()

    @override
    async def erase_member(self, *, guild_id: GuildId, member_id: MemberId) -> bool:
        return True

    @override
    async def erase_player(self, *, guild_id: GuildId, name_keys: tuple[str, ...]) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart as a PNG."""

    png: bytes = field(repr=False)
    as_of: datetime | None = None
    """When it was drawn, if the figures have changed since."""


class ChartsPort(Protocol):
    """Whoever draws charts."""

    async def draw(self, chart: Chart) -> bytes | None:
        """Draw a chart as a PNG, within 2 s; None when it cannot be drawn in that time."""
        ...

    async def draw_lately(self, chart: Chart, subject: Hashable) -> Picture | None:
        """Draw a chart, or give what was drawn of the same subject in the last 5 s."""
        del subject
        png = await self.draw(chart)
        return None if png is None else Picture(png=png)


class NoCharts(ChartsPort):
    """Nobody draws."""

    @override
    async def draw(self, chart: Chart) -> bytes | None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The dependencies of all commands."""

    calls: Calls = field(default_factory=NoCalls)
    """The road to the database."""
    at_hand: AtHand = nothing_at_hand
    sparing: bool = False
    """Nobody is to be asked for suggestions: the person has typed too much too fast."""
    settings: TeamSettings = field(default_factory=NothingSet)
    """The teams' settings as this process holds them; `dispatch` gives a request its team's."""
    health: SystemHealthPort
    health_detail: HealthDetailPort | None = None
    scheduler: Address[SchedulerMessage] | None = None
    job_names: tuple[str, ...] = ()
    gateway: Address[GatewayMessage] | None = None
    live_board: Address[ShowBoard | TakeDown] | None = None
    waiting: WaitingPersons = field(default_factory=NothingWaits)
    charts: ChartsPort = field(default_factory=NoCharts)
    printer: Address[PrintSheets] | None = None
    announcer: Address[RoundApplied] | None = None
    deck_rules: tuple[FormatRules, ...] = field(default_factory=our_rules)
    """By which a list is told to be an archetype."""
    clock: Clock = field(default_factory=SystemClock)
    contacts: Contacts = field(default_factory=Contacts)
    """Where commands leave word of who asked, for storage that may have to answer later."""

    async def suggest(self, guild_id: GuildId, call: Suggest[tuple[T, ...]]) -> tuple[T, ...]:
        """Return what completes a text that somebody types."""
        if self.sparing:
            return self.at_hand(guild_id, call) or ()
        return await self.calls.read(guild_id, call)
