"""The two signals that ask a process to stop."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from actors.kernel.errors import ActorKitError

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterator

_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_is_taken = threading.Event()
"""Set while a loop of this process takes them."""


@contextmanager
def taking_stop_signals(
    loop: asyncio.AbstractEventLoop, take: Callable[[signal.Signals], None]
) -> Iterator[None]:
    """Call ``take`` on ``loop`` for each SIGTERM and SIGINT of this process, not of its forks."""
    for number in _STOP_SIGNALS:
        loop.add_signal_handler(number, take, number)
    _is_taken.set()
    try:
        yield
    finally:
        _is_taken.clear()


def check_main_thread() -> None:
    """Raise where no signals can be taken."""
    if threading.current_thread() is not threading.main_thread():
        raise ActorKitError(
            "run() takes the signals that stop the process, which only its main thread can;"
            " elsewhere use `async with system.running(specs)`"
        )


# A fork shares the socket by which the parent's loop hears of signals: without what follows, one
# that is terminated goes on, and its parent stops.


class _Mask(threading.local):
    before: set[int | signal.Signals] | None = None


_mask = _Mask()


def _hold_back() -> None:
    if _is_taken.is_set():
        _mask.before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)


def _let_through() -> None:
    if _mask.before is not None:
        signal.pthread_sigmask(signal.SIG_SETMASK, _mask.before)
        _mask.before = None


def _leave_to_parent() -> None:
    if _is_taken.is_set():
        _is_taken.clear()
        signal.set_wakeup_fd(-1)
        for number in _STOP_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
    _let_through()


os.register_at_fork(
    before=_hold_back, after_in_parent=_let_through, after_in_child=_leave_to_parent
)
