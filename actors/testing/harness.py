"""One actor alone, under a real supervisor, for the length of a block."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from actors.kernel import ActorSystem, Address, ChildSpec, Message, RestartIntensity

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import AsyncioActor, Clock, ThreadActor

M = TypeVar("M", bound=Message)


@asynccontextmanager
async def run_actor(
    subject: ChildSpec[M] | AsyncioActor[M] | ThreadActor[M],
    *,
    clock: Clock | None = None,
) -> AsyncIterator[Address[M]]:
    """Run one actor and yield its address when it is ready; stop it at the end of the block.

    Args:
        subject: a child spec, which is restarted as it says, or an unstarted actor, which is
            started once and not restarted; its start errors are raised here.
        clock: what the actor sees as time, for instance a `ManualClock`.
    """
    if isinstance(subject, ChildSpec):
        spec = subject
    else:
        actor = subject
        name = type(actor).__name__
        spec = ChildSpec(name=name, start=lambda: actor, mailbox_size=1000)
    is_spec = subject is spec
    intensity = RestartIntensity(restarts=1000 if is_spec else 0)
    system = ActorSystem(clock=clock, intensity=intensity)
    address = system.address(spec)
    async with system.running([spec]):
        yield address
