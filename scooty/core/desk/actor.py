"""The desk: every interaction of a person ends here and is answered from here.

Owns:
    Nothing that lasts: for each interaction in hand, when to ask for more time; and what its
    storage keeps of the guilds, where there is a cache.

Loses at restart:
    Both. An interaction in hand is redelivered; its writes are keyed by its id, and
    answering it twice is harmless.

Failure modes:
    A bug in a command is isolated: the person reads a sentence with the correlation id, the
    failure is counted, the desk goes on. The limiter away: commands go on without a permit.
    The database away: the commands' sentence says what was not saved. The gateway away: the
    answer waits for its restart up to a deadline, then the interaction is logged as
    ``not_delivered``.

Tells the observer how it went. Asks (the graph is acyclic): the limiter, the gateway, and through
the ports the repository, the cache and the supervisor. The gateway only tells the desk, never asks
it.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never

from typing_extensions import override

from actors.discord_gateway.interactions import InteractionReceived
from actors.discord_gateway.messages import Answer, Answered, Defer, Deferred, FollowUp
from actors.discord_gateway.replies import Reply
from actors.kernel import (
    ActorFailedError,
    ActorKitError,
    AsyncioActor,
    Crashed,
    current_correlation_id,
)
from actors.rate_limiter.messages import PermitDenied
from scooty.core.cached.stale import GuildInDoubt, GuildsToKeep
from scooty.core.desk.deferrals import Deferral, Deferrals
from scooty.core.desk.limits import GUILD_LIMIT, permit_for
from scooty.core.desk.timing import DeskTiming
from scooty.core.desk.warming import keep_ready
from scooty.core.dispatch import respond
from scooty.core.mishaps import command_crashed, command_timed_out, permit_denied
from scooty.core.observer import InteractionHandled
from scooty.features.registry import route as route_of

if TYPE_CHECKING:
    from actors.discord_gateway.messages import AnswerNotDelivered
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.discord_gateway.replies import Response
    from actors.kernel import Address
    from actors.rate_limiter.messages import RateLimiterMessage
    from scooty.core.cached.stale import KeepsThings
    from scooty.core.dispatch import Conclusion, Verdict
    from scooty.core.observer.messages import ObserverMessage
    from scooty.core.ports import Ports
    from scooty.core.route import Route

DeskMessage: TypeAlias = InteractionReceived | GuildInDoubt | GuildsToKeep

_Outcome: TypeAlias = "Verdict | Literal['not_delivered']"


class Desk(AsyncioActor[DeskMessage]):
    """Runs commands for people.

    Args:
        gateway: Takes the answers.
        limiter: Gives permits, by the limits that `scooty.core.desk.limits` names.
        ports: What commands may reach.
        timing: Deadlines.
        observer: Told how every interaction ended; None where nobody counts.
        kept: What this desk's storage keeps of guilds; None where it keeps nothing.
    """

    def __init__(  # noqa: PLR0913 - its surroundings, by name
        self,
        *,
        gateway: Address[GatewayMessage],
        limiter: Address[RateLimiterMessage],
        ports: Ports,
        timing: DeskTiming | None = None,
        observer: Address[ObserverMessage] | None = None,
        kept: KeepsThings | None = None,
    ) -> None:
        super().__init__()
        self._gateway = gateway
        self._limiter = limiter
        self._ports = ports
        self._sparing = replace(ports, sparing=True)
        self._timing = timing or DeskTiming()
        self._observer = observer
        self._kept = kept
        self._deferrals: Deferrals

    @override
    async def on_start(self) -> None:
        self._deferrals = Deferrals(self.clock, self.spawn)

    @override
    async def on_receive(self, message: DeskMessage) -> None:
        match message:
            case InteractionReceived():
                await self._handle(message)
            case GuildInDoubt(guild_id=guild_id):
                if self._kept is not None:
                    self._kept.doubt(guild_id)
            case GuildsToKeep(guild_ids=guild_ids):
                if self._kept is not None:
                    self.spawn(keep_ready(self._kept, guild_ids, log=self.log), name="warm-up")
            case _:
                assert_never(message)

    async def _handle(self, message: InteractionReceived) -> None:
        """Run what the person asked for, answer, and log one line."""
        started_s = self.clock.monotonic_s()
        route = route_of(message.action)
        if not await self._can_still_answer(route, message):
            # They read "did not respond" and will do it again, so it must not be done now as well.
            self._note(
                route, message, started_s, "not_delivered", reason="too_late", deferred=False
            )
            return
        conclusion, deferred = await self._conclude_in_time(route, message)
        query = _answer(route, message, conclusion.response, deferred=deferred)
        undelivered = await self._deliver(query)
        outcome: _Outcome = conclusion.verdict if undelivered is None else "not_delivered"
        self._note(route, message, started_s, outcome, reason=undelivered, deferred=deferred)
        if conclusion.finish is not None and undelivered is None:
            finished = await self.isolate(conclusion.finish())
            if not isinstance(finished, Crashed) and finished.value is not None:
                await self._deliver(_answer(route, message, finished.value, deferred=deferred))

    def _note(  # noqa: PLR0913 - what there is to say of an interaction
        self,
        route: Route,
        message: InteractionReceived,
        started_s: float,
        outcome: _Outcome,
        *,
        reason: str | None,
        deferred: bool,
    ) -> None:
        """Log how an interaction ended, and tell who counts."""
        duration_s = self.clock.monotonic_s() - started_s
        log = self.log.info if outcome in {"ok", "refused"} else self.log.warning
        log(
            "interaction.handled",
            command=route.log_name,
            kind=route.kind,
            guild=message.guild_id,
            duration_ms=round(duration_s * 1000, 1),
            outcome=outcome,
            deferred=deferred,
            **({} if reason is None else {"reason": reason}),
        )
        if self._observer is not None:
            self._observer.tell(
                InteractionHandled(
                    command=route.log_name,
                    kind=route.kind,
                    outcome=outcome,
                    began_at=self.clock.now() - timedelta(seconds=duration_s),
                    duration_s=duration_s,
                )
            )

    async def _can_still_answer(self, route: Route, message: InteractionReceived) -> bool:
        """Tell whether an answer can reach the person; one that has waited long asks for time."""
        if self._waited_s(message) < self._timing.too_late_after_s:
            return True
        return route.deferral != "never" and await self._ask_for_time(route, message)

    def _waited_s(self, message: InteractionReceived) -> float:
        return max(0.0, (self.clock.now() - message.received_at).total_seconds())

    async def _conclude_in_time(
        self, route: Route, message: InteractionReceived
    ) -> tuple[Conclusion, bool]:
        """Conclude, asking Discord for more time when it takes long.

        Returns:
            The conclusion, and whether Discord was asked for more time and gave it.
        """
        if route.deferral == "never":
            return await self._conclude(route, message), False
        left_s = self._timing.defer_after_s - self._waited_s(message)
        deferral = Deferral(
            self.clock.monotonic_s() + left_s,
            lambda: self.spawn(self._ask_for_time(route, message), name="deferral"),
        )
        self._deferrals.add(deferral)
        conclusion = await self._conclude(route, message)
        deferral.drop()
        if deferral.asked is not None:
            # The deferral is on its way: an answer that overtook it would be refused by Discord.
            return conclusion, await deferral.asked
        return conclusion, False

    async def _ask_for_time(self, route: Route, message: InteractionReceived) -> bool:
        query = Defer(key=message.key, update=route.deferral == "update")
        try:
            outcome = await self._gateway.ask(query, timeout_s=self._timing.defer_s)
        except ActorKitError:
            return False
        return isinstance(outcome, Deferred)

    async def _conclude(self, route: Route, message: InteractionReceived) -> Conclusion:
        # All of it is isolated: a message that crashed the desk would come again after its restart.
        finished = await self.isolate(self._respond_if_permitted(route, message))
        if isinstance(finished, Crashed):
            return command_crashed(route, message.locale, reference=current_correlation_id())
        return finished.value

    async def _respond_if_permitted(self, route: Route, message: InteractionReceived) -> Conclusion:
        denied = await self._denial(route, message)
        if denied is None:
            return await self._respond(route, message, self._ports)
        if route.kind == "autocomplete":
            # Fewer choices, not an error: Discord shows a failed autocomplete as the bot's fault.
            spared = await self._respond(route, message, self._sparing)
            return replace(spared, verdict="refused")
        by_server = denied.limit == GUILD_LIMIT
        return permit_denied(route, message.locale, retry_at=denied.retry_at, by_server=by_server)

    async def _denial(self, route: Route, message: InteractionReceived) -> PermitDenied | None:
        permit = permit_for(route, message)
        try:
            outcome = await self._limiter.ask(permit, timeout_s=self._timing.permit_s)
        except ActorKitError as error:
            self.log.debug("desk.limiter_away", kind=type(error).__name__)
            return None
        return outcome if isinstance(outcome, PermitDenied) else None

    async def _respond(
        self, route: Route, message: InteractionReceived, ports: Ports
    ) -> Conclusion:
        typing = route.kind == "autocomplete"
        limit_s = self._timing.choices_s if typing else self._timing.command_s
        try:
            async with asyncio.timeout(limit_s) as limit:
                return await respond(route, message, ports)
        except TimeoutError:
            if not limit.expired():
                raise
            return command_timed_out(route, message.locale)

    async def _deliver(self, query: Answer | FollowUp) -> str | None:
        """Hand the answer to the gateway, once more when the gateway crashed over it.

        Returns:
            Why the person did not get it; None when they did.
        """
        try:
            outcome = await self._ask_to_deliver(query)
        except ActorKitError as error:
            return type(error).__name__
        return None if isinstance(outcome, Answered) else outcome.reason

    async def _ask_to_deliver(self, query: Answer | FollowUp) -> Answered | AnswerNotDelivered:
        try:
            return await self._gateway.ask(query, timeout_s=self._timing.answer_s)
        except ActorFailedError:
            return await self._gateway.ask(query, timeout_s=self._timing.answer_s)


def _answer(
    route: Route, message: InteractionReceived, response: Response, *, deferred: bool
) -> Answer | FollowUp:
    """Answer, but never put a sentence in the place of the card whose button was pressed."""
    if deferred and route.deferral == "update" and isinstance(response, Reply):
        return FollowUp(key=message.key, reply=response)
    return Answer(key=message.key, response=response)
