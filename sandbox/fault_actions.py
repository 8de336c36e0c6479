"""Carries out a fault that somebody asked for on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.faults import FAULT_KINDS

if TYPE_CHECKING:
    from sandbox.faults import FaultKind
    from sandbox.state import State


def inject(state: State, kind: FaultKind, value: float | bool) -> None:  # noqa: FBT001 - JSON value
    """Do a one-shot fault now, or set a standing one.

    Args:
        state: The sandbox.
        kind: Which fault.
        value: A share (0 to 1), milliseconds, or for ``invalid_session`` whether the bot may
            resume (true) or must identify anew.

    Raises:
        ValueError: For a kind that does not exist.
    """
    if kind not in FAULT_KINDS:
        raise ValueError(f"there is no fault {kind!r}")
    match kind:
        case "drop_gateway":
            state.gateway.drop_connections()
        case "reconnect":
            state.gateway.ask_to_reconnect()
        case "invalid_session":
            state.gateway.invalidate_sessions(resumable=value is True)
        case "rate_limit" | "server_error" | "latency":
            state.faults.set(kind, float(value))
    state.trace.add("gateway", f"fault: {kind} {value}")
    state.pages.broadcast({"t": "faults", "active": state.faults.list_active()})
