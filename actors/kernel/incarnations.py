"""What a supervisor does to its children: start the next incarnation, stop one, end one at once.

All functions are called on the supervisor's loop and act on the loop of the child.
"""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

from actors.kernel.children import Child, Phase
from actors.kernel.exits import Exit
from actors.kernel.loops import call_on
from actors.kernel.starting import start_incarnation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from actors.kernel.cell import Cell, Run


def start_child(child: Child) -> None:
    """Start the child's next incarnation and set the deadline by which it has to be ready."""
    cell = child.cell
    child.number = cell.number + 1
    cell.number = child.number
    if child.number > 1:
        cell.restarts += 1
    cell.state = "starting"
    child.phase = Phase.STARTING
    child.ready_at = math.inf
    child.timer = asyncio.get_running_loop().call_later(
        child.spec.start_timeout_s, _kill_if_starting, child, child.number
    )
    call_on(_loop_of(cell), start_incarnation, cell, child.number)


def _kill_if_starting(child: Child, number: int) -> None:
    if child.phase is Phase.STARTING and child.number == number:
        kill_latest(child.cell, Exit(kind="StartTimeout"))


def begin_stop(child: Child, *, restarts: bool, drain: bool = False) -> None:
    """Ask the child's incarnation to end in good order, and end it when it is late.

    Args:
        child: whom to stop.
        restarts: whether another incarnation follows.
        drain: handle first what waits in the mailbox, for as long as that takes.
    """
    _hold_for_stop(child, restarts=restarts)
    _ask_to_stop(child, drain=drain)


def _hold_for_stop(child: Child, *, restarts: bool) -> None:
    child.disarm()
    child.phase = Phase.STOPPING
    child.restarts_after_stop = restarts
    child.awaits_turn = True
    child.gone = asyncio.get_running_loop().create_future()


def _ask_to_stop(child: Child, *, drain: bool = False) -> None:
    child.awaits_turn = False
    _reach(child, lambda run: run.request_stop(drain=drain))
    if not drain:
        loop = asyncio.get_running_loop()
        late = Exit(kind="StopTimeout")
        child.timer = loop.call_later(
            child.spec.stop_timeout_s, _reach, child, lambda run: run.kill(late)
        )


def stop_next(group: Sequence[Child]) -> None:
    """Stop the last one of a group that is to stop, unless it is doing so already."""
    for child in reversed(group):
        if child.phase is Phase.STOPPING:
            if child.awaits_turn:
                _ask_to_stop(child)
            return


def abandon(child: Child) -> None:
    """End the child's incarnation without waiting for it: its supervisor goes."""
    child.disarm()
    _reach(child, lambda run: run.kill(Exit(kind="SupervisorFailed")))


def restart_together(group: Sequence[Child], failed: Child, now: float) -> None:
    """Stop those who are restarted with a child that failed, and hold all back for a while.

    Args:
        group: in start order, ``failed`` among them.
        failed: whose back-off counts.
        now: by the supervisor's loop.
    """
    not_before = now + failed.spec.backoff.delay_s(failed.failures)
    for child in reversed(group):
        child.group = tuple(group)
        if child.phase in (Phase.STARTING, Phase.RUNNING):
            child.last_kind = failed.last_kind
            _hold_for_stop(child, restarts=child.spec.restart != "temporary")
        if child.phase is not Phase.DOWN:
            child.not_before = max(child.not_before, not_before)
    stop_next(group)


def kill_latest(cell: Cell, exit_: Exit, *, hurry: bool = False) -> None:
    """End the incarnation that was started last, on its own loop; ``hurry`` if it ends already."""

    def kill() -> None:
        if cell.latest is not None:
            cell.latest.kill(exit_)
            if hurry:
                cell.latest.hurry()

    call_on(_loop_of(cell), kill)


def _reach(child: Child, act: Callable[[Run], None]) -> None:
    """Act on the incarnation that the child has now; not on a later one, should this be late."""
    cell, number = child.cell, child.number

    def act_on_it() -> None:
        if cell.latest is not None and cell.latest.number == number:
            act(cell.latest)

    call_on(_loop_of(cell), act_on_it)


def _loop_of(cell: Cell) -> asyncio.AbstractEventLoop:
    if cell.loop is None:
        raise RuntimeError(f"{cell.name} is not bound")
    return cell.loop
