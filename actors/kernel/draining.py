"""Stopping in order: reverse start order, within a budget, and with an account of what was left.

An actor's intake is closed when its turn comes, that is, when everybody who comes after it is gone;
until then it serves them. Then it handles what waits in its mailbox. One that crashes meanwhile is
started again for the rest, without back-off.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from actors.kernel.children import Child, Phase
from actors.kernel.exits import Exit
from actors.kernel.incarnations import begin_stop, kill_latest, start_child
from actors.kernel.log import say
from actors.kernel.system_state import DrainReport

if TYPE_CHECKING:
    from actors.kernel.supervisor import Supervisor
    from actors.kernel.system_state import SystemState

_RETRY_PAUSE_S = 0.05  # an actor that cannot start must not be tried in a busy loop


async def drain(root: Supervisor, state: SystemState, budget_s: float) -> None:
    """Let all actors handle what they have, as far as the budget goes, and stop them."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    say("info", "system.draining", budget_s=budget_s)
    for cell in reversed(state.order):
        if cell.latest is not None:
            cell.latest.begin_drain()
    left: dict[str, int] = {}
    cut_off: dict[str, int] = {}
    for supervisor, child in _in_stop_order(root):
        failed_before = child.cell.failed
        await _drain_child(supervisor, child, began + budget_s)
        _note(left, child.name, child.cell.close())
        _note(cut_off, child.name, child.cell.failed - failed_before)
    for cell in state.order:  # those of a group that was down have messages waiting, too
        _note(left, cell.name, cell.close())
    duration_s = loop.time() - began
    state.drain_report = DrainReport(left=left, cut_off=cut_off, duration_s=duration_s)
    say("info", "system.drained", left=left, cut_off=cut_off, duration_s=round(duration_s, 3))


def _note(counts: dict[str, int], name: str, count: int) -> None:
    if count:
        counts[name] = count


def _in_stop_order(supervisor: Supervisor) -> list[tuple[Supervisor, Child]]:
    order: list[tuple[Supervisor, Child]] = []
    for child in reversed(supervisor.order):
        nested = supervisor.find_nested(child)
        if nested is not None:
            order.extend(_in_stop_order(nested))
        order.append((supervisor, child))
    return order


async def _drain_child(supervisor: Supervisor, child: Child, until: float) -> None:
    loop = asyncio.get_running_loop()
    mailbox = child.cell.mailbox
    child.is_draining = True
    mailbox.close()
    while loop.time() < until and child.phase is not Phase.DOWN:
        if child.phase is Phase.RUNNING:
            begin_stop(child, restarts=True, drain=True)
        elif child.phase is Phase.WAITING:
            if not len(mailbox):
                break
            if child.failures:
                await asyncio.sleep(min(_RETRY_PAUSE_S, max(until - loop.time(), 0.0)))
            child.failures += 1
            start_child(child)
        with suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                await supervisor.changed.wait()
    if child.is_up:
        kill_latest(child.cell, Exit(kind="DrainBudget"), hurry=True)
    await supervisor.stop_child(child)
