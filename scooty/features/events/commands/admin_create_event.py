"""``/admin create-event name``: the earlier name of ``/event create``."""

from __future__ import annotations

from typing import Final

from scooty.core.command import Command, Feature
from scooty.core.inputs import EVENT_NAME
from scooty.core.text.problems import Effect
from scooty.domain.roles import Role
from scooty.features.events.commands.event_create import create_event

FEATURE: Final = Feature(
    commands=(
        Command(
            path="admin create-event",
            handler=create_event,
            options=(EVENT_NAME,),
            described_as="command.create_event",
            role=Role.CAPTAIN,
            effect=Effect.EVENT,
        ),
    )
)
