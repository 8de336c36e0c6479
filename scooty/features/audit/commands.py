"""``/audit [user] [since]``: who did what, page by page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.inputs import SINCE
from scooty.domain.ids import MemberId
from scooty.domain.roles import Role
from scooty.errors import UserError
from scooty.features.audit.calls import ReadAudit
from scooty.features.audit.replies import AUDIT_PAGE, audit_page
from scooty.features.audit.rules import since

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request

_PAGE: Final = 15
_ANYBODY: Final = 0
_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
_MINUTES: Final = 10**8
"""More than pass in 190 years: a button has two numbers, and three are needed to go on, so the time
is the last eight digits of the first one. Before them, an entry's id has room up to 92 thousand
million."""


async def read_audit(request: CommandRequest, ports: Ports) -> Outcome:
    """Show the newest entries, of one member or all, since a time or as long as they are kept."""
    typed, minutes = SINCE.read(request), 0
    if typed:
        moment = since(typed, request.received_at)
        if moment is None:
            raise UserError("audit.not_a_time")
        minutes = max(1, (moment - _EPOCH) // timedelta(minutes=1))
    member_id = request.number("user") or _ANYBODY
    return await _page(request, ports, member_id=member_id, minutes=minutes)


async def turn_page(request: ComponentRequest, ports: Ports) -> Outcome:
    """Show another page in the place of the one whose button was pressed."""
    before_id, minutes = divmod(request.argument(0), _MINUTES)
    reply = await _page(
        request, ports, member_id=request.argument(1), minutes=minutes, before_id=before_id
    )
    return UpdateMessage(reply=reply)


async def _page(
    request: Request, ports: Ports, *, member_id: int, minutes: int, before_id: int = 0
) -> Reply:
    asked = ReadAudit(
        at_most=_PAGE,
        of_member_id=MemberId(member_id) if member_id != _ANYBODY else None,
        since=_EPOCH + timedelta(minutes=minutes) if minutes else None,
        before_id=before_id or None,
    )
    found = await ports.calls.read(request.guild_id, asked)
    last_id = found.entries[-1].id if found.has_older else 0
    return audit_page(
        found,
        request.t,
        older_id=AUDIT_PAGE(last_id * _MINUTES + minutes, member_id) if last_id else None,
        newest_id=AUDIT_PAGE(minutes, member_id) if before_id else None,
    )


FEATURE: Final = Feature(
    commands=(
        Command(
            path="audit",
            handler=read_audit,
            options=(
                DeclaredOption(
                    name="user",
                    description=ENGLISH("option.audit_user"),
                    kind=OptionKind.USER,
                    name_localizations=localizations("option.audit_user.name"),
                    description_localizations=localizations("option.audit_user"),
                ),
                SINCE,
            ),
            role=Role.CAPTAIN,
        ),
    ),
    components=(Component(verb=AUDIT_PAGE, handler=turn_page, role=Role.CAPTAIN),),
)
