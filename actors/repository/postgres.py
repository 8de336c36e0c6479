"""The connection over PostgreSQL's own protocol, by psycopg 3 and its pool.

**Owns** a pool of connections in autocommit mode, so that one call is one statement, one
transaction and one round trip.

**Failure modes**

- The server cannot be reached: `open` fails at once; nothing here waits for it to come back.
- A statement takes longer than the server's statement timeout: the server cancels it, and nothing
  was saved. If not even that answer comes, the line is cut a moment later and the call fails as
  possibly saved.
- A connection went stale while it was idle (the server was restarted): it is noticed before the
  statement is sent, so the call fails as not saved.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import select
import socket
import time
from typing import TYPE_CHECKING, Any, Final

import orjson
import psycopg
from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.json import Jsonb, set_json_dumps, set_json_loads
from psycopg.types.numeric import Int8
from psycopg_pool import AsyncConnectionPool, PoolClosed
from typing_extensions import override

from actors.repository.connection import Connection
from actors.repository.errors import CallFailed, ConnectFailed, SettingRefused
from actors.repository.messages import DatabaseUnavailable, FunctionRefused, FunctionReturned
from actors.repository.migrations import bring_up_to_date
from actors.repository.verdict import CLIENT_ERRORS, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import SecretStr

    from actors.repository.messages import CallFunction, JsonValue
    from actors.repository.schema import Migrations

_CONNECT_S: Final = 2
_GRACE_S: Final = 0.3
"""How long the server's own "statement timeout" may be late before the line is cut."""
_STATEMENT_STEPS_S: Final = (0.2, 0.7, 1.4, 4.0, 12.0, 60.0)
"""A call has the longest of these that fits into its time; so few, that a connection seldom has to
be told another one, which costs a round trip."""
_ACQUIRE_S: Final = 1.0
_HEALTH_S: Final = 0.4
"""Who asks for health waits half a second; cutting the line sooner answers them."""
_SHRINK_AFTER_S: Final = 60.0
_TRUSTED_WHEN_IDLE_S: Final = 1.0
"""A connection used this recently is only looked at; an older one is asked, for a round trip."""


class PostgresConnection(Connection):
    """A pool towards one database.

    Args:
        dsn: A connection string or URL.
        migrations: Applied on every `open`, which costs nothing when there is nothing to do.
        connections: The most that are open at once; one stays open.
        statement_timeout_s: The longest that any call may take in the server, whatever it brings.
    """

    def __init__(
        self,
        *,
        dsn: SecretStr,
        migrations: Migrations,
        connections: int = 4,
        statement_timeout_s: float = 60.0,
    ) -> None:
        self._dsn = dsn
        self._migrations = migrations
        self.most_at_once = connections
        self._statement_timeout_s = statement_timeout_s
        self._pool: AsyncConnectionPool[_Line] | None = None

    @override
    async def open(self) -> None:
        await self.close()
        if not _is_connection_string(self._dsn.get_secret_value()):
            raise SettingRefused(
                "DATABASE_URL is not understood (its value is not shown: it may hold a password). "
                "The form is postgresql://user:password@host:5432/database."
            )
        try:
            async with await AsyncConnection.connect(
                self._dsn.get_secret_value(), autocommit=True, **self._connect_arguments()
            ) as connection:
                await bring_up_to_date(connection, self._migrations)
            self._pool = self._build_pool()
            await self._pool.open(wait=True, timeout=_CONNECT_S + _GRACE_S)
        except CLIENT_ERRORS as error:
            await self.close()
            raise ConnectFailed(_reason(error)) from None

    @override
    async def call(self, request: CallFunction) -> FunctionReturned | FunctionRefused:
        sent = False
        timeout_s = self._statement_timeout(request.within_s)
        try:
            acquire_s = min(_ACQUIRE_S, request.within_s)
            async with self._open_pool().connection(timeout=acquire_s) as line:
                with line.cut_after(timeout_s + _GRACE_S):
                    await line.limit_statements(timeout_s)
                    sent = True
                    cursor = await line.execute(
                        _statement(
                            self._migrations.functions_schema,
                            request.name,
                            tuple(name for name, _ in request.arguments),
                        ),
                        {name: _adapted(value) for name, value in request.arguments},
                        prepare=True,
                    )
                    row = await cursor.fetchone()
                line.used_at_s = time.monotonic()
        except CLIENT_ERRORS as error:
            verdict = judge(error, sent_write=sent and request.writes)
            if isinstance(verdict, CallFailed):
                raise verdict from None
            return verdict
        except (UnicodeEncodeError, orjson.JSONEncodeError):
            # Half of a surrogate pair; raised before anything is sent.
            return FunctionRefused(code="22021", message="an argument holds no text in Unicode")
        returned = row[0] if row else None
        if isinstance(returned, bytes):  # jsonb
            return FunctionReturned(json=returned)
        return FunctionReturned.of(returned)

    @override
    async def measure_ms(self) -> float:
        try:
            async with self._open_pool().connection(timeout=_HEALTH_S / 2) as line:
                started_s = time.monotonic()
                with line.cut_after(_HEALTH_S / 2):
                    await line.execute("")
                return (time.monotonic() - started_s) * 1000
        except CLIENT_ERRORS as error:
            verdict = judge(error, sent_write=False)
            if isinstance(verdict, CallFailed):
                raise verdict from None
            answer = DatabaseUnavailable(
                detail=f"refused {verdict.code}", may_have_been_saved=False
            )
            raise CallFailed(answer, connection_lost=False) from None

    @override
    async def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()

    def _open_pool(self) -> AsyncConnectionPool[_Line]:
        if self._pool is None:
            raise PoolClosed("not connected")
        return self._pool

    def _build_pool(self) -> AsyncConnectionPool[_Line]:
        return AsyncConnectionPool(
            self._dsn.get_secret_value(),
            connection_class=_Line,
            kwargs={"autocommit": True, **self._connect_arguments()},
            min_size=1,
            max_size=self.most_at_once,
            open=False,
            configure=_configure,
            check=_check,
            timeout=_ACQUIRE_S,
            max_idle=_SHRINK_AFTER_S,
            # Its owner notices an outage and opens a new pool, sooner than this one would recover.
            reconnect_timeout=_CONNECT_S,
            num_workers=1,
        )

    def _statement_timeout(self, within_s: float) -> float:
        fitting = [step_s for step_s in _STATEMENT_STEPS_S if step_s <= within_s - _GRACE_S]
        return min(self._statement_timeout_s, max(fitting, default=_STATEMENT_STEPS_S[0]))

    def _connect_arguments(self) -> dict[str, Any]:
        given = conninfo_to_dict(self._dsn.get_secret_value())
        ours: dict[str, Any] = {"application_name": "scooty", "connect_timeout": _CONNECT_S}
        return {name: value for name, value in ours.items() if name not in given}


