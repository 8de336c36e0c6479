"""``/check name [event]``: what does this player play, and how sure is the team?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.declarations import CommandDeclaration
from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.inputs import PLAYER
from scooty.core.requests import Refused
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.port import NoActiveEvent, NobodyFound, OnlyListed, SeveralPlayers
from scooty.core.storage.queued import OnlyQueued
from scooty.core.text import queued
from scooty.core.text.custom_ids import OPEN_PLAYER, PAGE_REPORTS
from scooty.core.text.event_changes import event_unknown
from scooty.domain.ids import EventId, PlayerId, ReportId
from scooty.domain.roles import Role
from scooty.features.events.commands.event_inputs import OTHER_EVENT, chosen_event, suggest_events
from scooty.features.reports.commands.scout import suggest_opponents
from scooty.features.reports.replies import players

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome
    from scooty.features.reports.calls.cards import FoundInEvent

_MOST_SKIPPED: Final = 1_000_000
"""Beyond any player's reports; what a number in a custom_id is cut to."""


async def check(request: CommandRequest, ports: Ports) -> Outcome:
    """Show the card of the player of that name, or a list of those with a similar one."""
    name = PLAYER.read(request)
    event_id = chosen_event(request)
    found: FoundInEvent | OnlyQueued
    if event_id is not None:
        found = await ports.books.cards.find(
            guild_id=request.guild_id, event_id=event_id, name=name
        )
    elif OTHER_EVENT.read(request):
        found = EventUnknown()
    else:
        found = await ports.storage.check_player(guild_id=request.guild_id, name=name)
    return _found(found, name, event_id, request.t)


def _found(
    found: FoundInEvent | OnlyQueued, name: str, event_id: EventId | None, t: Translator
) -> Outcome:
    active = event_id is None
    match found:
        case PlayerCard():
            return players.player_found(found, t)
        case OnlyListed():
            return players.player_only_listed(found, t, active=active)
        case OnlyQueued():
            return queued.only_queued(found, t)
        case SeveralPlayers(matches=()) | NobodyFound():
            return Refused(response=players.nobody_found(name, t, as_of=found.as_of, active=active))
        case SeveralPlayers():
            return players.several_players(found, name, t, event_id=event_id)
        case EventUnknown() | NoActiveEvent():
            return Refused(response=_no_event(found, t))
        case _:
            assert_never(found)


def _no_event(found: EventUnknown | NoActiveEvent, t: Translator) -> Reply:
    return event_unknown(t) if isinstance(found, EventUnknown) else players.no_event_to_look_in(t)


async def open_player(request: ComponentRequest, ports: Ports) -> Outcome:
    """Put the card of the player chosen in the list in the list's place."""
    player_id = PlayerId(request.chosen_id())
    found: FoundInEvent
    if request.arguments:
        found = await ports.books.cards.find_by_id(
            guild_id=request.guild_id, event_id=EventId(request.argument(0)), player_id=player_id
        )
    else:
        found = await ports.storage.check_player_by_id(
            guild_id=request.guild_id, player_id=player_id
        )
    match found:
        case PlayerCard():
            return UpdateMessage(reply=players.player_found(found, request.t))
        case OnlyListed():
            active = not request.arguments
            listed = players.player_only_listed(found, request.t, active=active)
            return UpdateMessage(reply=listed)
        case NobodyFound() | SeveralPlayers():
            return Refused(response=players.player_gone(request.t, as_of=found.as_of))
        case EventUnknown() | NoActiveEvent():
            return Refused(response=_no_event(found, request.t))
        case _:
            assert_never(found)


async def page_reports(request: ComponentRequest, ports: Ports) -> Outcome:
    """Put the card with newer or older reports in the place of the one with the button."""
    skipped = min(request.argument(1), _MOST_SKIPPED)
    found = await ports.books.cards.find_by_report(
        guild_id=request.guild_id, report_id=ReportId(request.argument(0)), skipped=skipped
    )
    if isinstance(found, PlayerCard):
        return UpdateMessage(reply=players.player_found(found, request.t, skipped=skipped))
    return Refused(response=players.player_gone(request.t))


DECLARATION = CommandDeclaration(
    name="check",
    description=ENGLISH("command.check"),
    description_localizations=localizations("command.check"),
    options=(PLAYER.declared(), OTHER_EVENT.declared()),
)
COMMAND = Command(
    path="check",
    handler=check,
    role=Role.READER,
    autocompleters={PLAYER.name: suggest_opponents, OTHER_EVENT.name: suggest_events},
)
COMPONENTS = (
    Component(verb=OPEN_PLAYER, handler=open_player, role=Role.READER),
    Component(verb=PAGE_REPORTS, handler=page_reports, role=Role.READER),
)
