"""Drills: anybody on this machine can hurt an actor from outside, to see the house heal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, assert_never

from actors.kernel import ActorKitError, FaultInjected, GetStatistics, InjectFault, NoSuchActor
from scooty.runtime.http.replies import json_reply, sentence
from scooty.runtime.setting_forms import is_loopback_url

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

    from actors.http_server.messages import HttpRequestReceived, HttpResponse
    from actors.kernel import Address, SupervisorMessage

_SUPERVISOR_DEADLINE_S: Final = 1.0


class Drills:
    """Answers ``GET /drills`` and ``POST /drills/{crash,hang}/<actor>``.

    Args:
        supervisor: Who knows the actors and can hurt them.
        log: The web actor's.
    """

    def __init__(
        self, *, supervisor: Address[SupervisorMessage], log: FilteringBoundLogger
    ) -> None:
        self._supervisor = supervisor
        self._log = log

    async def answer(self, message: HttpRequestReceived, path: list[str]) -> HttpResponse:
        """Carry out a drill that this machine asked for."""
        if not _is_from_this_machine(message):
            return sentence(403, "Drills are taken from this machine only. Nothing was done.")
        try:
            match message.method, path:
                case "GET", ["drills"]:
                    return await self._list_actors()
                case "POST", ["drills", ("crash" | "hang") as fault, name]:
                    return await self._hurt(name, "crash" if fault == "crash" else "hang")
                case _:
                    return sentence(404, "There is nothing here. Try GET /drills.")
        except ActorKitError as error:
            return sentence(503, f"The supervisor did not answer: {type(error).__name__}.")

    async def _list_actors(self) -> HttpResponse:
        statistics = await self._supervisor.ask(GetStatistics(), timeout_s=_SUPERVISOR_DEADLINE_S)
        names = [actor.name for actor in statistics.actors]
        return json_reply(200, {"actors": names})

    async def _hurt(self, name: str, fault: Literal["crash", "hang"]) -> HttpResponse:
        outcome = await self._supervisor.ask(
            InjectFault(name=name, fault=fault), timeout_s=_SUPERVISOR_DEADLINE_S
        )
        match outcome:
            case FaultInjected():
                self._log.warning("drill.injected", target=name, fault=fault)
                return sentence(200, f"{name}: {fault} injected.")
            case NoSuchActor():
                return sentence(404, f"There is no actor named {name}. Try GET /drills.")
            case _:
                assert_never(outcome)


def _is_from_this_machine(request: HttpRequestReceived) -> bool:
    """Tell a program or a page of this machine from a page of another site in its browser.

    Such a page can send here, but its Origin gives it away; and so does its Host, where it has
    pointed its own name at 127.0.0.1.
    """
    headers = dict(request.headers)
    addresses = [f"http://{headers.get('host', '')}"]
    if (origin := headers.get("origin")) is not None:
        addresses.append(origin)
    return all(map(is_loopback_url, addresses))