def _is_connection_string(dsn: str) -> bool:
    """Whether libpq can parse it. Its complaint quotes the string, so it is not passed on."""
    try:
        conninfo_to_dict(dsn)
    except psycopg.ProgrammingError:
        return False
    return True


class _Line(AsyncConnection[tuple[Any, ...]]):
    """One connection, which knows when it was last used and can be cut from outside."""

    used_at_s = float("-inf")
    statement_timeout_s = float("nan")

    async def limit_statements(self, timeout_s: float) -> None:
        """Let the server cancel every later statement after this time, if it does not already."""
        if timeout_s != self.statement_timeout_s:
            timeout_ms = str(round(timeout_s * 1000))
            await self.execute("select set_config('statement_timeout', %s, false)", (timeout_ms,))
            self.statement_timeout_s = timeout_s

    @contextlib.contextmanager
    def cut_after(self, seconds: float) -> Iterator[None]:
        """Cut the line when the block takes longer; what waits on it then fails at once.

        Cancelling would make psycopg wait up to ten seconds more for a server that is frozen.
        """
        timer = asyncio.get_running_loop().call_later(seconds, self._cut)
        try:
            yield
        finally:
            timer.cancel()

    def looks_alive(self) -> bool:
        """Tell whether an idle line is open and silent, without a round trip."""
        # To be readable is an end of file, or a server that speaks unasked: most likely a farewell.
        look = select.poll()
        look.register(self.fileno(), select.POLLIN)
        return not look.poll(0)

    def _cut(self) -> None:
        with contextlib.suppress(OSError, psycopg.Error), _borrowed_socket(self) as borrowed:
            borrowed.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def _borrowed_socket(line: _Line) -> Iterator[socket.socket]:
    duplicate = socket.socket(fileno=os.dup(line.fileno()))
    try:
        yield duplicate
    finally:
        duplicate.close()


async def _configure(line: _Line) -> None:
    set_json_loads(_as_it_came, line)
    set_json_dumps(orjson.dumps, line)


def _as_it_came(json: str | bytes) -> bytes:
    """Leave JSON as it is: whoever asked for it reads it, and knows its shape."""
    return json if isinstance(json, bytes) else json.encode()


async def _check(line: _Line) -> None:
    recently_used = time.monotonic() - line.used_at_s < _TRUSTED_WHEN_IDLE_S
    if recently_used and line.looks_alive():
        return
    with line.cut_after(_ACQUIRE_S):
        await line.execute("")


@functools.lru_cache(maxsize=256)
def _statement(schema: str, name: str, argument_names: tuple[str, ...]) -> bytes:
    arguments = ", ".join(f"{argument} => %({argument})s" for argument in argument_names)
    return f"select {schema}.{name}({arguments})".encode()


def _adapted(value: JsonValue) -> object:
    """Give a value one type in SQL whatever its size, so that one prepared statement serves all."""
    if isinstance(value, list | dict):
        return Jsonb(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Int8(value)
    return value


def _reason(error: psycopg.Error | OSError) -> str:
    # Only the first line: the others of a failed connect repeat it for every address.
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0].strip()}"
