"""A thread that watches event loops: the actors' and the supervisor's own.

It asks each loop, four times a second, to set a mark. A loop that has not done so for long is
stuck: some code holds its thread. Nothing in the process can mend that, so the line that holds it
is reported and the process ends, for the platform to start a new one.

Rounds are counted, not seconds, so that a process that was suspended is not taken for stuck.
"""

from __future__ import annotations

import linecache
import os
import sys
import threading
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from actors.kernel.log import flush, say

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

EXIT_SOFTWARE = 70
"""The exit code for a fault that only a new process can mend. Source: sysexits.h."""

_ROUND_S = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckLoop:
    """What holds an event loop."""

    loop: str
    line: str
    """File, line number, function, and the source line itself."""
    stack: str


class _Watched:
    def __init__(self, name: str, loop: asyncio.AbstractEventLoop, thread_id: int) -> None:
        self.name = name
        self.loop = loop
        self.thread_id = thread_id
        self.missed_rounds = 0
        self._is_asked = False

    def ask(self) -> None:
        self.missed_rounds += 1
        if self._is_asked:
            return
        self._is_asked = True
        try:
            self.loop.call_soon_threadsafe(self._answer)
        except RuntimeError:  # closed in good order
            self.missed_rounds = 0
            self._is_asked = False

    def _answer(self) -> None:
        self.missed_rounds = 0
        self._is_asked = False

    def describe(self) -> StuckLoop:
        frame = sys._current_frames().get(self.thread_id)  # noqa: SLF001 - the one way to see another thread
        if frame is None:
            return StuckLoop(loop=self.name, line="unknown", stack="")
        path, number = frame.f_code.co_filename, frame.f_lineno
        source = linecache.getline(path, number).strip()
        line = f"{path}:{number} in {frame.f_code.co_name}: {source}"
        return StuckLoop(loop=self.name, line=line, stack="".join(traceback.format_stack(frame)))


class Watchdog(threading.Thread):
    """Watches loops until `stop`.

    Args:
        stuck_after_s: how long a loop may be held; a stuck one is found up to half a second later.
        on_stuck: what to do then; by default, log it and end the process with exit code 70.
    """

    def __init__(
        self, *, stuck_after_s: float, on_stuck: Callable[[StuckLoop], None] | None = None
    ) -> None:
        super().__init__(name="actor-watchdog", daemon=True)
        self._rounds = max(2, round(stuck_after_s / _ROUND_S))
        self._on_stuck = on_stuck or _report_and_exit
        self._watched: list[_Watched] = []
        self._stopped = threading.Event()

    def watch(self, name: str, loop: asyncio.AbstractEventLoop) -> None:
        """Watch ``loop``; call it on the loop's own thread."""
        self._watched.append(_Watched(name, loop, threading.get_ident()))

    def stop(self) -> None:
        """End the watch."""
        self._stopped.set()

    @override
    def run(self) -> None:
        """Go round until stopped; on the watchdog's thread."""
        while not self._stopped.wait(_ROUND_S):
            for watched in tuple(self._watched):
                watched.ask()
                if watched.missed_rounds > self._rounds:
                    self._on_stuck(watched.describe())
                    return


def _report_and_exit(stuck: StuckLoop) -> None:
    say("critical", "loop.stuck", loop=stuck.loop, line=stuck.line, stack=stuck.stack)
    flush()
    os._exit(EXIT_SOFTWARE)
