"""``/setup``: a team's roles, channels, language, retention, ethics line and digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, assert_never

from actors.discord_gateway.channel_message import NotPosted
from actors.discord_gateway.kept_message import ChannelSeen, LookAtChannel
from scooty.core.asking import NO_ANSWER, ask_or
from scooty.core.command import Command, Feature
from scooty.core.inputs import ETHICS_LINE
from scooty.core.requests import Refused, role_of
from scooty.core.storage.settings import ReadSettings, SettingsChanged
from scooty.core.text.problems import Effect
from scooty.domain.roles import Role
from scooty.errors import UserError
from scooty.features.settings import replies as rendering
from scooty.features.settings.calls import ChangeSettings, GrantRoles, TooManyRoles
from scooty.features.settings.commands.setup_options import LONGEST_DAYS, OPTIONS

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome

_Channel: TypeAlias = Literal["admin", "digest"]
_LOOK_S: Final = 1.5
_CHANNELS: Final[tuple[_Channel, ...]] = ("admin", "digest")


async def show(request: CommandRequest, ports: Ports) -> Outcome:
    """Show everything that is set, and how to set what is not; asks the database itself."""
    found = await ports.calls.read(request.guild_id, ReadSettings())
    return rendering.overview(found.settings, request.t)


async def set_roles(request: CommandRequest, ports: Ports) -> Outcome:
    """Let roles of the server make people captains, scouts or readers."""
    given = {
        role: role_id for role in Role if (role_id := request.number(role.name.lower())) is not None
    }
    emptied = request.text("clear")
    cleared = tuple(role for role in Role if emptied in {"all", role.name.lower()})
    if not given and not cleared:
        raise UserError("setup.nothing_given")
    if len(set(given.values())) < len(given):
        raise UserError("setup.role_twice")
    outcome = await ports.calls.write(request.caller, GrantRoles(given=given, cleared=cleared))
    match outcome:
        case SettingsChanged(settings=settings):
            left = role_of(request.person, request.guild_id, settings)
            return rendering.roles_set(
                settings.roles,
                request.t,
                guild_id=request.guild_id,
                is_captain_still=left is Role.CAPTAIN,
            )
        case TooManyRoles():
            return Refused(response=rendering.too_many_roles(request.t))
        case _:
            assert_never(outcome)


async def set_channels(request: CommandRequest, ports: Ports) -> Outcome:
    """Choose where captains are told things and where the digest goes."""
    emptied = request.text("clear")
    changes: dict[str, int | str | None] = {
        f"{channel}_channel_id": None for channel in _CHANNELS if emptied in {"all", channel}
    }
    for channel in _CHANNELS:
        chosen = request.number(channel)
        if chosen is not None:
            changes[f"{channel}_channel_id"] = chosen
    if not changes:
        raise UserError("setup.nothing_given")
    return await _change(request, ports, changes)


async def set_language(request: CommandRequest, ports: Ports) -> Outcome:
    """Choose the language of what is posted for all."""
    chosen = request.text("language")
    return await _change(request, ports, {"language": chosen if chosen in {"en", "fr"} else None})


async def set_retention(request: CommandRequest, ports: Ports) -> Outcome:
    """Choose how long what was scouted is kept; without a number, as the installation does."""
    days = request.number("days")
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise UserError("setup.days_range", most=LONGEST_DAYS)
    return await _change(request, ports, {"retention_days": days})


async def set_ethics_line(request: CommandRequest, ports: Ports) -> Outcome:
    """Choose the team's own words beside ours; without any, ours alone."""
    return await _change(request, ports, {"ethics_line": ETHICS_LINE.read(request) or None})


async def set_digest(request: CommandRequest, ports: Ports) -> Outcome:
    """Switch the daily digest on, in a channel, or off."""
    if not request.is_set("on"):
        return await _change(request, ports, {"digest_channel_id": None})
    channel_id = request.number("channel") or request.settings.digest_channel_id
    if channel_id is None:
        raise UserError("setup.digest_needs_channel")
    return await _change(request, ports, {"digest_channel_id": channel_id})


async def _change(
    request: CommandRequest, ports: Ports, changes: dict[str, int | str | None]
) -> Outcome:
    chosen = {
        each
        for name, each in changes.items()
        if name.endswith("_channel_id") and isinstance(each, int)
    }
    seen = {
        each: await ask_or(
            ports.gateway, LookAtChannel(channel_id=each), timeout_s=_LOOK_S, otherwise=NO_ANSWER
        )
        for each in sorted(chosen)
    }
    for channel_id, channel in seen.items():
        if isinstance(channel, ChannelSeen) and not _can_be_posted_to(channel, request):
            refusal = rendering.unsuitable_channel(request.t, channel_id=channel_id)
            return Refused(response=refusal)
    changed = await ports.calls.write(request.caller, ChangeSettings(changes=changes))
    return rendering.changed(
        changed.settings,
        tuple(changes),
        request.t,
        open_channels=[each for each, channel in seen.items() if _is_open(channel)],
        hidden_channels=[each for each, channel in seen.items() if _is_hidden(channel)],
    )


def _can_be_posted_to(channel: ChannelSeen, request: CommandRequest) -> bool:
    return channel.guild_id == request.guild_id and channel.takes_messages


def _is_open(channel: ChannelSeen | NotPosted) -> bool:
    return isinstance(channel, ChannelSeen) and channel.open_to_everyone


def _is_hidden(channel: ChannelSeen | NotPosted) -> bool:
    """Tell whether the bot is kept out; that Discord cannot be asked now says nothing."""
    return isinstance(channel, NotPosted) and channel.reason != "not_connected"


FEATURE: Final = Feature(
    commands=(
        Command(path="setup show", handler=show, role=Role.CAPTAIN),
        *(
            Command(
                path=f"setup {name}",
                handler=handler,
                role=Role.CAPTAIN,
                options=OPTIONS[name],
                effect=Effect.SETTING,
            )
            for name, handler in (
                ("roles", set_roles),
                ("channels", set_channels),
                ("language", set_language),
                ("retention", set_retention),
                ("ethics", set_ethics_line),
                ("digest", set_digest),
            )
        ),
    )
)
