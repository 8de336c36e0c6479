"""Actors by key: one for each guild, table or customer, there while it is needed.

A front actor takes all messages and hands each to the actor of its key, which it starts at the
first one and stops when it has been idle. What an actor of a key must keep over that belongs into a
database, as over a restart.

Owns: who is there, and since when nobody needed them.
Loses at restart: both; the actors of keys stay, and each is found again at its next message.
Failure modes: one key's failure is that key's alone. A ``key`` that raises ends the front.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, TypeVar

from typing_extensions import override

from actors.kernel.actor import AsyncioActor
from actors.kernel.child_messages import ChildRefused, StartChild, StopChild
from actors.kernel.messages import Message
from actors.kernel.spec import ChildSpec, RestartIntensity, SupervisorSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from actors.kernel.address import Address
    from actors.kernel.kind import Kind

K = TypeVar("K", bound="Hashable")
M = TypeVar("M", bound=Message)
_ASK_S = 5.0
_MOST_STARTS = 16
"""Messages that wait for a start at once."""


def by_key(  # noqa: PLR0913 - independent settings, given by name
    *,
    name: str,
    key: Callable[[M], K],
    start: Callable[[K], Kind[M]],
    idle_after_s: float,
    most: int,
    mailbox_size: int = 100,
    after: tuple[str, ...] = (),
    intensity: RestartIntensity | None = None,
) -> tuple[ChildSpec[M], SupervisorSpec]:
    """Return the child spec whose address takes the messages, and the group to run it in.

    Args:
        name: of the front actor; the actor of key 7 is ``f"{name}/7"``, the group ``f"{name}s"``.
        key: whose message it is; the same messages of one key are handled in their order.
        start: builds an incarnation of a key's actor.
        idle_after_s: how long nobody needs an actor before it is stopped.
        most: actors at once. One that has nothing to do makes room for another key; when none has,
            that key's message is refused as by a full mailbox.
        mailbox_size: of the front, and of each key's actor.
        after: whom the group starts after.
        intensity: how many restarts of keys' actors the group bears.
    """

    def spec_of(its_key: K) -> ChildSpec[M]:
        return ChildSpec(
            name=f"{name}/{its_key}",
            start=lambda: start(its_key),
            mailbox_size=mailbox_size,
            restart="transient",
        )

    front: ChildSpec[M] = ChildSpec(
        name=name,
        start=lambda: _Front(key=key, spec_of=spec_of, idle_after_s=idle_after_s, most=most),
        mailbox_size=mailbox_size,
        concurrency=_MOST_STARTS,
        order_by=key,  # type: ignore[arg-type] # only its messages come
    )
    group = SupervisorSpec(
        name=f"{name}s",
        children=(front,),
        after=after,
        intensity=intensity or RestartIntensity(),
    )
    return front, group


class _Front(AsyncioActor[Any]):
    finishes_expired = True  # a start or a stop that was asked for is noted

    def __init__(
        self,
        *,
        key: Callable[[Any], Any],
        spec_of: Callable[[Any], ChildSpec[Any]],
        idle_after_s: float,
        most: int,
    ) -> None:
        super().__init__()
        self._key = key
        self._spec_of = spec_of
        self._idle_after_s = idle_after_s
        self._most = most
        self._members: OrderedDict[Any, _Member] = OrderedDict()
        """The one that was needed last comes last."""

    @override
    async def on_start(self) -> None:
        self.spawn(self._stop_idle(), name="stop idle")

    @override
    async def on_receive(self, message: Any) -> None:
        key = self._key(message)
        member = self._members.get(key)
        if member is None or member.cell.mailbox.closed:
            member = await self._begin(key)
        if member is None:
            self.refuse()
            return
        member.used_at_s = self.clock.monotonic_s()
        self._members[key] = member
        self._members.move_to_end(key)
        self.forward(member.address)

    async def _begin(self, key: Any) -> _Member | None:
        if len(self._members) >= self._most:
            idle = next((k for k, member in self._members.items() if member.cell.is_idle), None)
            if idle is None:
                return None
            await self._end(idle)
        answer = await self.supervisor.ask(StartChild(spec=self._spec_of(key)), timeout_s=_ASK_S)
        if isinstance(answer, ChildRefused):
            return None
        return _Member(answer.address)

    async def _end(self, key: Any) -> None:
        # Whatever comes for it from now on waits for its next start, which is asked for after this.
        name = self._members.pop(key).address.name
        await self.supervisor.ask(StopChild(name=name), timeout_s=_ASK_S)

    async def _stop_idle(self) -> None:
        while True:
            await self.clock.sleep(self._idle_after_s / 2)
            since_s = self.clock.monotonic_s() - self._idle_after_s
            for key, member in list(self._members.items()):
                if member.used_at_s <= since_s and member.cell.is_idle and key in self._members:
                    await self._end(key)


class _Member:
    def __init__(self, address: Address[Any]) -> None:
        self.address = address
        self.cell = address._cell  # noqa: SLF001 - the kernel's own
        self.used_at_s = 0.0
