"""``/check name [event]``: what does this player play, and how sure is the team?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.inputs import PLAYER
from scooty.core.requests import Refused
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.custom_ids import OPEN_PLAYER, PAGE_REPORTS
from scooty.core.text.event_changes import event_unknown
from scooty.domain.ids import EventId, PlayerId, ReportId
from scooty.domain.roles import Role
from scooty.features.events.commands.event_inputs import OTHER_EVENT, chosen_event, suggest_events
from scooty.features.reports.calls.looking_up import (
    CardOfReport,
    CheckPlayer,
    CheckPlayerById,
    NobodyFound,
    OnlyListed,
    OnlyQueued,
    PlayerFound,
    SeveralPlayers,
)
from scooty.features.reports.commands.scout import suggest_opponents
from scooty.features.reports.replies import players, queued

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome

_MOST_SKIPPED: Final = 1_000_000
"""Beyond any player's reports; what a number in a custom_id is cut to."""


async def check(request: CommandRequest, ports: Ports) -> Outcome:  # noqa: PLR0911 - one each
    """Show the card of the player of that name, or a list of those with a similar one."""
    name = PLAYER.read(request)
    event_id = chosen_event(request)
    if event_id is None and OTHER_EVENT.read(request):
        return Refused(response=event_unknown(request.t))
    found = await ports.calls.read(request.guild_id, CheckPlayer(name=name, event_id=event_id))
    t, active = request.t, event_id is None
    match found:
        case PlayerFound(card=card):
            return players.player_found(card, t)
        case NobodyFound(listed=OnlyListed() as listed):
            return players.player_only_listed(listed, t, as_of=found.as_of, active=active)
        case OnlyQueued():
            return queued.only_queued(found, t)
        case SeveralPlayers(matches=(_, *_)):
            return players.several_players(found, name, t, event_id=event_id)
        case SeveralPlayers() | NobodyFound():
            return Refused(response=players.nobody_found(name, t, as_of=found.as_of, active=active))
        case EventUnknown() | NoActiveEvent():
            return Refused(response=_no_event(found, t))
        case _:
            assert_never(found)


def _no_event(found: EventUnknown | NoActiveEvent, t: Translator) -> Reply:
    return event_unknown(t) if isinstance(found, EventUnknown) else players.no_event_to_look_in(t)


async def open_player(request: ComponentRequest, ports: Ports) -> Outcome:
    """Put the card of the player chosen in the list in the list's place."""
    player_id = PlayerId(request.chosen_id())
    event_id = EventId(request.argument(0)) if request.arguments else None
    found = await ports.calls.read(
        request.guild_id, CheckPlayerById(player_id=player_id, event_id=event_id)
    )
    match found:
        case PlayerFound(card=card):
            return UpdateMessage(reply=players.player_found(card, request.t))
        case NobodyFound(listed=OnlyListed() as listed):
            reply = players.player_only_listed(
                listed, request.t, as_of=found.as_of, active=event_id is None
            )
            return UpdateMessage(reply=reply)
        case NobodyFound():
            return Refused(response=players.player_gone(request.t, as_of=found.as_of))
        case EventUnknown() | NoActiveEvent():
            return Refused(response=_no_event(found, request.t))
        case _:
            assert_never(found)


async def page_reports(request: ComponentRequest, ports: Ports) -> Outcome:
    """Put the card with newer or older reports in the place of the one with the button."""
    skipped = min(request.argument(1), _MOST_SKIPPED)
    found = await ports.calls.read(
        request.guild_id, CardOfReport(report_id=ReportId(request.argument(0)), skipped=skipped)
    )
    if isinstance(found, PlayerFound):
        return UpdateMessage(reply=players.player_found(found.card, request.t, skipped=skipped))
    return Refused(response=players.player_gone(request.t))


FEATURE: Final = Feature(
    commands=(
        Command(
            path="check",
            handler=check,
            options=(PLAYER, OTHER_EVENT),
            role=Role.READER,
            autocompleters={PLAYER.name: suggest_opponents, OTHER_EVENT.name: suggest_events},
        ),
    ),
    components=(
        Component(verb=OPEN_PLAYER, handler=open_player, role=Role.READER),
        Component(verb=PAGE_REPORTS, handler=page_reports, role=Role.READER),
    ),
)
