from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import override

from actors.kernel import ActorSystem, AsyncioActor, ChildSpec

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Idle(AsyncioActor[Any]):
    pass


class _CountedNames(tuple[str, ...]):
    looks = 0

    __slots__ = ()

    @override
    def __iter__(self) -> Iterator[str]:
        type(self).looks += 1
        return super().__iter__()


async def test_a_supervisor_looks_for_who_may_start_once_for_many_ready_children() -> None:
    first = [ChildSpec(name=f"first{number}", start=_Idle) for number in range(300)]
    names = _CountedNames(spec.name for spec in first)
    last = ChildSpec(name="last", start=_Idle, after=names)
    system = ActorSystem()

    async with system.running([*first, last]):
        looks = _CountedNames.looks

    assert looks < 30
