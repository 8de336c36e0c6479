"""Calls that hop to the thread of an event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

running_loop = asyncio._get_running_loop  # noqa: SLF001 - the C accessor: no exception when none


def call_on(
    loop: asyncio.AbstractEventLoop, function: Callable[..., object], *arguments: Any
) -> None:
    """Call on the thread of ``loop``: now when this is it, else soon; never when it is closed."""
    if running_loop() is loop:
        function(*arguments)
    else:
        post_to(loop, function, *arguments)


def post_to(
    loop: asyncio.AbstractEventLoop, function: Callable[..., object], *arguments: Any
) -> None:
    """Call on the thread of ``loop``, soon, from any thread; never when it is closed."""
    try:
        loop.call_soon_threadsafe(function, *arguments)
    except RuntimeError:  # closed: there is nothing left that the call could concern
        return
