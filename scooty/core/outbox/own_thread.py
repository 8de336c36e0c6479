"""One thread for what blocks: a disk may take seconds, and an event loop must not.

Not ``asyncio.to_thread``: the jobs of one SQLite connection belong to one thread, in order, and the
interpreter waits at its exit for the threads of a pool. This one is a daemon, so that a disk that
hangs for ever cannot keep the process. Not an actor of its own either: what is on the disk and
what is in the outbox's memory have to change together, and between two actors every lost answer
would leave them apart.
"""

from __future__ import annotations

import asyncio
import threading
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_Job: TypeAlias = "tuple[Callable[[], Any], asyncio.AbstractEventLoop, asyncio.Future[Any]]"


class OwnThread:
    """Runs jobs one after the other, in the order in which they were given.

    Args:
        name: The thread's name, for stack dumps.
    """

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        threading.Thread(target=self._work, name=name, daemon=True).start()

    async def run(self, job: Callable[[], T]) -> T:
        """Run ``job`` on the thread; what it raises is raised here.

        A job that was given is done, even when nobody waits for it any more.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put((job, loop, future))
        return await future

    def end(self) -> None:
        """End the thread after the jobs that were given; does not wait."""
        self._jobs.put(None)

    def _work(self) -> None:
        while (given := self._jobs.get()) is not None:
            job, loop, future = given
            try:
                value = job()
            except Exception as error:  # noqa: BLE001 - it is raised where the job was given
                _tell(loop, _fail, future, error)
            else:
                _tell(loop, _resolve, future, value)


def _tell(loop: asyncio.AbstractEventLoop, *call: Any) -> None:
    try:
        loop.call_soon_threadsafe(*call)
    except RuntimeError:
        return  # the loop is closed: nobody waits any more


def _resolve(future: asyncio.Future[Any], value: object) -> None:
    if not future.done():
        future.set_result(value)


def _fail(future: asyncio.Future[Any], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
