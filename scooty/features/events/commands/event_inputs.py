"""What several commands ask about events: which one, found while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.inputs import TextOption
from scooty.core.text.custom_ids import parse_id
from scooty.domain.ids import EventId
from scooty.features.events.replies.event_list import event_choices

if TYPE_CHECKING:
    from actors.discord_gateway.replies import OfferChoices
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, TypingRequest

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
    found = await ports.books.events.suggest(guild_id=request.guild_id, text=request.text)
    return event_choices(found, request.t)
