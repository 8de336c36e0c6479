"""``/ping`` and one business command, carried out here as the bot would, reading only.

Nobody can type a command for us: Discord lets no bot do it, and a person is not at hand in a
deployment. So the commands' own code runs in this process, over the real database, in the way that
the desk runs it; ``/check`` is the business command since it only reads. What this leaves out,
Discord handing the command to the bot, is what `running_bot` asks the bot itself.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.discord_gateway.interactions import (
    CommandInvoked,
    InteractionKey,
    InteractionReceived,
    Option,
    Person,
)
from actors.kernel import ActorKitError, ActorSystem, FatalError, GetStatistics
from actors.repository.messages import GetDatabaseHealth
from scooty.core.calls import Sql
from scooty.core.dispatch import respond
from scooty.core.ports import Ports, SystemHealthPort
from scooty.domain.health import ActorVitals, PartHealth, SystemHealth
from scooty.features.registry import route
from scooty.runtime.verify.findings import failed, ok, skipped

if TYPE_CHECKING:
    from actors.kernel import ChildSpec
    from scooty.runtime.verify.findings import Finding

_LONGEST_MS: Final = 1_000.0
"""Source: the runbook, "commande interne ping (latence < 1s)"."""
_PROBE_S: Final = 0.5
_NOBODY: Final = 0
_SOUGHT: Final = "Scooty Verify"
"""A name for `/check`; whoever is found, nothing of them is printed."""
_COMMANDS: Final = (
    CommandInvoked(path="ping"),
    CommandInvoked(path="check", options=(Option(name="name", value=_SOUGHT),)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What `/ping` shows and this process does not run."""

    gateway: PartHealth
    cache: PartHealth
    guild_id: int
    """Whose event is looked in."""


async def check_commands_answer(
    specs: tuple[ChildSpec, ...], surroundings: Surroundings
) -> list[Finding]:
    """Carry out the commands over the database behind ``specs``.

    Args:
        specs: The actors of the database; none when it cannot be used.
        surroundings: The rest of what they look at.
    """
    if not specs:
        return [
            skipped(f"/{each.path}", "not tried: the database comes first") for each in _COMMANDS
        ]
    system = ActorSystem()
    ports = Ports(calls=Sql(system.address("repository")), health=_Health(system, surroundings))
    try:
        async with system.running(specs):
            return [await _carry_out(each, surroundings, ports) for each in _COMMANDS]
    except FatalError as error:
        return [failed(f"/{each.path}", error.sentence) for each in _COMMANDS]
    except ActorKitError as error:
        return [failed(f"/{each.path}", f"the database's actors: {error}") for each in _COMMANDS]


async def _carry_out(action: CommandInvoked, surroundings: Surroundings, ports: Ports) -> Finding:
    received = InteractionReceived(
        key=InteractionKey(id=_NOBODY, application_id=_NOBODY, token=""),
        action=action,
        person=Person(user_id=_NOBODY, display_name="scooty verify"),
        guild_id=surroundings.guild_id,
        channel_id=None,
        locale="en-US",
        guild_locale=None,
        received_at=datetime.now(UTC),
        attachment_size_limit=0,
    )
    started_s = time.monotonic()
    try:
        conclusion = await respond(route(action), received, ports)
    except Exception as error:  # noqa: BLE001 - the desk's isolation, of which this is the stand-in
        return failed(f"/{action.path}", f"ends in {type(error).__name__}", "report this as a bug")
    took_ms = (time.monotonic() - started_s) * 1000
    # "refused" is a good answer: there may be no event, or nobody of that name.
    if conclusion.verdict not in {"ok", "refused"}:
        return failed(
            f"/{action.path}",
            f"is answered with an apology ({conclusion.verdict})",
            "try again, and look at the database",
        )
    if took_ms > _LONGEST_MS:
        return failed(
            f"/{action.path}", f"takes {took_ms:.0f} ms", "see whether this machine is too busy"
        )
    return ok(f"/{action.path}", f"answers in {took_ms:.0f} ms over the real database")


class _Health(SystemHealthPort):
    """How the program is, as far as it runs here."""

    def __init__(self, system: ActorSystem, surroundings: Surroundings) -> None:
        self._system = system
        self._surroundings = surroundings

    @override
    async def read(self) -> SystemHealth:
        database = await self._system.address("repository").ask(
            GetDatabaseHealth(), timeout_s=_PROBE_S
        )
        statistics = await self._system.supervisor.ask(GetStatistics(), timeout_s=_PROBE_S)
        return SystemHealth(
            gateway=self._surroundings.gateway,
            database=PartHealth(state=database.state, latency_ms=database.latency_ms),
            cache=self._surroundings.cache,
            actors=tuple(
                ActorVitals(
                    name=actor.name,
                    state=actor.state,
                    restarts=actor.restarts,
                    mailbox_depth=actor.mailbox_depth,
                )
                for actor in statistics.actors
            ),
        )
