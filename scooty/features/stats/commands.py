"""``/stats [by] [round] [event]``: the field of an event, counted by players, with a chart."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.choice_option import ChoiceOption
from scooty.core.command import Command, Feature
from scooty.core.inputs import RoundOption
from scooty.core.requests import Illustrated, Refused
from scooty.core.storage.event_values import EventUnknown
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.event_changes import event_unknown
from scooty.domain.roles import Role
from scooty.features.events.commands.event_inputs import OTHER_EVENT, chosen_event, suggest_events
from scooty.features.stats.calls import CountEvent, EventStats, StatsFound
from scooty.features.stats.replies.share_chart import share_chart
from scooty.features.stats.replies.stats import no_event_to_count, stats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.discord_gateway.replies import Reply
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome
    from scooty.features.stats.replies.stats import Grouping

_LABELS: Final[Mapping[Grouping, str]] = {
    "archetype": "option.by.archetype",
    "colour": "option.by.colour",
    "scout": "option.by.scout",
}
_BY: Final = ChoiceOption(
    name="by", name_key="option.by.name", description_key="option.by", labels=_LABELS
)
_ROUND: Final = RoundOption(description_key="option.stats_round")


async def count_field(request: CommandRequest, ports: Ports) -> Outcome:
    """Show who plays what, or who reported most; by archetype unless something else is chosen."""
    by = _BY.read(request) or "archetype"
    round_number = _ROUND.read(request)
    event_id = chosen_event(request)
    if event_id is None and OTHER_EVENT.read(request):
        return Refused(response=event_unknown(request.t))
    counting = CountEvent(event_id=event_id, round_number=round_number)
    outcome = await ports.calls.read(request.guild_id, counting)
    match outcome:
        case StatsFound(stats=found):
            text = stats(found, by, request.t, round_number=round_number)
            finish = partial(_illustrated, found, by, round_number, request, ports)
            # Who reported has no chart.
            return text if by == "scout" else Illustrated(response=text, finish=finish)
        case EventUnknown():
            return Refused(response=event_unknown(request.t))
        case NoActiveEvent():
            return Refused(response=no_event_to_count(request.t))
        case _:
            assert_never(outcome)


async def _illustrated(
    found: EventStats,
    by: Grouping,
    round_number: int | None,
    request: CommandRequest,
    ports: Ports,
) -> Reply | None:
    """Return the answer with its chart; None if nothing is to be drawn, or not in time or size."""
    chart = share_chart(found, by_colour=by == "colour", round_number=round_number, t=request.t)
    subject = (request.guild_id, found.event.id, by, round_number, request.t.language)
    picture = None if chart is None else await ports.charts.draw_lately(chart, subject)
    if picture is None or len(picture.png) > request.attachment_size_limit:
        return None
    return stats(found, by, request.t, round_number=round_number, picture=picture)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="stats",
            handler=count_field,
            options=(
                _BY,
                _ROUND,
                OTHER_EVENT,
            ),
            role=Role.READER,
            autocompleters={OTHER_EVENT.name: suggest_events},
        ),
    )
)
