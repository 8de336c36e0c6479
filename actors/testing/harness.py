"""One actor alone, under a real supervisor, for the length of a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from actors.kernel import Address, AsyncioActor, ChildSpec, Clock, ThreadActor

__all__ = ["run_actor"]


def run_actor(
    subject: ChildSpec | AsyncioActor[Any] | ThreadActor[Any],
    *,
    clock: Clock | None = None,
) -> AbstractAsyncContextManager[Address]:
    """Run one actor and yield its address; stop it at the end of the block.

    Args:
        subject: a child spec, which is restarted as it says, or an unstarted actor, which is
            started once and not restarted.
        clock: what the actor sees as time.
    """
    raise NotImplementedError
