"""``/admin list-events | update-event-status | init-db``: earlier names of what ``/event`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from scooty.core.choice_option import ChoiceOption
from scooty.core.command import Command, Feature
from scooty.core.storage.migrations import MIGRATIONS
from scooty.core.text.problems import Effect
from scooty.domain.roles import Role
from scooty.errors import UserError
from scooty.features.events.calls import SchemaLevel
from scooty.features.events.commands.event_close import close_event
from scooty.features.events.commands.event_inputs import EVENT, suggest_events
from scooty.features.events.commands.event_list import list_events
from scooty.features.events.commands.event_switch import switch_event
from scooty.features.events.replies.event_list import schema_level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome

_LABELS: Final[Mapping[Literal["active", "closed"], str]] = {
    "active": "option.status.active",
    "closed": "option.status.closed",
}
_STATUS: Final = ChoiceOption(
    name="status",
    name_key="option.status.name",
    description_key="option.status",
    labels=_LABELS,
    required=True,
)


async def update_event_status(request: CommandRequest, ports: Ports) -> Outcome:
    """Make an event the active one, or close it."""
    match _STATUS.read(request):
        case "active":
            return await switch_event(request, ports)
        case "closed":
            return await close_event(request, ports)
        case None:
            raise UserError("problem.choose_one", option=request.t(_STATUS.name_key))


async def tell_schema_level(request: CommandRequest, ports: Ports) -> Outcome:
    """Say which migration the database had last; they are applied when the bot starts."""
    level = await ports.calls.read(request.guild_id, SchemaLevel())
    return schema_level(level.number, MIGRATIONS.steps[-1].number, request.t)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="admin list-events",
            handler=list_events,
            described_as="command.event.list",
            role=Role.CAPTAIN,
        ),
        Command(
            path="admin update-event-status",
            handler=update_event_status,
            options=(EVENT, _STATUS),
            described_as="command.update_event_status",
            role=Role.CAPTAIN,
            effect=Effect.EVENT_CHANGE,
            autocompleters={EVENT.name: suggest_events},
        ),
        Command(
            path="admin init-db",
            handler=tell_schema_level,
            described_as="command.init_db",
            role=Role.CAPTAIN,
        ),
    )
)
