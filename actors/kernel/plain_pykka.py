"""Plain Pykka actors as children of a supervisor, unchanged."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import pykka
from typing_extensions import override

from actors.kernel.errors import SpecError
from actors.kernel.thread_actor import ThreadActor

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T", bound=pykka.ThreadingActor)


def plain_pykka(
    actor: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> Callable[[], ThreadActor[Any]]:
    """Return what a `ChildSpec` starts: ``start=plain_pykka(Counter, 3)`` for ``Counter.start(3)``.

    Each incarnation is a new ``Counter``, on a thread of its own. `pykka.ActorRegistry` has its
    reference, for ``ask``, ``tell``, ``proxy`` and ``stop``; as in Pykka, it dies with it, while
    the address from `ActorSystem.address` stays good.

    Raises:
        SpecError: when a child is started: it is no plain `pykka.ThreadingActor`.
    """
    return lambda: _Adapter(actor(*args, **kwargs))


class _Adapter(ThreadActor[Any]):
    def __init__(self, plain: pykka.ThreadingActor) -> None:
        super().__init__()
        if hasattr(plain, "is_actor_kind"):
            raise SpecError(f"{type(plain).__name__} is no plain pykka.ThreadingActor")
        self._plain = plain
        plain.actor_urn = self.actor_urn
        plain.actor_inbox = self.actor_inbox
        plain.actor_stopped = self.actor_stopped
        plain._actor_ref = self._actor_ref = pykka.ActorRef(plain)  # noqa: SLF001 - Pykka's own

    @override
    def on_start(self) -> None:
        self._plain.on_start()

    @override
    def on_receive(self, message: Any) -> object:
        try:
            return self._plain._handle_receive(message)  # noqa: SLF001 - proxies are resolved there
        except BaseException:
            self._plain.on_failure(*sys.exc_info())
            raise

    @override
    def on_stop(self) -> None:
        self._plain.on_stop()
