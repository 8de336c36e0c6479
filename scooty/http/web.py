"""The product's side of HTTP: today the drills, by which anybody on the machine can hurt an actor.

Owns: the routes. It is started only with ``SCOOTY_DRILLS=1``, on loopback.
Loses at restart: nothing.
Failure modes: a supervisor that does not answer in time is a 503.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, assert_never

import orjson
from typing_extensions import override

from actors.http_server.messages import HttpRequestReceived, HttpResponse
from actors.kernel import (
    ActorKitError,
    AsyncioActor,
    FaultInjected,
    GetStatistics,
    InjectFault,
    NoSuchActor,
)
from scooty.config import is_loopback_url

if TYPE_CHECKING:
    from actors.kernel import Address

__all__ = ["Web"]

_SUPERVISOR_DEADLINE_S: Final = 1.0


class Web(AsyncioActor[HttpRequestReceived]):
    """Answers ``GET /drills`` and ``POST /drills/{crash,hang}/<actor>``.

    Args:
        supervisor: Who knows the actors and can hurt them.
    """

    def __init__(self, *, supervisor: Address) -> None:
        super().__init__()
        self._supervisor = supervisor

    @override
    async def on_receive(self, message: HttpRequestReceived) -> HttpResponse:
        try:
            return await self._route(message)
        except ActorKitError as error:
            return _answer(503, f"The supervisor did not answer: {type(error).__name__}.")

    async def _route(self, request: HttpRequestReceived) -> HttpResponse:
        if not _is_from_this_machine(request):
            return _answer(403, "Drills are taken from this machine only. Nothing was done.")
        match request.method, request.path.strip("/").split("/"):
            case "GET", ["drills"]:
                return await self._list_actors()
            case "POST", ["drills", ("crash" | "hang") as fault, name]:
                return await self._hurt(name, "crash" if fault == "crash" else "hang")
            case _:
                return _answer(404, "There is nothing here. Try GET /drills.")

    async def _list_actors(self) -> HttpResponse:
        statistics = await self._supervisor.ask(GetStatistics(), timeout_s=_SUPERVISOR_DEADLINE_S)
        names = [actor.name for actor in statistics.actors]
        return _json(200, {"actors": names})

    async def _hurt(self, name: str, fault: Literal["crash", "hang"]) -> HttpResponse:
        outcome = await self._supervisor.ask(
            InjectFault(name=name, fault=fault), timeout_s=_SUPERVISOR_DEADLINE_S
        )
        match outcome:
            case FaultInjected():
                self.log.warning("drill.injected", target=name, fault=fault)
                return _answer(200, f"{name}: {fault} injected.")
            case NoSuchActor():
                return _answer(404, f"There is no actor named {name}. Try GET /drills.")
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


def _answer(status: int, text: str) -> HttpResponse:
    return _json(status, {"text": text})


def _json(status: int, content: dict[str, object]) -> HttpResponse:
    return HttpResponse(status=status, content_type="application/json", body=orjson.dumps(content))
