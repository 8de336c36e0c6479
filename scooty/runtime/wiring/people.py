"""Everybody on an interaction's way: the gateway, the desk, the limits and the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.cache import Cache, ProcessCache, Shelf
from actors.discord_gateway.actor import DiscordGateway
from actors.kernel import ActorSystem, Backoff, ChildSpec
from actors.rate_limiter import Limit, RateLimiter
from scooty.core.calls import Sql
from scooty.core.charts.port import ActorCharts
from scooty.core.desk.actor import Desk
from scooty.core.desk.limits import AUTOCOMPLETE_LIMIT, COMMAND_LIMIT, GUILD_LIMIT
from scooty.core.outbox import OutboxPersons
from scooty.core.ports import Ports
from scooty.core.queued import Queued
from scooty.domain.contact import Contacts
from scooty.features.boards.actor import LiveBoard
from scooty.features.health.asking import ActorHealth
from scooty.features.registry import DECLARATIONS
from scooty.features.reports.warming import CacheWarmer
from scooty.runtime.wiring.announcer import announcer_spec
from scooty.runtime.wiring.database import cached_calls
from scooty.runtime.wiring.deck_rules import deck_rules
from scooty.runtime.wiring.parts import parts_of
from scooty.runtime.wiring.sizes import AT_ONCE, HUNG_AFTER_S, INTAKE, MAILBOX
from scooty.runtime.wiring.times import job_times

if TYPE_CHECKING:
    from scooty.domain.deck_rules import FormatRules
    from scooty.runtime.config import BurstLimit, Settings

_IDENTIFY_BACKOFF: Final = Backoff(first_s=5.0, factor=2.0, max_s=60.0, jitter=0.2)
"""A new client means a new IDENTIFY, of which Discord allows 1,000 a day."""
_BOARD_HUNG_AFTER_S: Final = 30.0
"""Longer than all that a board is shown by takes together, each part with its own deadline."""


def limit_specs(settings: Settings) -> tuple[ChildSpec, ...]:
    """Say who keeps and who counts: both work without Redis."""
    url, shelf = settings.redis_url, Shelf()
    limits = (
        _limit(COMMAND_LIMIT, settings.command_limit),
        _limit(AUTOCOMPLETE_LIMIT, settings.autocomplete_limit),
        _limit(GUILD_LIMIT, settings.guild_limit),
    )
    return (
        ChildSpec(
            name="cache",
            start=lambda: ProcessCache(shelf) if url is None else Cache(url=url),
            concurrency=32,
            mailbox_size=MAILBOX,
            handle_timeout_s=HUNG_AFTER_S,
        ),
        ChildSpec(
            name="rate_limiter",
            start=lambda: RateLimiter(url=url, limits=limits),
            concurrency=32,
            mailbox_size=MAILBOX,
            handle_timeout_s=HUNG_AFTER_S,
        ),
    )


def _limit(name: str, limit: BurstLimit) -> Limit:
    return Limit(name=name, capacity=limit.burst, refill_per_s=limit.per_minute / 60)


def people_specs(settings: Settings, system: ActorSystem) -> tuple[ChildSpec, ...]:
    """Say who talks to people; the gateway's token must be set."""
    token = settings.discord_token
    assert token is not None  # noqa: S101 - the command line has refused this with a sentence
    job_names = tuple(job.name for job in job_times(settings))
    rules = deck_rules(settings)
    return (
        ChildSpec(
            name="desk",
            start=lambda: _make_desk(system, job_names, rules),
            after=("gateway", "outbox", "charts"),
            concurrency=AT_ONCE,
            mailbox_size=INTAKE,
            handle_timeout_s=HUNG_AFTER_S,
        ),
        ChildSpec(
            name="gateway",
            start=lambda: DiscordGateway(
                token=token,
                interactions=system.address("desk"),
                commands=DECLARATIONS,
                guild_id=settings.discord_guild_id,
                application_id=settings.discord_client_id,
                base_url=settings.discord_base,
            ),
            after=("lease", "cache", "rate_limiter"),
            concurrency=AT_ONCE,
            mailbox_size=MAILBOX,
            backoff=_IDENTIFY_BACKOFF,
            handle_timeout_s=HUNG_AFTER_S,
        ),
        board_spec(system),
        announcer_spec(system),
    )


def board_spec(system: ActorSystem) -> ChildSpec:
    """Say who keeps the live boards; after the gateway, so that a stand-by edits nothing."""
    repository, gateway = system.address("repository"), system.address("gateway")
    calls = Sql(repository)
    return ChildSpec(
        name="live_board",
        start=lambda: LiveBoard(calls=calls, repository=repository, gateway=gateway),
        after=("gateway",),
        concurrency=32,
        mailbox_size=MAILBOX,
        handle_timeout_s=_BOARD_HUNG_AFTER_S,
    )


def _make_desk(
    system: ActorSystem, job_names: tuple[str, ...], rules: tuple[FormatRules, ...]
) -> Desk:
    cached, contacts = cached_calls(system), Contacts()
    calls = Queued(cached, outbox=system.address("outbox"), contacts=contacts)
    health = ActorHealth(parts_of(system))
    ports = Ports(
        calls=calls,
        at_hand=cached.at_hand,
        settings=cached.settings,
        contacts=contacts,
        deck_rules=rules,
        health=health,
        health_detail=health,
        live_board=system.address("live_board"),
        announcer=system.address("announcer"),
        waiting=OutboxPersons(system.address("outbox")),
        charts=ActorCharts(system.address("charts")),
        printer=system.address("charts"),
        gateway=system.address("gateway"),
        scheduler=system.address("scheduler"),
        job_names=job_names,
    )
    return Desk(
        gateway=system.address("gateway"),
        limiter=system.address("rate_limiter"),
        ports=ports,
        observer=system.address("observer"),
        kept=CacheWarmer(cached),
    )
