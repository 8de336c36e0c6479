"""``/team notify on | off``: whether a member gets a direct message when a round is up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, assert_never

from scooty.core.command import Command, Feature
from scooty.core.requests import Refused
from scooty.core.text.problems import Effect
from scooty.domain.roles import Role
from scooty.features.team.calls import NotificationSet, NotLinked, SetNotification
from scooty.features.team.replies.team import not_linked, notification_set

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome


async def _notify(wanted: bool, request: CommandRequest, ports: Ports) -> Outcome:  # noqa: FBT001 - bound first, by `partial`
    outcome = await ports.calls.write(request.caller, SetNotification(wanted=wanted))
    match outcome:
        case NotificationSet():
            return notification_set(outcome, request.t)
        case NotLinked():
            return Refused(response=not_linked(request.t))
        case _:
            assert_never(outcome)


FEATURE: Final = Feature(
    commands=tuple(
        Command(path=path, handler=partial(_notify, wanted), role=Role.SCOUT, effect=Effect.TEAM)
        for path, wanted in (("team notify on", True), ("team notify off", False))
    )
)
