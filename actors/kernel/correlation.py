"""One id for everything that follows from one outside event, over all hops.

The id lives in a context variable, so coroutines and child tasks inherit it, and it travels in
the envelope of every message. The variable's name makes structlog's ``merge_contextvars``
processor add it to every line as ``correlation_id``, without any code of ours.

Source: structlog.contextvars, which merges every context variable named ``structlog_*``.
"""

from __future__ import annotations

import itertools
import secrets
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

correlation_variable: ContextVar[str] = ContextVar("structlog_correlation_id")
"""For the kernel's own use; others call the functions below."""

_process_prefix = secrets.token_hex(4)
_counter = itertools.count(1)


def new_correlation_id() -> str:
    """Return a fresh id: random for this process, then counted, so that making one is cheap."""
    return f"{_process_prefix}-{next(_counter):x}"


def current_correlation_id() -> str:
    """Return the id of what is being handled now; a fresh one, kept, when there is none yet."""
    current = correlation_variable.get("")
    if not current:
        current = new_correlation_id()
        correlation_variable.set(current)
    return current


@contextmanager
def correlation(correlation_id: str) -> Iterator[str]:
    """Use ``correlation_id`` for everything that is sent or logged inside the block."""
    token = correlation_variable.set(correlation_id)
    try:
        yield correlation_id
    finally:
        correlation_variable.reset(token)
