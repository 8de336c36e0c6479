"""All that a running sandbox consists of, handed to every route and socket."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.attachments import FileStore
from sandbox.command_book import CommandBook
from sandbox.demo import build_world
from sandbox.faults import Faults
from sandbox.gateway_hub import GatewayHub
from sandbox.interactions import InteractionBook
from sandbox.page_hub import PageHub
from sandbox.rate_limits import RateLimits
from sandbox.request_log import RequestLog
from sandbox.snowflake import SnowflakeSource
from sandbox.trace import Trace

if TYPE_CHECKING:
    from collections import deque

    from aiohttp import web

    from sandbox.config import SandboxConfig
    from sandbox.gateway_session import Link
    from sandbox.wire import JsonObject, Snowflake
    from sandbox.world import Channel, Guild, World


@dataclass(slots=True)
class State:
    """One Discord. Everything in it belongs to the event loop that serves it."""

    config: SandboxConfig
    world: World
    snowflakes: SnowflakeSource
    trace: Trace
    faults: Faults
    gateway: GatewayHub
    interactions: InteractionBook
    commands: CommandBook
    files: FileStore
    pages: PageHub
    rate_limits: RateLimits
    request_log: RequestLog
    base_url: str = ""
    """``http://127.0.0.1:PORT``, known once the port is bound."""
    connections: set[Link] = field(default_factory=set)
    """Open gateway sockets."""
    page_sockets: set[web.WebSocketResponse] = field(default_factory=set)
    """Open pages, closed when the sandbox stops."""
    surroundings: dict[tuple[Snowflake, Snowflake], JsonObject] = field(default_factory=dict)
    """The parts of an interaction that are the same each time, by person and channel."""
    command_creations: dict[Snowflake | None, deque[float]] = field(default_factory=dict)
    """When commands were created, monotonic seconds, by scope."""
    dirty: bool = False
    """Whether something worth keeping has changed since the last save."""

    @classmethod
    def build(cls, config: SandboxConfig) -> State:
        """Return a fresh Discord with the demo world."""
        snowflakes = SnowflakeSource()
        trace = Trace()
        return cls(
            config=config,
            world=build_world(config),
            snowflakes=snowflakes,
            trace=trace,
            faults=Faults(),
            gateway=GatewayHub(config),
            interactions=InteractionBook(config, trace),
            commands=CommandBook(),
            files=FileStore(config.state_dir),
            pages=PageHub(),
            rate_limits=RateLimits(config.global_requests_per_s),
            request_log=RequestLog(config.request_log),
        )

    @property
    def gateway_url(self) -> str:
        """Where bots connect."""
        return self.base_url.replace("http", "ws", 1) + "/gw"

    def guild_of(self, channel: Channel) -> Guild | None:
        """Return the guild of a channel, None for a direct conversation."""
        return None if channel.guild_id is None else self.world.guilds[channel.guild_id]
