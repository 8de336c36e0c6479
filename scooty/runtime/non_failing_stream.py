"""A stream for log lines that outlives whoever reads them.

Whoever reads standard output may end (``scooty run | tee``), and a disk may be full. A line that is
not written is lost; that is no reason for the bot to stop answering, or not to stop when told.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO


class NonFailingStream:
    """Writes to another stream, and never raises.

    Args:
        stream: Where to write, as long as that is possible.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def isatty(self) -> bool:
        """Tell whether a person looks at the stream."""
        return self._stream.isatty()

    def write(self, text: str) -> int:
        """Write, or lose the text."""
        self._attempt(lambda: self._stream.write(text))
        return len(text)

    def flush(self) -> None:
        """Hand over what was written, or lose it."""
        self._attempt(self._stream.flush)

    def _attempt(self, step: Callable[[], object]) -> None:
        try:
            step()
        except BrokenPipeError:
            self._write_nowhere()
        except (OSError, ValueError):  # no room, or closed already
            pass

    def _write_nowhere(self) -> None:
        """Let the stream go on into nothing, or Python would end with 120 over its last flush.

        Source: https://docs.python.org/3/library/signal.html#note-on-sigpipe
        """
        with suppress(OSError, ValueError):
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, self._stream.fileno())
            os.close(nothing)
