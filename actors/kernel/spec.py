"""How a child is started, fed, watched and restarted."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeAlias, get_args

from typing_extensions import TypeVar

from actors.kernel.errors import SpecError
from actors.kernel.messages import Message
from actors.kernel.start_order import start_order

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from actors.kernel.kind import Kind

# Covariant, so that checkers find one type for a list of several children.
M_contra = TypeVar("M_contra", bound=Message, contravariant=True)
M_co = TypeVar("M_co", bound=Message, covariant=True, default=Any)

Overflow: TypeAlias = Literal["block", "reject", "drop_new", "drop_old"]
"""What a full mailbox does: ``block`` lets asks wait for room within their deadline and refuses
tells; ``reject`` refuses both; ``drop_new`` swallows the new message; ``drop_old`` the oldest."""

Restart: TypeAlias = Literal["permanent", "transient", "temporary"]
"""When an ended child is started again: always; after a failure only; never."""

Strategy: TypeAlias = Literal["one_for_one", "rest_for_one", "one_for_all"]
"""Who is restarted with a failed child: nobody; those after it in start order; all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """How long to wait before the next incarnation: growing, capped, and never in step."""

    first_s: float = 0.1
    factor: float = 2.0
    max_s: float = 5.0
    jitter: float = 0.2
    """Each delay is scaled by a random factor from ``1 - jitter`` to ``1 + jitter``."""
    reset_after_s: float = 30.0
    """A running time after which the next failure counts as the first again."""

    def __post_init__(self) -> None:
        for label in ("first_s", "max_s", "reset_after_s"):
            _check_number("a back-off", label, getattr(self, label), least=0)
        _check_number("a back-off", "factor", self.factor, least=1)
        _check_number("a back-off", "jitter", self.jitter, least=0)
        if self.jitter > 1:
            raise SpecError(f"a back-off: jitter is {self.jitter:g}, must be 1 or less")

    def delay_s(self, failures: int, *, draw: Callable[[], float] = random.random) -> float:
        """Return the delay after the ``failures``-th failure in a row, 1 for the first."""
        exponent = min(failures - 1, 64)
        delay_s = min(self.max_s, self.first_s * self.factor**exponent)
        return delay_s * (1.0 + self.jitter * (2.0 * draw() - 1.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class RestartIntensity:
    """A supervisor gives up at the first restart beyond ``restarts`` within ``within_s``."""

    restarts: int = 5
    within_s: float = 30.0

    def __post_init__(self) -> None:
        if self.restarts < 0:
            raise SpecError(f"a restart intensity of {self.restarts} restarts, must be 0 or more")
        if not self.within_s > 0:
            raise SpecError(f"a restart intensity within {self.within_s:g} s, must be more than 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSpec(Generic[M_co]):
    """One child of a supervisor; refused when built if it cannot work."""

    name: str
    start: Callable[[], Kind[M_co]]
    """Builds a fresh, unstarted incarnation; called on the main loop's thread."""
    after: tuple[str, ...] = ()
    """Names of children that must be ready before this one starts, and outlive it."""
    mailbox_size: int = 100
    overflow: Overflow = "reject"
    concurrency: int = 1
    """Messages handled at once. An actor that awaits others needs more than one."""
    start_timeout_s: float = 10.0
    stop_timeout_s: float = 5.0
    handle_timeout_s: float = 30.0
    """How long one message may take, time spent waiting for other actors not counted."""
    backoff: Backoff = field(default_factory=Backoff)
    restart: Restart = "permanent"
    order_by: Callable[[Message], Hashable | None] | None = None
    """Messages with the same key are handled one after the other, in the order they came, even
    under a higher concurrency; None as a key means that order does not matter."""

    def __post_init__(self) -> None:
        _check_name(self.name, self.after)
        _check_start(self.name, self.start)
        check_word(self.name, "overflow", self.overflow, Overflow)
        check_word(self.name, "restart", self.restart, Restart)
        for label in ("mailbox_size", "concurrency"):
            _check_number(self.name, label, getattr(self, label), least=1)
        for label in ("start_timeout_s", "stop_timeout_s", "handle_timeout_s"):
            _check_number(self.name, label, getattr(self, label))


class Starts(Protocol[M_contra]):
    """For checkers: a child spec of an actor that takes ``M``, and maybe more."""

    @property
    def name(self) -> str:
        """The child's name."""
        ...

    @property
    def start(self) -> Callable[[], Kind[M_contra]]:
        """Builds an incarnation."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorSpec:
    """A supervisor under a supervisor: a group of children with a strategy of its own.

    It is ready when all its children are. When it gives up, that is a failure of it, which the
    supervisor above deals with as its own intensity allows.
    """

    name: str
    children: tuple[ChildSpec | SupervisorSpec, ...]
    after: tuple[str, ...] = ()
    strategy: Strategy = "one_for_one"
    intensity: RestartIntensity = field(default_factory=RestartIntensity)
    start_timeout_s: float = 60.0
    stop_timeout_s: float = 30.0
    backoff: Backoff = field(default_factory=Backoff)
    restart: Restart = "permanent"

    def __post_init__(self) -> None:
        _check_name(self.name, self.after)
        check_word(self.name, "strategy", self.strategy, Strategy)
        check_word(self.name, "restart", self.restart, Restart)
        for label in ("start_timeout_s", "stop_timeout_s"):
            _check_number(self.name, label, getattr(self, label))
        start_order(self.children)


def _check_name(name: str, after: tuple[str, ...]) -> None:
    if not name:
        raise SpecError("a child spec has an empty name")
    if name in after:
        raise SpecError(f"{name}: it is to start after itself")


def _check_number(name: str, label: str, value: Any, *, least: int | None = None) -> None:
    bound = "more than 0" if least is None else f"{least} or more"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not (value > 0 if least is None else value >= least):
        shown = f"{value:g}" if is_number else repr(value)
        raise SpecError(f"{name}: {label} is {shown}, must be {bound}")


def check_word(name: str, label: str, value: Any, words: Any) -> None:
    """Raise a `SpecError` that names the words allowed, unless ``value`` is one of them."""
    if value not in get_args(words):
        raise SpecError(
            f"{name}: {label} is {value!r}, must be one of {', '.join(get_args(words))}"
        )


def _check_start(name: str, start: Any) -> None:
    is_other_class = isinstance(start, type) and not hasattr(start, "is_actor_kind")
    if not callable(start) or is_other_class:
        raise SpecError(
            f"{name}: start is {start!r}, must be what builds an AsyncioActor or a ThreadActor"
        )


def all_names(specs: Sequence[ChildSpec | SupervisorSpec]) -> list[str]:
    """Return the names of all specs, those of nested supervisors' children among them."""
    names: list[str] = []
    for spec in specs:
        names.append(spec.name)
        if isinstance(spec, SupervisorSpec):
            names.extend(all_names(spec.children))
    return names
