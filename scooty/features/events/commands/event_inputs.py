"""What several commands ask about events: which one, found while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.inputs import TextOption
from scooty.core.text.custom_ids import parse_id
from scooty.domain.ids import EventId
from scooty.domain.names import begins_words, fold
from scooty.features.events.calls import NameEvents
from scooty.features.events.replies.event_list import event_choices

if TYPE_CHECKING:
    from actors.discord_gateway.replies import OfferChoices
    from scooty.core.calls import Calls
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, TypingRequest
    from scooty.domain.ids import GuildId
    from scooty.features.events.calls import NamedEvent

EVENT: Final = TextOption(
    name="event",
    name_key="option.which_event.name",
    description_key="option.which_event",
    limit=100,
    autocomplete=True,
)
"""Which event; of those that were offered, so the value is an id."""
OTHER_EVENT: Final = TextOption(
    name="event",
    name_key="option.which_event.name",
    description_key="option.other_event",
    limit=100,
    required=False,
    autocomplete=True,
)
"""As `EVENT`, but the active one when it is left out."""


def chosen_event(request: CommandRequest) -> EventId | None:
    """Return the id that was chosen; None when what was typed instead can be none."""
    chosen = parse_id(request.text(EVENT.name))
    return None if chosen is None else EventId(chosen)


async def suggest_events(request: TypingRequest, ports: Ports) -> OfferChoices:
    """Offer the guild's events, the newest first."""
    found = await find_events(ports.calls, request.guild_id, request.text)
    return event_choices(found, request.t)


async def find_events(calls: Calls, guild_id: GuildId, text: str) -> tuple[NamedEvent, ...]:
    """Return events whose names have words beginning as typed, the newest first."""
    typed = fold(text)
    newest = await calls.read(guild_id, NameEvents(text_key=""))
    if newest.complete:
        return tuple(each for each in newest.events if begins_words(typed, each.name_key))
    return (await calls.read(guild_id, NameEvents(text_key=typed))).events
