"""Whether a message can change after it was sent: a check for tests, since it costs time."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta, tzinfo
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import partial
from pathlib import PurePath
from types import FunctionType, MappingProxyType, MethodType
from uuid import UUID

_ATOMS = (
    *(type(None), bool, int, float, complex, str, bytes, type, Enum, Decimal, Fraction, UUID),
    *(date, time, timedelta, tzinfo, PurePath, re.Pattern, FunctionType, MethodType, partial),
    BaseException,
)


def require_frozen(message: object) -> None:
    """Raise a `TypeError` that says what in a message can change, if anything can."""
    found = find_mutable(message, type(message).__name__)
    if found is not None:
        raise TypeError(f"{found}, which can change after it was sent")


def find_mutable(value: object, path: str) -> str | None:
    """Return where in ``value`` something can change, and of what type it is; None if nowhere.

    Frozen are plain values, tuples, frozen sets, read-only mappings and frozen dataclasses of
    frozen values, and whatever else has a hash that is not its identity.
    """
    if isinstance(value, _ATOMS):
        return None
    if isinstance(value, tuple | frozenset):
        inner = ((f"{path}[{number}]", each) for number, each in enumerate(value))
    elif isinstance(value, MappingProxyType):
        inner = ((f"{path}[{key!r}]", each) for key, each in value.items())
    elif is_dataclass(value) and getattr(type(value), "__dataclass_params__").frozen:  # noqa: B009
        inner = ((f"{path}.{each.name}", getattr(value, each.name)) for each in fields(value))
    elif type(value).__hash__ in (None, object.__hash__):
        return f"{path} is of type {type(value).__name__}"
    else:
        return None
    return next((found for where, each in inner if (found := find_mutable(each, where))), None)
