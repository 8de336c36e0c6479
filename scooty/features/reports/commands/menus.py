"""The menus of a message and of a person: a report from a chat line, a member's contributions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.interactions import Option
from scooty.core.command import Command, Component, Feature
from scooty.core.i18n import ENGLISH
from scooty.core.requests import CommandRequest, StaleComponentError
from scooty.core.text.problems import Effect
from scooty.domain.ids import MemberId
from scooty.domain.observations import LAST_ROUND
from scooty.domain.report_forms import read_number
from scooty.domain.roles import Role
from scooty.domain.text import clean
from scooty.errors import UserError
from scooty.features.boards.calls import ReadScoutingProfile
from scooty.features.reports.commands.scout import scout
from scooty.features.reports.replies.menus import REPORT_CHAT, profile, report_form
from scooty.features.reports.rules import read_chat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from actors.discord_gateway.interactions import SubmittedField
    from scooty.core.ports import Ports
    from scooty.core.requests import ComponentRequest, Outcome


async def turn_into_report(request: CommandRequest, _ports: Ports) -> Outcome:
    """Show a form with what a chat message seems to say; nothing of the message is kept."""
    written = next((o.value for o in request.options if o.name == "content"), "")
    return report_form(read_chat(str(written)), request.t)


async def report_chat(request: ComponentRequest, ports: Ports) -> Outcome:
    """Do with the form what ``/scout`` does with its options."""
    options = tuple(_options(request.fields))
    typed = CommandRequest(
        id=request.id,
        guild_id=request.guild_id,
        person=request.person,
        t=request.t,
        received_at=request.received_at,
        attachment_size_limit=request.attachment_size_limit,
        channel_id=request.channel_id,
        options=options,
    )
    return await scout(typed, ports)


def _options(fields: tuple[SubmittedField, ...]) -> Iterator[Option]:
    for field in fields:
        if field.custom_id == "round":
            yield from _round(clean(field.value))
        else:
            yield Option(name=field.custom_id, value=field.value)


def _round(text: str) -> Iterator[Option]:
    if not text:
        return
    number = read_number(text, LAST_ROUND)
    if number is None:
        raise UserError("problem.chat_round", last=LAST_ROUND)
    yield Option(name="round", value=number)


async def show_profile(request: CommandRequest, ports: Ports) -> Outcome:
    """Show what a member has contributed, event by event."""
    member_id = request.number("target")
    if member_id is None:
        raise StaleComponentError
    found = await ports.calls.read(
        request.guild_id, ReadScoutingProfile(member_id=MemberId(member_id))
    )
    return profile(found, member_id, request.t)


FEATURE: Final = Feature(
    commands=(
        Command(
            path=ENGLISH("menu.report"),
            kind="message",
            described_as="menu.report",
            handler=turn_into_report,
            role=Role.SCOUT,
            deferral="never",
        ),
        Command(
            path=ENGLISH("menu.profile"),
            kind="user",
            described_as="menu.profile",
            handler=show_profile,
            role=Role.CAPTAIN,
        ),
    ),
    components=(
        Component(
            verb=REPORT_CHAT,
            handler=report_chat,
            role=Role.SCOUT,
            effect=Effect.REPORT,
            deferral="reply",
        ),
    ),
)
