"""A repository that outlives a test: no pool, and no plans of functions, made anew for each."""

from __future__ import annotations

import asyncio
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from actors.kernel import ActorSystem, ChildSpec
from actors.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from actors.kernel import Address
    from actors.repository.connection import Connection

__all__ = ["standing_repository"]


@contextmanager
def standing_repository(connect: Callable[[], Connection]) -> Iterator[Address]:
    """Run a repository on a thread and a loop of its own; each test asks it from its own loop."""
    system = ActorSystem()
    spec = ChildSpec(name="repository", start=lambda: Repository(connect()), concurrency=16)
    ready: Future[Callable[[], object]] = Future()

    async def stay() -> None:
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        async with system.running([spec]):
            ready.set_result(partial(loop.call_soon_threadsafe, over.set))
            await over.wait()

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="standing") as threads:
        life = threads.submit(lambda: asyncio.run(stay()))
        either: tuple[Future[Any], ...] = (life, ready)
        wait(either, return_when=FIRST_COMPLETED)
        if not ready.done():
            life.result()
        end = ready.result(timeout=0)
        try:
            yield system.address("repository")
        finally:
            end()
            life.result()
