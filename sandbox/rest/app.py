"""Every bot-facing REST request passes here: faults, token, rate limits, route, answer, trace."""

from __future__ import annotations

import asyncio
import math
import time
from typing import TYPE_CHECKING, Final

import orjson
import structlog
from aiohttp import web

from sandbox.rate_limits import Limited
from sandbox.rest.errors import RestError, one_problem
from sandbox.rest.reading import read_body
from sandbox.rest.router import Call, Router
from sandbox.rest.routes import ROUTES
from sandbox.wire import API_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.rest.router import Route
    from sandbox.state import State
    from sandbox.wire import JsonObject

_log = structlog.stdlib.get_logger()
_ROUTER: Final = Router(ROUTES)
# exactly this: with a charset discord.py takes the body for text and fails at login
_JSON: Final = {"Content-Type": "application/json"}
_MALFORMED: Final = one_problem(None, "DICT_TYPE_CONVERT", "The body has the wrong shape.")
_INVALID: Final = {401, 403, 429}


async def serve_rest(state: State, request: web.BaseRequest) -> web.StreamResponse:
    """Answer one request as Discord would."""
    started_s = time.perf_counter()
    if state.faults.latency_s:
        await asyncio.sleep(state.faults.latency_s)
    # a path without a route is not repeated: it may hold anything, a token too
    name = f"{request.method} (no such route)"
    try:
        route, params = _ROUTER.find(request.method, request.path.removeprefix(API_PREFIX))
        name = route.name
        response = await _serve_route(state, request, route, params)
    except RestError as error:
        _note_error(state, name, error)
        response = _respond(error.status, error.to_json(), {})
    if response.status in _INVALID:
        state.rate_limits.count_invalid()
    state.trace.requests[name] += 1
    state.trace.statuses[response.status] += 1
    elapsed_ms = round((time.perf_counter() - started_s) * 1000, 2)
    state.trace.add("rest", name, ms=elapsed_ms, status=response.status)
    return response


async def _serve_route(
    state: State, request: web.BaseRequest, route: Route, params: dict[str, str]
) -> web.Response:
    if state.rate_limits.is_banned:
        # as Cloudflare bans: no Via header and no JSON
        return web.Response(status=429, text="error code: 1015", content_type="text/plain")
    if state.faults.draws_server_error():
        return _respond(500, {"message": "500: Internal Server Error", "code": 0}, {})
    if route.needs_token:
        _check_token(state, request.headers.get("Authorization"))
    limited, headers = _take(state, route, params)
    if limited is not None:
        return _too_many(limited, headers)
    body, uploads = await read_body(request)
    call = Call(route=route, params=params, query=request.query, body=body, uploads=uploads)
    try:
        status, answer = route.handler(state, call)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # a body of the wrong shape, deeper than the checks look; logged, for it may be our own bug
        _log.warning("sandbox.malformed_body", route=route.name, exc_info=True)
        state.trace.breach("malformed_body", route.name, type(error).__name__)
        state.request_log.add(call, request.content_type, 400)
        return _respond(400, _MALFORMED.to_json(), headers)
    except RestError as error:
        state.request_log.add(call, request.content_type, error.status)
        _note_error(state, route.name, error)
        return _respond(error.status, error.to_json(), headers)
    state.request_log.add(call, request.content_type, status)
    return _respond(status, answer, headers)


def _check_token(state: State, authorization: str | None) -> None:
    if authorization != f"Bot {state.config.token}":
        raise RestError(401, 0, "401: Unauthorized")


def _take(
    state: State, route: Route, params: dict[str, str]
) -> tuple[Limited | None, Mapping[str, str]]:
    if state.faults.draws_rate_limit():
        wait_s = state.config.injected_retry_after_s
        return Limited(retry_after_s=wait_s, is_global=False, scope=state.config.injected_scope), {}
    if route.needs_token and (limited := state.rate_limits.take_global()) is not None:
        return limited, {}
    return state.rate_limits.take(route, params)


def _too_many(limited: Limited, headers: Mapping[str, str]) -> web.Response:
    body = {
        "message": "You are being rate limited.",
        "retry_after": round(limited.retry_after_s, 3),
        "global": limited.is_global,
    }
    extra = {
        **headers,
        # discord.py takes a 429 without Via for a ban by Cloudflare and gives up
        "Via": "1.1 google",
        "Retry-After": str(math.ceil(limited.retry_after_s)),
        "X-RateLimit-Scope": limited.scope,
    }
    if limited.is_global:
        extra["X-RateLimit-Global"] = "true"
    return _respond(429, body, extra)


def _respond(
    status: int, body: JsonObject | list[JsonObject] | None, headers: Mapping[str, str]
) -> web.Response:
    if body is None:
        return web.Response(status=status, headers=headers)
    return web.Response(status=status, body=orjson.dumps(body), headers={**_JSON, **headers})


def _note_error(state: State, name: str, error: RestError) -> None:
    if error.errors is not None:
        state.trace.breach("invalid_body", name, orjson.dumps(error.errors).decode())
    elif error.status not in {404, 429}:
        state.trace.add("rest", f"{name}: {error.code} {error.message}", status=error.status)
