"""In which order children start, and what makes a set of specs impossible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from actors.kernel.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Ordered(Protocol):
    """A spec, as far as order is concerned."""

    @property
    def name(self) -> str:
        """The child's name."""
        ...

    @property
    def after(self) -> tuple[str, ...]:
        """Who must be ready first."""
        ...


S = TypeVar("S", bound=Ordered)


def start_order(specs: Sequence[S]) -> list[S]:
    """Return the specs so that each comes after those it names, else in the order given.

    Raises:
        SpecError: a name occurs twice, ``after`` names a stranger, or the names form a cycle.
    """
    names = [spec.name for spec in specs]
    refuse_duplicates(names)
    for spec in specs:
        for name in spec.after:
            if name not in names:
                raise SpecError(f"{spec.name}: it is to start after {name}, which is no sibling")
    order: list[S] = []
    placed: set[str] = set()
    waiting = list(specs)
    while waiting:
        ready = next((spec for spec in waiting if placed.issuperset(spec.after)), None)
        if ready is None:
            raise SpecError(f"a cycle in after: {' -> '.join(_find_cycle(waiting))}")
        waiting.remove(ready)
        order.append(ready)
        placed.add(ready.name)
    return order


def refuse_duplicates(names: Sequence[str]) -> None:
    """Raise a `SpecError` that says which name occurs twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise SpecError(f"two children have the name {name}")
        seen.add(name)


def _find_cycle(waiting: Sequence[Any]) -> list[str]:
    by_name = {spec.name: spec for spec in waiting}
    path = [waiting[0].name]
    while True:
        following = next(name for name in by_name[path[-1]].after if name in by_name)
        if following in path:
            return [*path[path.index(following) :], following]
        path.append(following)
