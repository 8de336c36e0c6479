"""The demo world: two guilds and the people one can be. All ids are stable, for seeds and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sandbox.permissions import (
    ADMINISTRATOR,
    EVERYDAY,
    MANAGE_MESSAGES,
    MENTION_EVERYONE,
    PIN_MESSAGES,
    VIEW_CHANNEL,
)
from sandbox.world import Channel, Guild, Member, Overwrite, Role, User, World

if TYPE_CHECKING:
    from sandbox.config import SandboxConfig
    from sandbox.wire import Snowflake
    from sandbox.world import ChannelKind

AZORIUS: Final = "1100000000000000001"
AZORIUS_GENERAL: Final = "1100000000000000010"
AZORIUS_LIVE: Final = "1100000000000000011"
AZORIUS_ADMIN: Final = "1100000000000000012"
RAKDOS: Final = "1200000000000000001"
RAKDOS_GENERAL: Final = "1200000000000000010"
RAKDOS_ADMIN: Final = "1200000000000000012"
CAMILLE: Final = "1300000000000000001"
"""Captain and administrator of Team Azorius."""
SAM: Final = "1300000000000000002"
"""Scout of Team Azorius."""
ROBIN: Final = "1300000000000000003"
"""Reader of Team Azorius."""
SACHA: Final = "1300000000000000004"
"""Administrator of Team Rakdos, a stranger to Team Azorius."""

_JOINED_AT: Final = "2026-01-05T09:00:00.000000+00:00"
_ROLES: Final = ("captain", "scout", "reader")
_COLOURS: Final = {"captain": 0xE0A526, "scout": 0x4F8CD9, "reader": 0x6BA368}


def role_id(guild_id: Snowflake, name: str) -> Snowflake:
    """Return the id of a guild's captain, scout, reader or bot role."""
    return str(int(guild_id) + 100 + (*_ROLES, "bot").index(name))


def build_world(config: SandboxConfig) -> World:
    """Return the demo world with the configured bot in both guilds."""
    bot = User(id=config.application_id, username="scooty", name=config.bot_name, role="bot")
    users = [
        User(id=CAMILLE, username="camille", name="Camille", role="captain"),
        User(id=SAM, username="sam", name="Sam", role="scout"),
        User(id=ROBIN, username="robin", name="Robin", role="reader"),
        User(id=SACHA, username="sacha", name="Sacha", role="stranger"),
        bot,
    ]
    azorius = _guild(
        AZORIUS, "Team Azorius", "fr", {CAMILLE: "captain", SAM: "scout", ROBIN: "reader"}, bot
    )
    rakdos = _guild(RAKDOS, "Team Rakdos", "en-US", {SACHA: "captain"}, bot)
    _add_channels(azorius, general=AZORIUS_GENERAL, live=AZORIUS_LIVE, admin=AZORIUS_ADMIN)
    _add_channels(rakdos, general=RAKDOS_GENERAL, live=None, admin=RAKDOS_ADMIN)
    return World(users={user.id: user for user in users}, guilds={AZORIUS: azorius, RAKDOS: rakdos})


def _guild(
    guild_id: Snowflake, name: str, locale: str, people: dict[Snowflake, str], bot: User
) -> Guild:
    roles = [Role(id=guild_id, name="@everyone", permissions=EVERYDAY, position=0)]
    roles += [
        Role(
            id=role_id(guild_id, role),
            name=role,
            permissions=EVERYDAY | (ADMINISTRATOR if role == "captain" else 0),
            position=3 - index,
            colour=_COLOURS[role],
        )
        for index, role in enumerate(_ROLES)
    ]
    bot_role = Role(
        id=role_id(guild_id, "bot"),
        name=bot.name,
        permissions=EVERYDAY | MANAGE_MESSAGES | PIN_MESSAGES | MENTION_EVERYONE,
        position=4,
        managed=True,
    )
    members = {
        person: Member(user_id=person, role_ids=(role_id(guild_id, role),), joined_at=_JOINED_AT)
        for person, role in people.items()
    }
    members[bot.id] = Member(user_id=bot.id, role_ids=(bot_role.id,), joined_at=_JOINED_AT)
    return Guild(
        id=guild_id,
        name=name,
        owner_id=next(iter(people)),
        locale=locale,
        roles={role.id: role for role in (*roles, bot_role)},
        members=members,
        channels={},
    )


def _add_channels(
    guild: Guild, *, general: Snowflake, live: Snowflake | None, admin: Snowflake
) -> None:
    _add_channel(guild, general, "general", "general", open_to=None)
    if live is not None:
        _add_channel(guild, live, "live-board", "live", open_to=("captain", "scout", "reader"))
    _add_channel(guild, admin, "admin", "admin", open_to=("captain",))


def _add_channel(
    guild: Guild,
    channel_id: Snowflake,
    name: str,
    kind: ChannelKind,
    *,
    open_to: tuple[str, ...] | None,
) -> None:
    overwrites: tuple[Overwrite, ...] = ()
    if open_to is not None:
        hidden = Overwrite(role_id=guild.id, deny=VIEW_CHANNEL)
        shown = (
            Overwrite(role_id=role_id(guild.id, role), allow=VIEW_CHANNEL)
            for role in (*open_to, "bot")
        )
        overwrites = (hidden, *shown)
    guild.channels[channel_id] = Channel(
        id=channel_id,
        name=name,
        kind=kind,
        guild_id=guild.id,
        position=len(guild.channels),
        overwrites=overwrites,
    )
