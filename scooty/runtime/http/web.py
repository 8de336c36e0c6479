"""The product's side of HTTP: health, metrics, a page for people, and drills.

Owns: the routes. Drills are there only with ``SCOOTY_DRILLS=1``, on loopback.
Loses at restart: nothing.
Failure modes: a part that does not answer in half a second counts as silent; a supervisor that does
not is a 503, for that process cannot heal itself any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.http_server.messages import HttpRequestReceived, HttpResponse
from actors.kernel import ActorKitError, AsyncioActor, GetStatistics
from scooty.core.i18n import translator_for
from scooty.runtime.http.drills import Drills
from scooty.runtime.http.health import unready_parts
from scooty.runtime.http.metrics import CONTENT_TYPE as METRICS_TYPE
from scooty.runtime.http.metrics import metrics_text
from scooty.runtime.http.replies import json_reply, sentence
from scooty.runtime.http.snapshot import take_snapshot
from scooty.runtime.http.status_page import status_page

if TYPE_CHECKING:
    from scooty.core.parts import Parts
    from scooty.runtime.http.metrics import Snapshot

_SUPERVISOR_DEADLINE_S: Final = 1.0
_PAGE_HEADERS: Final = (
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
    ("Cache-Control", "no-store"),
)


class Web(AsyncioActor[HttpRequestReceived]):
    """Answers on the process's port.

    ``GET /livez`` and ``/readyz`` for a platform, ``/metrics`` for Prometheus, ``/`` for people;
    with drills also ``GET /drills`` and ``POST /drills/{crash,hang}/<actor>``.

    Args:
        parts: Whom to ask.
        drills: Whether actors may be hurt from outside.
    """

    def __init__(self, *, parts: Parts, drills: bool) -> None:
        super().__init__()
        self._parts = parts
        self._takes_drills = drills
        self._drills: Drills | None = None

    @override
    async def on_start(self) -> None:
        """Make the drills, where they are allowed."""
        if self._takes_drills:
            self._drills = Drills(supervisor=self._parts.supervisor, log=self.log)

    @override
    async def on_receive(self, message: HttpRequestReceived) -> HttpResponse:
        path = message.path.strip("/").split("/")
        if self._drills is not None and path[0] == "drills":
            return await self._drills.answer(message, path)
        if message.method not in {"GET", "HEAD"}:
            return sentence(405, "Only GET is answered here.")
        match path:
            case ["livez"]:
                return await self._tell_life()
            case ["readyz"] | ["metrics"] | [""]:
                return _show(path[0], await take_snapshot(self._parts), message)
            case _:
                return sentence(404, "There is nothing here. Try /livez, /readyz, /metrics or /.")

    async def _tell_life(self) -> HttpResponse:
        """Answer from this loop after a word from the supervisor's: both turn."""
        try:
            await self._parts.supervisor.ask(GetStatistics(), timeout_s=_SUPERVISOR_DEADLINE_S)
        except ActorKitError as error:
            return sentence(503, f"The supervisor did not answer: {type(error).__name__}.")
        return sentence(200, "alive")


def _show(what: str, snapshot: Snapshot, request: HttpRequestReceived) -> HttpResponse:
    match what:
        case "readyz":
            reasons = unready_parts(snapshot)
            content = {"ready": not reasons, "reasons": list(map(str, reasons))}
            return json_reply(503 if reasons else 200, content)
        case "metrics":
            return HttpResponse(content_type=METRICS_TYPE, body=metrics_text(snapshot))
        case _:
            return HttpResponse(
                content_type="text/html; charset=utf-8",
                headers=_PAGE_HEADERS,
                body=status_page(snapshot, translator_for(_language_of(request))),
            )


def _language_of(request: HttpRequestReceived) -> str | None:
    """Return the language that a browser names first."""
    accepted = dict(request.headers).get("accept-language", "")
    return accepted.split(",")[0].split(";")[0].strip() or None
