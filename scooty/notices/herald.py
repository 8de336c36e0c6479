"""The herald: tells operators what they have to know, in a channel of Discord and in the log.

It also tells captains, in their team's channel, who turns out to play something else.

Owns:
    What was told and what is still to be told. It lies in a `Bulletin` and in `Beliefs` that the
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
from scooty.domain.troubles import Trouble
from scooty.i18n import ENGLISH
from scooty.notices.looking import look_around
from scooty.notices.restarts import Restarts
from scooty.notices.turn_watch import TurnWatch
from scooty.rendering.tidings import announcement, line_of
from scooty.storage.changed import GuildChanged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.discord_gateway.replies import Reply
    from scooty.domain.troubles import Tiding
    from scooty.i18n import Translator
    from scooty.notices.beliefs import Beliefs
    from scooty.notices.bulletin import Batch, Bulletin
    from scooty.notices.looking import Look
    from scooty.parts import Parts
    from scooty.storage.books.boards import BoardBook

__all__ = ["Herald"]

_LOOK_S: Final = 10.0
_CLOSED_S: Final = 600.0
_POST_S: Final = 7.5
_SUBSCRIBE_S: Final = 5.0


class Herald(AsyncioActor[LifeEvent | GuildChanged]):
    """Looks every ten seconds, and tells what is new.

    Args:
        parts: Whom to ask.
        channel_id: Where to tell; None for the log alone.
        translator: The operators' language.
        bulletin: What is known and was told.
        boards: Where it is read what teams believe of players.
        beliefs: What of it was told.
    """

    def __init__(  # noqa: PLR0913 - its surroundings, by name
        self,
        *,
        parts: Parts,
        channel_id: int | None,
        translator: Translator,
        bulletin: Bulletin,
        boards: BoardBook,
        beliefs: Beliefs,
    ) -> None:
        super().__init__()
        self._parts = parts
        self._channel_id = channel_id
        self._translator = translator
        self._bulletin = bulletin
        self._boards = boards
        self._beliefs = beliefs
        self._restarts = Restarts()
        self._closed_until_s = 0.0

    @override
    async def on_start(self) -> None:
        """Hear of restarts from now on, and begin to look."""
        self._turns = TurnWatch(
            self,
            boards=self._boards,
            gateway=self._parts.gateway,
            repository=self._parts.repository,
            channel_id=self._channel_id,
            beliefs=self._beliefs,
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

    def _log_all(self, news: Iterable[Tiding]) -> None:
        for tiding in news:
            log = self.log.bind(
                kind=tiding.trouble.kind,
                about=tiding.trouble.about,
                text=line_of(tiding, ENGLISH),
            )
            match tiding.state:
                case "began":
                    log.warning("notice.began")
                case "ended":
                    log.info("notice.ended", lasted_s=round(tiding.lasted_s))
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
        reply, count = announcement(batch.tidings, batch.left_out, self._translator)
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
        repr([(tiding.trouble.key, tiding.state, tiding.at) for tiding in batch.tidings])
    )
