"""Replaces the hooks of one actor object by ones that can be told to fail."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, Any, assert_never

from actors.testing.faults import (
    Cancel,
    CancelLate,
    Crash,
    Delay,
    HandlerFault,
    Hang,
    InjectedCrashError,
    Stall,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel import AsyncioActor, Message, ThreadActor


def hurt_asyncio_actor(
    actor: AsyncioActor[Any],
    *,
    next_fault: Callable[[], HandlerFault | None],
    after_start: Callable[[], None],
    in_hand: dict[asyncio.Task[Any], asyncio.AbstractEventLoop],
) -> None:
    """Put faults before the hooks of an unstarted actor.

    Args:
        actor: whose hooks to replace, on this object only.
        next_fault: returns what the message that has come is to suffer, if anything.
        after_start: called when ``on_start`` has returned; raises to make it fail.
        in_hand: keeps the tasks that are in a handler now.
    """
    start, receive = actor.on_start, actor.on_receive

    async def on_start() -> None:
        await start()
        after_start()

    async def on_receive(message: Message) -> object:
        task = asyncio.current_task()
        if task is not None:
            in_hand[task] = task.get_loop()
        try:
            fault = next_fault()
            if fault is not None:
                await _suffer(actor, fault)
            value = await receive(message)
            _crash_after_work(fault)
            if isinstance(fault, CancelLate) and task is not None:
                task.get_loop().call_soon(task.cancel)
            return value
        finally:
            if task is not None:
                in_hand.pop(task, None)

    actor.on_start = on_start  # type: ignore[method-assign]  # of this object only
    actor.on_receive = on_receive  # type: ignore[method-assign]  # the same


def hurt_thread_actor(
    actor: ThreadActor[Any],
    *,
    next_fault: Callable[[], HandlerFault | None],
    after_start: Callable[[], None],
) -> None:
    """Put faults before the hooks of an unstarted actor; as `hurt_asyncio_actor`."""
    start, receive = actor.on_start, actor.on_receive

    def on_start() -> None:
        start()
        after_start()

    def on_receive(message: Message) -> object:
        fault = next_fault()
        if fault is not None:
            _suffer_on_thread(fault)
        value = receive(message)
        _crash_after_work(fault)
        return value

    actor.on_start = on_start  # type: ignore[method-assign]  # of this object only
    actor.on_receive = on_receive  # type: ignore[method-assign]  # the same


async def _suffer(actor: AsyncioActor[Any], fault: HandlerFault) -> None:
    match fault:
        case Crash(after_work=after_work):
            _crash_before_work(after_work=after_work)
        case Cancel():
            raise asyncio.CancelledError
        case Hang():
            await asyncio.Event().wait()
        case Stall(seconds=seconds):
            time.sleep(seconds)  # noqa: ASYNC251 - holding the loop is what was ordered
        case CancelLate():
            pass  # it comes when the work is done
        case Delay(seconds=seconds):
            await actor.clock.sleep(seconds)
        case _:
            assert_never(fault)


def _suffer_on_thread(fault: HandlerFault) -> None:
    match fault:
        case Crash(after_work=after_work):
            _crash_before_work(after_work=after_work)
        case Cancel():
            raise asyncio.CancelledError
        case CancelLate():
            pass  # nobody can cancel a thread
        case Hang():
            threading.Event().wait()
        case Stall(seconds=seconds) | Delay(seconds=seconds):
            time.sleep(seconds)
        case _:
            assert_never(fault)


def _crash_before_work(*, after_work: bool) -> None:
    if not after_work:
        raise InjectedCrashError("the handler was told to fail before its work")


def _crash_after_work(fault: HandlerFault | None) -> None:
    if isinstance(fault, Crash) and fault.after_work:
        raise InjectedCrashError("the handler was told to fail after its work")
