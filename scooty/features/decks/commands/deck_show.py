"""``/deck show player [event]``: a player's list, to read and to copy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.attaching import fitting_file
from scooty.core.command import Command, Component, Feature
from scooty.core.inputs import TextOption
from scooty.core.requests import Refused
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.event_changes import event_unknown
from scooty.domain.decks import deck_text
from scooty.domain.ids import EventId, PlayerId
from scooty.domain.roles import Role
from scooty.features.decks.calls.decks import DeckShown, NoDeck, SeveralDecks, ShowDecklist
from scooty.features.decks.replies import deck_show as say
from scooty.features.events.commands.event_inputs import OTHER_EVENT, chosen_event, suggest_events
from scooty.features.reports.calls.looking_up import NobodyFound
from scooty.features.reports.commands.scout import suggest_opponents
from scooty.features.reports.replies.players import no_event_to_look_in

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request
    from scooty.features.decks.calls.decks import DeckFound

_PLAYER: Final = TextOption(
    name="player",
    name_key="option.known_player.name",
    description_key="option.deck_shown_player",
    limit=100,
    autocomplete=True,
)


async def show(request: CommandRequest, ports: Ports) -> Outcome:
    """Show the list of the player of that name, or whose it may be."""
    name = _PLAYER.read(request)
    event_id = chosen_event(request)
    if event_id is None and OTHER_EVENT.read(request):
        return Refused(response=event_unknown(request.t))
    found = await ports.calls.read(request.guild_id, ShowDecklist(name=name, event_id=event_id))
    return await _shown(found, request, typed=name)


async def open_deck(request: ComponentRequest, ports: Ports) -> Outcome:
    """Show the list whose button was pressed."""
    return await _by_id(request, ports, PlayerId(request.argument(1)))


async def choose_deck(request: ComponentRequest, ports: Ports) -> Outcome:
    """Show the list of the player who was chosen."""
    return await _by_id(request, ports, PlayerId(request.chosen_id()))


async def _by_id(request: ComponentRequest, ports: Ports, player_id: PlayerId) -> Outcome:
    chosen = ShowDecklist(player_id=player_id, event_id=EventId(request.argument(0)))
    found = await ports.calls.read(request.guild_id, chosen)
    return await _shown(found, request, typed="")


async def _shown(found: DeckFound, request: Request, *, typed: str) -> Outcome:
    if isinstance(found, SeveralDecks):
        return say.several_decks(found, typed, request.t)
    if not isinstance(found, DeckShown) or found.phase == "draft":
        return Refused(response=_refusal(found, typed, request.t))
    content = deck_text(found.deck).encode()
    file = await fitting_file(say.DECK_FILE, content, request.attachment_size_limit)
    return replace(say.deck_shown(found, request.t), files=() if file is None else (file,))


def _refusal(
    found: DeckShown | NoDeck | NobodyFound | NoActiveEvent | EventUnknown,
    typed: str,
    t: Translator,
) -> Reply:
    match found:
        case DeckShown():
            return say.no_decks_in_a_draft(t)
        case NoDeck():
            return say.no_deck(found, t)
        case NobodyFound():
            return say.no_deck_of_that_name(typed, t)
        case NoActiveEvent():
            return no_event_to_look_in(t)
        case EventUnknown():
            return event_unknown(t)
        case _:
            assert_never(found)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="deck show",
            handler=show,
            options=(_PLAYER, OTHER_EVENT),
            role=Role.READER,
            autocompleters={_PLAYER.name: suggest_opponents, OTHER_EVENT.name: suggest_events},
        ),
    ),
    components=(
        Component(verb=say.OPEN_DECK, handler=open_deck, role=Role.READER, deferral="reply"),
        Component(verb=say.CHOOSE_DECK, handler=choose_deck, role=Role.READER, deferral="reply"),
    ),
)
