"""Plain Pykka actors under the supervisor, and what the kit changes for them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pykka
import pytest
from typing_extensions import override

from actors.kernel import (
    ActorEnded,
    ActorFailedError,
    ActorRestarted,
    ActorSystem,
    ChildSpec,
    SpecError,
    Subscribe,
    ThreadActor,
    Watch,
    plain_pykka,
)
from actors.testing import Probe

if TYPE_CHECKING:
    from types import TracebackType


class Counter(pykka.ThreadingActor):
    def __init__(self, first: int, *, notes: list[str]) -> None:
        super().__init__()
        self.total = first
        self._notes = notes

    @override
    def on_start(self) -> None:
        self._notes.append("start")

    @override
    def on_stop(self) -> None:
        self._notes.append("stop")

    @override
    def on_failure(
        self,
        exception_type: type[BaseException] | None,
        exception_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._notes.append(f"failure {exception_value!r}")

    @override
    def on_receive(self, message: Any) -> Any:
        self.total += message["add"]
        return self.total

    def add(self, amount: int) -> int:
        self.total += amount
        return self.total


def reference() -> pykka.ActorRef[Counter]:
    return pykka.ActorRegistry.get_by_class(Counter)[0]


async def test_a_plain_actor_is_asked_told_and_called_through_its_own_reference() -> None:
    notes: list[str] = []
    spec = ChildSpec(name="counter", start=plain_pykka(Counter, 3, notes=notes))

    async with ActorSystem().running([spec]):
        ref = reference()
        asked = await asyncio.to_thread(ref.ask, {"add": 1}, timeout=5)
        called = await asyncio.to_thread(lambda: ref.proxy().add(2).get(timeout=5))
        total = await asyncio.to_thread(lambda: ref.proxy().total.get(timeout=5))

    assert (asked, called, total) == (4, 6, 6)
    assert notes == ["start", "stop"]
    assert pykka.ActorRegistry.get_by_class(Counter) == []


async def test_a_plain_actor_that_fails_is_told_so_and_started_anew() -> None:
    notes: list[str] = []
    system, probe = ActorSystem(), Probe()
    spec = ChildSpec(name="counter", start=plain_pykka(Counter, 3, notes=notes))

    async with system.running([spec]):
        before = reference()
        await system.supervisor.ask(Subscribe(subscriber=probe.address), timeout_s=5)
        with pytest.raises(ActorFailedError):
            await asyncio.to_thread(before.ask, {}, timeout=5)
        restarted = await probe.expect(ActorRestarted, timeout_s=5)
        after = await asyncio.to_thread(reference().ask, {"add": 0}, timeout=5)

    assert restarted.kind == "KeyError"
    assert not before.is_alive()
    assert notes == ["start", "failure KeyError('add')", "stop", "start", "stop"]
    assert after == 3


async def test_a_plain_actors_own_stop_is_an_end_in_good_order() -> None:
    system, probe = ActorSystem(), Probe()
    spec = ChildSpec(name="counter", start=plain_pykka(Counter, 3, notes=[]), restart="transient")

    async with system.running([spec]):
        await system.supervisor.ask(Watch(name="counter", watcher=probe.address), timeout_s=5)
        await asyncio.to_thread(reference().stop)
        ended = await probe.expect(ActorEnded, timeout_s=5)

    assert (ended.kind, ended.is_final) == (None, True)


class Own(ThreadActor[Any]):
    pass


def test_an_actor_of_the_kit_needs_no_adapter_and_gets_none() -> None:
    with pytest.raises(SpecError, match=r"^Own is no plain pykka\.ThreadingActor$"):
        plain_pykka(Own)()
