"""The stand-in itself: one request, one transaction, one answer.

It behaves as the 90 recorded exchanges do (`test_stand_in_exchanges.py` compares them all), except
that number 88, the description of the whole API at ``/``, has the recorded status, headers and
title but not the recorded list of paths.

Left out, because our client never asks for it and nothing of it is recorded: PATCH and DELETE,
upserts, embedding, ``or`` and the filters beside comparisons, ``Range`` headers, estimated counts,
functions with a single unnamed argument, domain representations, media type handlers,
``response.status`` and ``response.headers``, ``Prefer: handling``, ``timezone`` and ``tx``,
transaction isolation by role, ``db-pre-request``, ``db-max-rows``, and the admin server.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

import psycopg
from aiohttp import web
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from tests.postgrest_stand_in.answers import VARY, answer_call, answer_table
from tests.postgrest_stand_in.asked import Context, understand
from tests.postgrest_stand_in.catalogue import load_catalogue
from tests.postgrest_stand_in.queries import call_query, insert_query, table_query
from tests.postgrest_stand_in.refusals import Refusal, refusal_of
from tests.postgrest_stand_in.tokens import claims_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.postgrest_stand_in.answers import Rows
    from tests.postgrest_stand_in.asked import Asked
    from tests.postgrest_stand_in.catalogue import Catalogue, Function
    from tests.postgrest_stand_in.queries import Query

__all__ = ["PostgREST"]

_READERS = ("GET", "HEAD")


class PostgREST:
    """Speaks for one database.

    Args:
        dsn: How the role ``authenticator`` reaches it.
        schemas: Those that are exposed; the first one is the default.
        jwt_secret: What tokens are signed with.
        connections: The size of its pool.
        pool_wait_s: How long a request waits for a place in it.
    """

    def __init__(
        self,
        *,
        dsn: str,
        schemas: Sequence[str],
        jwt_secret: str,
        connections: int = 8,
        pool_wait_s: float = 10.0,
    ) -> None:
        self._schemas = tuple(schemas)
        self._jwt_secret = jwt_secret
        self._dsn = dsn
        self._catalogue: Catalogue | None = None
        self._listener: asyncio.Task[None] | None = None
        self._pool = AsyncConnectionPool(
            dsn,
            kwargs={"autocommit": True},
            min_size=1,
            max_size=connections,
            timeout=pool_wait_s,
            check=AsyncConnectionPool.check_connection,
            open=False,
        )

    async def open(self) -> None:
        """Connect, and read the schema."""
        await self._pool.open()
        ears = await psycopg.AsyncConnection.connect(self._dsn, autocommit=True)
        await ears.execute("listen pgrst")
        self._catalogue = await load_catalogue(ears, self._schemas)
        self._listener = asyncio.create_task(self._reload_when_told(ears))

    async def close(self) -> None:
        """Let go of the database."""
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.wait([self._listener])
        await self._pool.close()

    async def answer(self, request: web.BaseRequest, path: str, authorization: str) -> web.Response:
        """Answer one request, whatever it is."""
        try:
            claims = claims_of(authorization, self._jwt_secret)
            body = await request.text()
            asked = understand(request, path, body, claims)
            return await self._route(asked, request.headers)
        except Refusal as refusal:
            return refusal.response()

    async def _route(self, asked: Asked, headers: Mapping[str, str]) -> web.Response:
        match asked.path:
            case ():
                return _describe_api()
            case ("rpc", name):
                return await self._call(asked, name, self._context(asked, headers))
            case (name,):
                return await self._table(asked, name, self._context(asked, headers))
            case _:
                raise Refusal(404, "PGRST125", "Invalid path specified in request URL")

    async def _call(self, asked: Asked, name: str, context: Context) -> web.Response:
        if asked.method not in (*_READERS, "POST", "OPTIONS"):
            raise Refusal(405, "PGRST101", f"Cannot use the {asked.method} method on RPC")
        arguments: dict[str, Any] = dict(asked.filters()) if asked.is_read else asked.body_object()
        function = self._known.find_function(context.schema, name, arguments)
        if asked.method == "OPTIONS":
            return _options("OPTIONS,POST" if function.is_volatile else "OPTIONS,GET,HEAD,POST")
        read_only = asked.is_read or not function.is_volatile
        query = call_query(function, asked, arguments)
        async with self._transaction(context, function, read_only=read_only) as connection:
            return answer_call(asked, function, await _rows(connection, query))

    async def _table(self, asked: Asked, name: str, context: Context) -> web.Response:
        self._known.require_table(context.schema, name)
        if asked.method in _READERS:
            query = table_query(context.schema, name, asked)
            async with self._transaction(context, None, read_only=True) as connection:
                return answer_table(asked, await _rows(connection, query))
        if asked.method == "POST":
            query = insert_query(context.schema, name, asked.body_object())
            async with self._transaction(context, None, read_only=False) as connection:
                await connection.execute(query.statement, query.parameters)
            return web.Response(status=201, headers=VARY)
        raise Refusal(405, "PGRST117", f"Unsupported HTTP method: {asked.method}")

    @contextlib.asynccontextmanager
    async def _transaction(
        self, context: Context, function: Function | None, *, read_only: bool
    ) -> Any:
        settings = {
            **context.settings,
            **dict(_pair(s) for s in self._known.role_settings.get(context.role, ())),
            **dict(_pair(s) for s in (function.settings if function else ())),
            "role": context.role,
        }
        calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
        flat = [text for pair in settings.items() for text in pair]
        try:
            async with self._pool.connection() as connection:
                await connection.execute("begin read only" if read_only else "begin")
                try:
                    await connection.execute(f"select {calls}".encode(), flat)
                    yield connection
                except BaseException:
                    with contextlib.suppress(psycopg.Error):
                        await connection.execute("rollback")
                    raise
                await connection.execute("commit")
        except PoolTimeout:
            raise Refusal(
                504, "PGRST003", "Timed out acquiring connection from connection pool."
            ) from None
        except psycopg.Error as error:
            raise refusal_of(error, anonymous=context.is_anonymous) from None

    def _context(self, asked: Asked, headers: Mapping[str, str]) -> Context:
        schema = asked.profile or self._schemas[0]
        if schema not in self._schemas:
            raise Refusal(
                406,
                "PGRST106",
                f"Invalid schema: {schema}",
                None,
                f"Only the following schemas are exposed: {', '.join(self._schemas)}",
            )
        role = str(asked.claims.get("role", "anon"))
        claims = {**asked.claims, "role": role}
        named = {name.lower(): value for name, value in headers.items()}
        return Context(
            role=role,
            is_anonymous=role == "anon",
            schema=schema,
            settings={
                "search_path": f'"{schema}", "public"',
                "request.jwt.claims": json.dumps(claims),
                "request.method": asked.method,
                "request.path": f"/{'/'.join(asked.path)}",
                "request.headers": json.dumps(named),
            },
        )

    @property
    def _known(self) -> Catalogue:
        if self._catalogue is None:
            raise Refusal(503, "PGRST002", "Could not query the database for the schema cache.")
        return self._catalogue

    async def _reload_when_told(self, ears: psycopg.AsyncConnection) -> None:
        # Without it, a new function stays unknown, as it does in a PostgREST.
        async with ears:
            with contextlib.suppress(psycopg.Error):  # the server stopped: keep what is known
                async for told in ears.notifies():
                    if told.payload == "reload schema":
                        async with self._pool.connection() as connection:
                            self._catalogue = await load_catalogue(connection, self._schemas)


async def _rows(connection: psycopg.AsyncConnection, query: Query) -> Rows:
    row = await (await connection.execute(query.statement, query.parameters)).fetchone()
    assert row is not None
    total, count, everything, first = row
    return total, count, everything, first


def _pair(setting: str) -> tuple[str, str]:
    name, _, value = setting.partition("=")
    return name, value


def _options(allowed: str) -> web.Response:
    headers = {"Allow": allowed, "Access-Control-Allow-Origin": "*", **VARY}
    return web.Response(status=200, headers=headers)


def _describe_api() -> web.Response:
    described = {
        "swagger": "2.0",
        "info": {
            "description": "This is a dynamic API generated by PostgREST",
            "title": "PostgREST API",
            "version": "17 (pre-release)",
        },
        "paths": {},
    }
    return web.Response(
        text=json.dumps(described),
        headers={"Content-Type": "application/openapi+json; charset=utf-8", **VARY},
    )
