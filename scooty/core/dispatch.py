"""From an interaction to an answer: who may, what was meant, and a sentence for all that fails.

Only bugs and what the database itself refuses leave this module as exceptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict, assert_never

from actors.discord_gateway.interactions import (
    AutocompleteRequested,
    ButtonPressed,
    CommandInvoked,
    ModalSubmitted,
    SelectChosen,
)
from actors.discord_gateway.replies import OfferChoices
from scooty.core.command import Command, Component
from scooty.core.i18n import translator_for
from scooty.core.requests import (
    CommandRequest,
    ComponentRequest,
    Illustrated,
    Refused,
    StaleComponentError,
    TypingRequest,
    role_of,
)
from scooty.core.storage.settings import GuildSettings
from scooty.core.text import problems
from scooty.core.text.ethics import with_ethics_line
from scooty.core.text.problems import Effect
from scooty.domain.contact import Contact
from scooty.domain.ids import GuildId, MemberId, RequestId
from scooty.domain.roles import Role
from scooty.domain.text import clean
from scooty.errors import StorageUnavailable, UserError, WriteNotQueued

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from actors.discord_gateway.interactions import (
        InteractionAction,
        InteractionReceived,
        Option,
        Person,
    )
    from actors.discord_gateway.replies import Reply, Response
    from scooty.core.i18n import Translator
    from scooty.core.ports import Ports
    from scooty.core.requests import Outcome
    from scooty.core.route import Route

Verdict: TypeAlias = Literal["ok", "refused", "failed", "unavailable"]
"""What became of a request: done; refused for a good reason; a bug; the database was away."""

NO_CHOICES = OfferChoices(choices=())
"""The answer to typing when there is nothing to offer, or no time to find out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """The answer, and what became of the request."""

    response: Response
    verdict: Verdict
    finish: Callable[[], Coroutine[None, None, Response | None]] | None = None
    """Gives the answer that replaces this one, or None; runs after this one is delivered."""


class _Common(TypedDict):
    """What every kind of request has."""

    id: RequestId
    guild_id: GuildId
    person: Person
    t: Translator
    received_at: datetime
    channel_id: int | None
    settings: GuildSettings
    attachment_size_limit: int


async def respond(route: Route, received: InteractionReceived, ports: Ports) -> Conclusion:
    """Run what ``route`` leads to.

    Returns:
        The answer; for autocomplete always choices, though maybe none.
    """
    t = translator_for(received.locale)
    if received.guild_id is None:
        refusal = problems.not_in_direct_messages(t, route.effect)
        return tell(route, refusal, "refused")
    if route.target is None:
        return tell(route, _unknown(route, t), "refused")
    guild_id = GuildId(received.guild_id)
    try:
        settings = await ports.settings.read(guild_id=guild_id)
    except StorageUnavailable:
        if not _needs_no_role(route, route.target, received.person):
            return tell(route, problems.roles_unknown(t, route.effect), "unavailable")
        settings = GuildSettings()
    else:
        role = role_of(received.person, guild_id, settings)
        if role is None or role < route.target.role:
            refusal = _too_low(route, route.target.role, role, settings, t)
            return tell(route, refusal, "refused")
    return await _conclude(route, received, guild_id, settings, ports)


async def _conclude(
    route: Route,
    received: InteractionReceived,
    guild_id: GuildId,
    settings: GuildSettings,
    ports: Ports,
) -> Conclusion:
    t = translator_for(received.locale)
    common = _Common(
        id=RequestId(received.key.id),
        guild_id=guild_id,
        person=received.person,
        t=t,
        received_at=received.received_at,
        channel_id=received.channel_id,
        settings=settings,
        attachment_size_limit=received.attachment_size_limit,
    )
    try:
        with ports.contacts.known(common["id"], _contact(received)):
            outcome = await _run(route, received.action, common, ports)
    except StaleComponentError:
        return tell(route, problems.stale_component(t), "refused")
    except UserError as error:
        sentence = t(error.key, **error.parameters)
        return tell(route, problems.unusable_input(t, route.effect, sentence), "refused")
    except StorageUnavailable as error:
        return tell(route, _away(route, error, t), "unavailable")
    if isinstance(outcome, Refused):
        return Conclusion(response=outcome.response, verdict="refused")
    if isinstance(outcome, Illustrated):
        return _illustrated(outcome, settings.ethics_line, t)
    response = with_ethics_line(outcome, settings.ethics_line, t)
    return Conclusion(response=response, verdict="ok")


