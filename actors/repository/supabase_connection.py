"""The connection over Supabase's API: PostgREST behind a gateway, by the supabase package.

**Owns** an HTTP client; over HTTP/2 all calls share one connection, else there is a pool of them.

**Failure modes**

- Nobody answers, or with 5xx, 429 or a page instead of JSON: the call fails and says whether it may
  have been saved. The next call is sent as if nothing had been.
- A call hears nothing until its deadline, and no other one did meanwhile: the connection counts as
  lost, since over HTTP/2 a dead one would be used for minutes.
- A statement takes longer than the function's own limit in the database: nothing was saved. If not
  even that answer comes, the call fails as possibly saved.
- A key is refused, or the functions are not this program's: at the first `open` that needs a
  person; later, when it worked before, it counts as an outage.
"""

from __future__ import annotations

import asyncio
import importlib
import time
from typing import TYPE_CHECKING, Any, Final

from typing_extensions import override

from actors.repository.connection import Connection
from actors.repository.errors import CallFailed, ConnectFailed, MigrationError, SettingRefused
from actors.repository.messages import DatabaseUnavailable, FunctionRefused
from actors.repository.supabase_history import check_project
from actors.repository.supabase_verdict import judge

if TYPE_CHECKING:
    from actors.repository.messages import CallFunction, FunctionReturned
    from actors.repository.schema import Migrations
    from actors.repository.supabase_client import SupabaseClient
    from actors.repository.supabase_history import SupabaseProject

_CLIENT: Final = "actors.repository.supabase_client"
_OPEN_S: Final = 5.0
_HEALTH_S: Final = 0.4
"""Who asks for health waits half a second; giving up sooner answers them."""


class SupabaseConnection(Connection):
    """A client of one project.

    Args:
        project: Where it is and what opens it.
        migrations: What its database must have had; they are not applied from here.
        connections: The most calls at once, over as many connections unless HTTP/2 carries all.
    """

    def __init__(
        self,
        *,
        project: SupabaseProject,
        migrations: Migrations,
        connections: int = 8,
    ) -> None:
        self._project = project
        self._migrations = migrations
        self.most_at_once = connections
        self._client: SupabaseClient | None = None
        self._worked_before = False

    @override
    async def open(self) -> None:
        await self.close()
        client = await self._build_client()
        try:
            outcome = await client.call(self._project.history_function, {}, within_s=_OPEN_S)
            check_project(outcome, self._project, self._migrations)
        except (MigrationError, SettingRefused) as error:
            await client.close()
            if self._worked_before:
                raise ConnectFailed(str(error)) from error
            raise
        except ConnectFailed:
            await client.close()
            raise
        self._client = client
        self._worked_before = True

    @override
    async def call(self, request: CallFunction) -> FunctionReturned | FunctionRefused:
        try:
            outcome = await self._open_client().call(
                request.name, dict(request.arguments), within_s=request.within_s
            )
        except ValueError:
            # Half of a surrogate pair, or a number that is none; raised before anything is sent.
            return FunctionRefused(code="22021", message="an argument cannot be said in JSON")
        verdict = judge(outcome, writes=request.writes)
        if isinstance(verdict, CallFailed):
            raise verdict
        return verdict

    @override
    async def measure_ms(self) -> float:
        started_s = time.monotonic()
        outcome = await self._open_client().call(
            self._project.history_function, {}, within_s=_HEALTH_S
        )
        verdict = judge(outcome, writes=False)
        if isinstance(verdict, CallFailed):
            raise _failed(verdict.answer.detail)  # so little time is no proof of a dead connection
        if isinstance(verdict, FunctionRefused):
            raise _failed(f"refused {verdict.code}")
        return (time.monotonic() - started_s) * 1000

    @override
    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def _open_client(self) -> SupabaseClient:
        if self._client is None:
            raise _failed("not connected", lost=True)
        return self._client

    async def _build_client(self) -> SupabaseClient:
        module: Any = await asyncio.to_thread(importlib.import_module, _CLIENT)
        client: SupabaseClient = await module.open_client(
            self._project, connections=self.most_at_once
        )
        return client


def _failed(detail: str, *, lost: bool = False) -> CallFailed:
    answer = DatabaseUnavailable(detail=detail, may_have_been_saved=False)
    return CallFailed(answer, connection_lost=lost)
