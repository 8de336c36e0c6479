"""A whole actor system for one measurement, run as in production: `ActorSystem.run`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from typing_extensions import override

from actors.kernel import ActorSystem, AsyncioActor, ChildSpec, RestartIntensity

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine, Sequence

    from bench.actors.line import LoopKind

__all__ = ["BRAVE", "loop_factory", "perform"]

T = TypeVar("T")

BRAVE = RestartIntensity(restarts=1_000_000, within_s=30.0)
"""For measurements that break things on purpose."""


def loop_factory(kind: LoopKind) -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes a loop of that kind; None for the default one."""
    if kind == "asyncio":
        return None
    import uvloop  # noqa: PLC0415 - not installed everywhere, and only this kind needs it

    return uvloop.new_event_loop


class _Conductor(AsyncioActor[Any]):
    """Runs the measurement beside the actors, on their loop, and stops the system after it."""

    def __init__(self, measure: Callable[[], Coroutine[Any, Any, None]]) -> None:
        super().__init__()
        self._measure = measure

    @override
    async def on_start(self) -> None:
        self.spawn(self._measure(), name="measurement")


def perform(
    kind: LoopKind,
    build: Callable[[ActorSystem], Sequence[ChildSpec]],
    score: Callable[[ActorSystem], Coroutine[Any, Any, T]],
    *,
    intensity: RestartIntensity | None = None,
) -> T:
    """Run ``score`` as a coroutine on the main loop of a system with the children of ``build``.

    The supervisor has its own thread and the watchdog watches both loops, as in production.
    """
    system = ActorSystem(intensity=intensity, loop_factory=loop_factory(kind))
    specs = build(system)
    results: list[T] = []
    errors: list[BaseException] = []

    async def measure() -> None:
        try:
            results.append(await score(system))
        except BaseException as error:  # noqa: BLE001 - raised again below, in the caller
            errors.append(error)
        system.stop()

    conductor = ChildSpec(
        name="conductor",
        start=lambda: _Conductor(measure),
        after=tuple(spec.name for spec in specs),
        restart="temporary",
    )
    code = system.run([*specs, conductor])
    if errors:
        raise errors[0]
    if code or not results:
        raise RuntimeError(f"the actor system ended with {code} before the measurement did")
    return results[0]
