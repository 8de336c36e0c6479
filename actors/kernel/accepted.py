"""Which messages an actor class handles, read from its own type argument."""

from __future__ import annotations

import types
from typing import Any, TypeVar, Union, get_args, get_origin

from actors.kernel.exits import HangOnPurpose

_cache: dict[type, tuple[type, ...] | None] = {}


def accepts(actor_class: type, message: object) -> bool:
    """Whether ``class Desk(AsyncioActor[A | B])`` has an arm for a message.

    A class that names no types, as under ``AsyncioActor[Any]``, is taken to handle everything.
    """
    if actor_class not in _cache:
        _cache[actor_class] = _declared(actor_class)
    declared = _cache[actor_class]
    return declared is None or isinstance(message, (*declared, HangOnPurpose))


def _declared(actor_class: type) -> tuple[type, ...] | None:
    for ancestor in actor_class.__mro__:
        for base in ancestor.__dict__.get("__orig_bases__", ()):
            arguments = get_args(base)
            origin = get_origin(base)
            if arguments and isinstance(origin, type) and hasattr(origin, "is_actor_kind"):
                found = _flatten(arguments[0])
                return tuple(found) if found is not None else None
    return None


def _flatten(declared: Any) -> list[type] | None:
    if get_origin(declared) in (Union, types.UnionType):
        parts = [_flatten(part) for part in get_args(declared)]
        if any(part is None for part in parts):
            return None
        return [item for part in parts if part is not None for item in part]
    origin = get_origin(declared) or declared
    # From Python 3.11 on, Any is a class, but not one for isinstance.
    if origin is Any or isinstance(origin, TypeVar) or not isinstance(origin, type):
        return None  # a type variable, Any, or a name that is not resolved at run time
    return [origin]
