"""Large teams in the sandbox: more people than the demo has, each in front of a page."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sandbox import demo
from sandbox.client import Person
from sandbox.world import Member, User

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sandbox.server import Sandbox
    from sandbox.wire import Snowflake

__all__ = ["Team", "add_teammates", "at_their_pages"]

_JOINED_AT: Final = "2026-01-05T09:00:00.000000+00:00"
_GENERAL: Final = {demo.AZORIUS: demo.AZORIUS_GENERAL, demo.RAKDOS: demo.RAKDOS_GENERAL}
_CAPTAINS: Final = {demo.AZORIUS: demo.CAMILLE, demo.RAKDOS: demo.SACHA}


@dataclass(frozen=True, slots=True)
class Team:
    """A guild's people at their pages."""

    guild_id: Snowflake
    captain: Person
    scouts: tuple[Person, ...]
    scout_ids: tuple[int, ...]
    """In the order of ``scouts``."""


def add_teammates(sandbox: Sandbox, guild_id: Snowflake, count: int) -> tuple[Snowflake, ...]:
    """Let so many people with the scout's role join a guild; before anybody looks at it."""
    world = sandbox.state.world
    scout = demo.role_id(guild_id, "scout")
    ids = tuple(str(int(guild_id) + 1_000 + number) for number in range(count))
    for number, user_id in enumerate(ids, 1):
        name = f"Mate {number} of {guild_id[1]}"
        world.users[user_id] = User(id=user_id, username=f"mate{user_id}", name=name, role="scout")
        world.guilds[guild_id].members[user_id] = Member(
            user_id=user_id, role_ids=(scout,), joined_at=_JOINED_AT
        )
    return ids


@asynccontextmanager
async def at_their_pages(
    sandbox: Sandbox, guild_id: Snowflake, mates: tuple[Snowflake, ...]
) -> AsyncIterator[Team]:
    """Open a page for the guild's captain and for each of ``mates``."""
    async with AsyncExitStack() as stack:

        async def page_of(who: Snowflake) -> Person:
            channel = _GENERAL[guild_id]
            person = Person(sandbox.base_url, who, guild_id=guild_id, channel_id=channel)
            return await stack.enter_async_context(person)

        captain = await page_of(_CAPTAINS[guild_id])
        scouts = tuple([await page_of(who) for who in mates])
        yield Team(guild_id, captain, scouts, tuple(map(int, mates)))
