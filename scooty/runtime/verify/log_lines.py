"""Log lines without errors: counts them by event, from what ``fly logs`` or a file holds.

A line may have anything before its JSON object, as ``fly logs`` writes it, or be an object that
holds the line as its ``message``, as ``fly logs --json`` does.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import orjson

from scooty.runtime.verify.findings import failed, ok

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scooty.runtime.verify.findings import Finding

_CHECK: Final = "logs"
_BAD: Final = frozenset({"error", "critical"})
_WORTH_A_LOOK: Final = "warning"
_TRACEBACK: Final = "Traceback (most recent call last)"


def check_logs(lines: Iterable[str]) -> Finding:
    """Judge log lines: none may be an error, and there has to be one at all."""
    read, bad, warnings = 0, Counter[str](), Counter[str]()
    for line in lines:
        event = _parse(line)
        if event is None:
            bad[_TRACEBACK] += _TRACEBACK in line
            continue
        read += 1
        name = str(event["event"])
        if event.get("level") in _BAD:
            bad[name] += 1
        elif event.get("level") == _WORTH_A_LOOK:
            warnings[name] += 1
    beside = f"; warnings: {_counted(warnings)}" if warnings else ""
    if +bad:
        return failed(
            _CHECK, f"errors in {read} lines: {_counted(+bad)}{beside}", "see the runbook on them"
        )
    if not read:
        return failed(
            _CHECK, "none of the lines is the bot's", "give it the bot's output: fly logs --no-tail"
        )
    return ok(_CHECK, f"{read} lines, none of them an error{beside}")


def _parse(line: str) -> dict[str, Any] | None:
    """Return what the bot has logged; None for a line that is not the bot's."""
    start = line.find("{")
    if start < 0:
        return None
    try:
        found = orjson.loads(line[start:])
    except orjson.JSONDecodeError:
        return None
    if not isinstance(found, dict):
        return None
    if "event" in found:
        return found
    inner = found.get("message")
    return _parse(inner) if isinstance(inner, str) else None


def _counted(events: Counter[str]) -> str:
    return ", ".join(f"{count} x {event}" for event, count in events.most_common())
