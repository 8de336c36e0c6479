"""``/live start | stop``: the board that shows an event's field in a channel, kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.channel_message import NotPosted
from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from actors.discord_gateway.kept_message import LookAtChannel
from scooty.core.asking import NO_ANSWER, ask_or
from scooty.core.command import Command, Feature
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.live_board import BoardShown, ShowBoard, TakeDown
from scooty.core.requests import Refused
from scooty.core.text.problems import Effect
from scooty.domain.roles import Role
from scooty.features.boards.calls import BoardStopped, NoBoard, StartBoard, StopBoard
from scooty.features.boards.replies import live

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome
    from scooty.features.boards.calls import BoardPlace

_LOOK_S: Final = 1.5
_SHOW_S: Final = 1.9
"""With a look before it and a write between them, within the 6 s that a command may take."""


async def start_board(request: CommandRequest, ports: Ports) -> Outcome:
    """Put the board up in a channel that only the team reads, or where a captain insists."""
    channel_id = request.number("channel") or request.channel_id or 0
    look = LookAtChannel(channel_id=channel_id)
    seen = await ask_or(ports.gateway, look, timeout_s=_LOOK_S, otherwise=NO_ANSWER)
    if isinstance(seen, NotPosted):
        hidden = live.channel_not_seen(seen, request.t, channel_id=channel_id)
        return Refused(response=hidden)
    if seen.guild_id != request.guild_id or not seen.takes_messages:
        unsuitable = live.channel_takes_no_board(request.t, channel_id=channel_id)
        return Refused(response=unsuitable)
    if seen.open_to_everyone and not request.is_set("insist"):
        return Refused(response=live.channel_is_open(request.t, channel_id=channel_id))
    return await _put_up(request, ports, channel_id, is_open=seen.open_to_everyone)


async def _put_up(
    request: CommandRequest, ports: Ports, channel_id: int, *, is_open: bool
) -> Outcome:
    started = await ports.calls.write(request.caller, StartBoard(channel_id=channel_id))
    left = started.left
    is_left = left is None or await _take_down(left, request, ports)
    show = ShowBoard(guild_id=request.guild_id)
    shown = await ask_or(ports.live_board, show, timeout_s=_SHOW_S, otherwise=NO_ANSWER)
    match shown:
        case BoardShown():
            return live.board_started(
                request.t,
                guild_id=request.guild_id,
                channel_id=channel_id,
                message_id=shown.message_id,
                is_pinned=shown.is_pinned,
                is_open=is_open,
                stays_in=None if left is None or is_left else left.channel_id,
            )
        case NotPosted():
            return live.board_not_shown_yet(shown, request.t, channel_id=channel_id)
        case _:
            assert_never(shown)


async def _take_down(place: BoardPlace, request: CommandRequest, ports: Ports) -> bool:
    if place.message_id is None:
        return True
    query = TakeDown(
        guild_id=request.guild_id, channel_id=place.channel_id, message_id=place.message_id
    )
    return await ask_or(ports.live_board, query, timeout_s=_SHOW_S, otherwise=False)


async def stop_board(request: CommandRequest, ports: Ports) -> Outcome:
    """Take the board down, and its message away."""
    outcome = await ports.calls.write(request.caller, StopBoard())
    match outcome:
        case BoardStopped() as place:
            is_gone = await _take_down(place, request, ports)
            return live.board_stopped(request.t, channel_id=place.channel_id, is_gone=is_gone)
        case NoBoard():
            return Refused(response=live.no_board_to_stop(request.t))
        case _:
            assert_never(outcome)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="live start",
            handler=start_board,
            options=(
                DeclaredOption(
                    name="channel",
                    description=ENGLISH("option.channel"),
                    kind=OptionKind.CHANNEL,
                    name_localizations=localizations("option.channel.name"),
                    description_localizations=localizations("option.channel"),
                ),
                DeclaredOption(
                    name="insist",
                    description=ENGLISH("option.insist"),
                    kind=OptionKind.BOOLEAN,
                    name_localizations=localizations("option.insist.name"),
                    description_localizations=localizations("option.insist"),
                ),
            ),
            role=Role.CAPTAIN,
            effect=Effect.BOARD,
        ),
        Command(path="live stop", handler=stop_board, role=Role.CAPTAIN, effect=Effect.BOARD),
    )
)
