"""An API like Supabase's for the length of a drill: it can be told to fail, or to say nothing.

A PostgreSQL of its own is behind it. What it does not imitate (keys, roles, schemas) is not what
breaks in a drill.

Source: https://docs.postgrest.org/en/v14/references/api/functions.html
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import orjson
from aiohttp import web

from actors.kernel import ActorSystem
from actors.repository.messages import (
    CallFunction,
    DatabaseUnavailable,
    FunctionRefused,
    FunctionReturned,
)
from scooty.runtime.config import Settings, load_settings
from scooty.runtime.free_port import LOOPBACK
from scooty.runtime.wiring import storage_specs

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from actors.kernel import Address
    from actors.repository.messages import RepositoryMessage

Mood: TypeAlias = Literal["well", "failing", "silent"]
"""``failing``: 503 to everything. ``silent``: requests are taken and not answered."""

_PATH: Final = "/rest/v1/rpc/{function}"
_CALL_S: Final = 5.0
_NOTHING_SET: Final = {str(each.alias): each.default for each in Settings.model_fields.values()}


class DrillSupabase:
    """The API.

    Args:
        repository: Whom calls are handed to.
    """

    def __init__(self, repository: Address[RepositoryMessage]) -> None:
        self._repository = repository
        self._well = asyncio.Event()
        self._mood: Mood = "well"
        self.url = ""
        """What SUPABASE_URL is to be; known once it listens."""
        self.be("well")

    def be(self, mood: Mood) -> None:
        """Change how requests are answered from now on."""
        self._mood = mood
        if mood == "silent":
            self._well.clear()
        else:
            self._well.set()  # whoever waits is answered now

    async def answer(self, request: web.Request) -> web.Response:
        """Call the function that the path names, with the arguments in the body."""
        arguments = orjson.loads(await request.read() or b"{}")
        await self._well.wait()
        if self._mood == "failing":
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text="upstream error")
        call = CallFunction(
            name=request.match_info["function"],
            arguments=tuple(arguments.items()),
            writes="request_id" in arguments,
        )
        match await self._repository.ask(call, timeout_s=_CALL_S):
            case FunctionReturned(value=value):
                return _json(HTTPStatus.OK, value)
            case FunctionRefused(code=code, message=message):
                return _json(HTTPStatus.BAD_REQUEST, {"code": code, "message": message})
            case DatabaseUnavailable(detail=detail):
                return _json(
                    HTTPStatus.SERVICE_UNAVAILABLE, {"code": "PGRST000", "message": detail}
                )


@asynccontextmanager
async def running_supabase(folder: Path) -> AsyncIterator[DrillSupabase]:
    """Serve a project with Scooty's functions in it for the length of a block.

    Args:
        folder: Its database goes there.
    """
    settings = load_settings(
        env_file=None, overrides=_NOTHING_SET | {"SCOOTY_STATE_DIR": folder / "supabase"}
    )
    system = ActorSystem()
    supabase = DrillSupabase(system.address("repository"))
    async with system.running(storage_specs(settings)):
        application = web.Application()
        application.router.add_post(_PATH, supabase.answer)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, LOOPBACK, 0).start()
            supabase.url = f"http://{LOOPBACK}:{runner.addresses[0][1]}"
            yield supabase
        finally:
            supabase.be("well")
            await runner.cleanup()


def _json(status: HTTPStatus, content: object) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(content), content_type="application/json")
