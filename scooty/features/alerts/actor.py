"""Tells operators what they have to know, in a channel of Discord and in the log.

It also tells captains, in their team's channel, who turns out to play something else.

Owns:
    What was told and what is still to be told. Both lie in `AlertState` and in `LastTold` that the
    program holds, so that a restart of this actor tells nothing twice. They go with the process:
    the next one tells once more of what lasts.

Loses at restart:
    How often the other actors were restarted before.

Failure modes:
    Discord out of reach: what is to be told waits, and is told with its time afterwards; of each
    trouble the newest word is kept. The channel cannot be written, or is none: the log says so,
    this actor is degraded, and it is tried again every ten minutes. A part that does not answer:
    what was known of it is taken to last.

Asks: the gateway, the repository, the cache, the observer, and the supervisor for its events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from typing_extensions import override

from actors.discord_gateway.channel_asking import ask_gateway, nonce_of
from actors.discord_gateway.channel_message import NotPosted, Posted, PostToChannel
from actors.kernel import (
    ActorGaveUp,
    ActorRestarted,
    ActorStarted,
    ActorStopped,
    AsyncioActor,
    LifeEvent,
    Subscribe,
)
from scooty.core.i18n import ENGLISH
from scooty.core.storage.changed import GuildChanged
from scooty.features.alerts.looking import look_around
from scooty.features.alerts.replies.alert_lines import announcement, line_of
from scooty.features.alerts.restarts import Restarts
from scooty.features.alerts.rules import Trouble
from scooty.features.alerts.turn_watch import TurnWatch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.discord_gateway.replies import Reply
    from scooty.core.calls import Calls
    from scooty.core.i18n import Translator
    from scooty.core.parts import Parts
    from scooty.features.alerts.alert_state import AlertState, Batch
    from scooty.features.alerts.last_told import LastTold
    from scooty.features.alerts.looking import Look
    from scooty.features.alerts.rules import AlertLine

_LOOK_S: Final = 10.0
_CLOSED_S: Final = 600.0
_POST_S: Final = 7.5
_SUBSCRIBE_S: Final = 5.0


class OperatorAlerts(AsyncioActor[LifeEvent | GuildChanged]):
    """Looks every ten seconds, and tells what is new.

    Args:
        parts: Whom to ask.
        channel_id: Where to tell; None for the log alone.
        translator: The operators' language.
        alert_state: What is known and was told.
        calls: Where it is read what teams believe of players.
        last_told: What of it was told.
    """

    def __init__(  # noqa: PLR0913 - its surroundings, by name
        self,
        *,
        parts: Parts,
        channel_id: int | None,
        translator: Translator,
        alert_state: AlertState,
        calls: Calls,
        last_told: LastTold,
    ) -> None:
        super().__init__()
        self._parts = parts
        self._channel_id = channel_id
        self._translator = translator
        self._bulletin = alert_state
        self._calls = calls
        self._beliefs = last_told
        self._restarts = Restarts()
        self._closed_until_s = 0.0

    @override
    async def on_start(self) -> None:
        """Hear of restarts from now on, and begin to look."""
        self._turns = TurnWatch(
            self,
            calls=self._calls,
            gateway=self._parts.gateway,
            repository=self._parts.repository,
            channel_id=self._channel_id,
            last_told=self._beliefs,
        )
        self._turns.begin()
        await self._parts.supervisor.ask(Subscribe(subscriber=self.address), timeout_s=_SUBSCRIBE_S)
        self.spawn(self._keep_looking(), name="look")

    @override
    async def on_receive(self, message: LifeEvent | GuildChanged) -> None:
        match message:
            case GuildChanged(guild_id=guild_id):
                self._turns.look_later(guild_id)
            case ActorRestarted(name=name, kind=kind):
                self._restarts.note_restart(name, kind, self.clock.monotonic_s())
            case ActorGaveUp(name=name, kind=kind):
                self._restarts.note_end(name, kind)
            case ActorStarted() | ActorStopped():
                pass
            case _:
                assert_never(message)

    async def _keep_looking(self) -> None:
        while True:
            await self.clock.sleep(_LOOK_S)
            self._take_in(await look_around(self._parts))
            await self._tell()

    def _take_in(self, look: Look) -> None:
        now_s = self.clock.monotonic_s()
        news = self._bulletin.observe(
            (*look.troubles, *self._restarts.troubles(now_s)),
            unknown=look.unknown,
            now_s=now_s,
            now=self.clock.now(),
        )
        if look.restored is not None:
            commands = Trouble(kind="commands", facts=(("names", look.restored.names),))
            news += self._bulletin.happened(commands, at=look.restored.at)
        self._log_all(news)

    def _log_all(self, news: Iterable[AlertLine]) -> None:
        for alert_line in news:
            log = self.log.bind(
                kind=alert_line.trouble.kind,
                about=alert_line.trouble.about,
                text=line_of(alert_line, ENGLISH),
            )
            match alert_line.state:
                case "began":
                    log.warning("notice.began")
                case "ended":
                    log.info("notice.ended", lasted_s=round(alert_line.lasted_s))
                case "happened":
                    log.warning("notice.happened")

    async def _tell(self) -> None:
        now_s = self.clock.monotonic_s()
        batch = self._bulletin.due(now_s)
        if batch is None or now_s < self._closed_until_s:
            return
        if self._channel_id is None:
            self._bulletin.told(batch, now_s)  # the log has it
            return
        reply, count = announcement(batch.alert_lines, batch.left_out, self._translator)
        batch = batch.first(count)
        if await self._post(self._channel_id, reply, batch):
            self._bulletin.told(batch, now_s)

    async def _post(self, channel_id: int, reply: Reply, batch: Batch) -> bool:
        message = PostToChannel(channel_id=channel_id, reply=reply, nonce=_nonce(batch))
        outcome = await ask_gateway(self._parts.gateway, message, timeout_s=_POST_S)
        match outcome:
            case Posted():
                self.report_recovered()
                return True
            case NotPosted(reason="not_connected"):
                return False
            case NotPosted():
                self._closed_until_s = self.clock.monotonic_s() + _CLOSED_S
                self._complain_of_channel(outcome)
                return False

    def _complain_of_channel(self, outcome: NotPosted) -> None:
        self.log.error(
            "notice.not_posted",
            channel_id=self._channel_id,
            reason=outcome.reason,
            detail=outcome.detail,
            lacking=outcome.lacking,
        )
        why = " or ".join(outcome.lacking) if outcome.lacking else outcome.reason.replace("_", " ")
        self.report_degraded(f"the admin channel cannot be written to: {why}")


def _nonce(batch: Batch) -> str:
    """Name what a message says: the same words at the same times are the same message."""
    return nonce_of(
        repr(
            [
                (alert_line.trouble.key, alert_line.state, alert_line.at)
                for alert_line in batch.alert_lines
            ]
        )
    )