def _illustrated(outcome: Illustrated, ethics_line: str | None, t: Translator) -> Conclusion:
    async def finish() -> Response | None:
        whole = await outcome.finish()
        return None if whole is None else with_ethics_line(whole, ethics_line, t)

    response = with_ethics_line(outcome.response, ethics_line, t)
    return Conclusion(response=response, verdict="ok", finish=finish)


def _contact(received: InteractionReceived) -> Contact:
    return Contact(
        member_id=MemberId(received.person.user_id),
        application_id=received.key.application_id,
        interaction_id=received.key.id,
        token=received.key.token,
        channel_id=received.channel_id,
        locale=received.locale,
        asked_at=received.received_at,
    )


def _away(route: Route, error: StorageUnavailable, t: Translator) -> Reply:
    return problems.database_away(
        t,
        route.effect,
        may_have_been_saved=error.may_have_been_saved,
        not_queued=error.why if isinstance(error, WriteNotQueued) else None,
    )


def tell(route: Route, reply: Reply, verdict: Verdict) -> Conclusion:
    """Conclude with a sentence; somebody who is typing can be shown no more than choices."""
    response = NO_CHOICES if route.kind == "autocomplete" else reply
    return Conclusion(response=response, verdict=verdict)


def _unknown(route: Route, t: Translator) -> Reply:
    is_command = route.kind in {"command", "autocomplete"}
    return problems.unknown_command(t) if is_command else problems.stale_component(t)


def _needs_no_role(route: Route, target: Command | Component, person: Person) -> bool:
    """Tell whether something may be done while nobody knows who has which role.

    Reports may: they are wanted most when everything fails, and show nobody anything.
    """
    if person.is_administrator:
        return True
    if route.kind == "autocomplete":
        return False
    if isinstance(target, Command) and target.shows_no_team:
        return True
    return target.role is Role.SCOUT and target.effect in {Effect.REPORT, Effect.UNDO}


def _too_low(
    route: Route, least: Role, role: Role | None, settings: GuildSettings, t: Translator
) -> Reply:
    if role is None:
        return problems.no_role(t, route.effect, settings.roles)
    if least is Role.CAPTAIN:
        return problems.captains_only(t, route.effect)
    return problems.scouts_only(t, route.effect)


async def _run(route: Route, action: InteractionAction, common: _Common, ports: Ports) -> Outcome:
    match route.target:
        case Command() as command:
            return await _run_command(command, action, common, ports)
        case Component() as component:
            request = _component_request(route.arguments, action, common)
            return await component.handler(request, ports)
        case None:
            raise StaleComponentError


async def _run_command(
    command: Command, action: InteractionAction, common: _Common, ports: Ports
) -> Outcome:
    if isinstance(action, CommandInvoked):
        return await command.handler(CommandRequest(**common, options=action.options), ports)
    if not isinstance(action, AutocompleteRequested):
        raise StaleComponentError
    complete = command.autocompleters.get(action.focused)
    if complete is None:
        return Refused(response=NO_CHOICES)
    request = TypingRequest(
        **common, text=_typed(action.options, action.focused), options=action.options
    )
    return await complete(request, ports)


def _typed(options: tuple[Option, ...], focused: str) -> str:
    return clean(next((str(o.value) for o in options if o.name == focused), ""))


def _component_request(
    arguments: tuple[int, ...], action: InteractionAction, common: _Common
) -> ComponentRequest:
    match action:
        case SelectChosen(values=values):
            return ComponentRequest(**common, arguments=arguments, values=values)
        case ModalSubmitted(fields=fields):
            return ComponentRequest(**common, arguments=arguments, fields=fields)
        case CommandInvoked() | AutocompleteRequested() | ButtonPressed():
            return ComponentRequest(**common, arguments=arguments)
        case _:
            assert_never(action)
