"""How a supervisor gets and loses children while it runs; called on its loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from actors.kernel.address import Address
from actors.kernel.child_messages import (
    AlreadyStarted,
    ChildQuery,
    ChildRefused,
    ChildStarted,
    GroupStarted,
    RestartChild,
    RestartingChild,
    StartChild,
    StartGroup,
    StopChild,
    StoppingChild,
)
from actors.kernel.children import Phase
from actors.kernel.incarnations import begin_stop
from actors.kernel.spec import ChildSpec, SupervisorSpec, all_names

if TYPE_CHECKING:
    from actors.kernel.child_starter import ChildStarter


def change_children(supervisor: ChildStarter, query: ChildQuery) -> object:
    """Do what is asked; each query's class says what is answered."""
    match query:
        case StartChild(spec=spec):
            return _start_child(supervisor, spec)
        case StartGroup(spec=spec):
            return _add(supervisor, spec) or GroupStarted()
        case StopChild(name=name):
            return _stop(supervisor, name)
        case RestartChild(name=name):
            return _restart(supervisor, name)
        case _:
            assert_never(query)


def _start_child(
    supervisor: ChildStarter, spec: ChildSpec[Any]
) -> ChildStarted[Any] | AlreadyStarted[Any] | ChildRefused:
    child = supervisor.by_name.get(spec.name)
    if child is not None and not child.is_leaving and child.phase is not Phase.DOWN:
        return AlreadyStarted(address=Address(child.cell))
    if child is not None and child.is_leaving and child.is_up:
        child.spec = spec
        child.is_leaving = False
        child.restarts_after_stop = True
        child.cell.mailbox.reopen()
        supervisor.specs.append(spec)
        return ChildStarted(address=Address(child.cell))
    if child is not None:
        supervisor.forget(child)
    refused = _add(supervisor, spec)
    return refused or ChildStarted(address=Address(supervisor.by_name[spec.name].cell))


def _add(supervisor: ChildStarter, spec: ChildSpec[Any] | SupervisorSpec) -> ChildRefused | None:
    if supervisor.is_closing:
        return ChildRefused(name=spec.name, reason="the supervisor is stopping")
    for name in all_names([spec]):
        if supervisor.is_taken(name):
            return ChildRefused(name=spec.name, reason=f"there is an actor named {name}")
    for name in spec.after:
        if name not in supervisor.by_name:
            return ChildRefused(name=spec.name, reason=f"{name}, which it comes after, is no child")
    supervisor.specs.append(spec)
    supervisor.add(spec)
    return None


def _stop(supervisor: ChildStarter, name: str) -> StoppingChild | ChildRefused:
    child = supervisor.by_name.get(name)
    if child is None or child.is_leaving:
        return ChildRefused(name=name, reason="there is no child of that name")
    for other in supervisor.order:
        if name in other.spec.after:
            return ChildRefused(name=name, reason=f"{other.name} comes after it")
    supervisor.specs.remove(child.spec)
    child.is_leaving = True
    child.cell.mailbox.close()
    if child.phase is Phase.STOPPING:
        child.restarts_after_stop = False
    elif child.is_up:
        begin_stop(child, restarts=False)
    else:
        supervisor.end_before_start(child)
    return StoppingChild(name=name)


def _restart(supervisor: ChildStarter, name: str) -> RestartingChild | ChildRefused:
    child = supervisor.by_name.get(name)
    if child is None or child.is_leaving or supervisor.is_closing:
        return ChildRefused(name=name, reason="there is no child of that name, or it is stopping")
    child.last_kind = "RestartRequested"
    if child.phase is Phase.STOPPING:
        child.restarts_after_stop = True
    elif child.is_up:
        begin_stop(child, restarts=True)
    else:
        supervisor.revive(child)
    return RestartingChild(name=name)
