"""The supabase package's client over an HTTP client of our own; imported only when it is used.

Importing this costs 0.3 s and 40 MB, so `SupabaseConnection` does it on a thread, when it opens.

What the package does by itself, and what is done about it here:

- Its time-outs are 120 s, or a whole number of seconds: the HTTP client is ours, and each call has
  a deadline of its own over all of it.
- It sends ``sb_...`` keys as a Bearer token too, which PostgREST cannot read: that header is taken
  off, and the gateway makes a token from the ``apikey`` header.
- It repeats GET by itself and POST never: we only POST, and repeat in the actor, where the
  deadline is known.
- Its `APIError` has no HTTP status, and text that is no JSON counts as success: both are noted
  from the HTTP client's own hooks.
"""

from __future__ import annotations

import asyncio
import sys
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import httpx
from postgrest import APIError
from supabase import AsyncClient, AsyncClientOptions, acreate_client

from actors.repository.supabase_verdict import Heard, Unheard

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from actors.repository.supabase_history import SupabaseProject

_CONNECT_S: Final = 1.0
_SILENCE_S: Final = 60.0
"""Only a last resort: every call has a deadline of its own over all of it."""
_KEPT_IDLE_S: Final = 55.0
"""Below the minute after which common gateways close, so that a dead connection is seldom tried."""
_NOT_JWT: Final = "sb_"
"""How keys begin that are no tokens.

Source: https://supabase.com/docs/guides/api/api-keys
"""

if find_spec("sniffio") is None:
    # httpcore looks for it at every call, and to find nothing costs 0.4 ms of the 2 that a call
    # takes; None ends the search at once.
    # Source: https://docs.python.org/3/reference/import.html#the-module-cache
    sys.modules["sniffio"] = None  # type: ignore[assignment]


@dataclass(slots=True)
class _Wire:
    """What the hooks saw of the call that runs in this task."""

    sent: bool = False
    response: httpx.Response | None = None


_wire: ContextVar[_Wire] = ContextVar("wire")


async def open_client(project: SupabaseProject, *, connections: int) -> SupabaseClient:
    """Build a client; nothing is sent yet.

    Args:
        project: Where to send, and with which keys.
        connections: The most connections at once; over HTTP/2 one carries all calls.
    """
    key, gate = project.key.get_secret_value(), project.gate
    http = httpx.AsyncClient(
        timeout=httpx.Timeout(_SILENCE_S, connect=_CONNECT_S, pool=_CONNECT_S),
        limits=httpx.Limits(
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=_KEPT_IDLE_S,
        ),
        http2=find_spec("h2") is not None,
        verify=_tls(),
        follow_redirects=False,
        event_hooks={"request": [_watch_sending], "response": [_note_response]},
    )
    options = AsyncClientOptions(
        schema=project.schema,
        headers={gate.header: gate.key.get_secret_value()} if gate else {},
        httpx_client=http,
        auto_refresh_token=False,
        persist_session=False,
        postgrest_client_retry=False,
    )
    client = await acreate_client(project.url, key, options)
    if key.startswith(_NOT_JWT):
        client.options.headers.pop("Authorization", None)
    return SupabaseClient(client, http)


class SupabaseClient:
    """Calls functions by name and says what came back; see `open_client`.

    Args:
        client: The package's own.
        http: What it sends by; closed with this.
    """

    def __init__(self, client: AsyncClient, http: httpx.AsyncClient) -> None:
        self._client = client
        self._http = http
        self._answers = 0
        self._in_flight = 0
        self._is_closing = False

    async def call(
        self, name: str, arguments: Mapping[str, JsonValue], *, within_s: float
    ) -> Heard | Unheard:
        """Call a function once; never raises for the other side's sake.

        Raises:
            ValueError: When the arguments cannot be said in JSON; nothing was sent.
        """
        wire, answers_before = _Wire(), self._answers
        token = _wire.set(wire)
        self._in_flight += 1
        try:
            async with asyncio.timeout(within_s):
                answer = await self._client.rpc(name, dict(arguments)).execute()
        except APIError as error:
            return _heard(wire, None, error)
        except TimeoutError:
            return Unheard(
                sent=wire.sent,
                reason=f"no answer within {within_s:.2f} s",
                timed_out=True,
                silent=wire.sent and self._answers == answers_before,
            )
        except httpx.HTTPError as error:
            is_late = isinstance(error, httpx.TimeoutException)
            return Unheard(sent=wire.sent, reason=type(error).__name__, timed_out=is_late)
        except ValueError as error:
            if not wire.sent:
                raise
            return Unheard(sent=True, reason=type(error).__name__)
        finally:
            _wire.reset(token)
            self._answers += wire.response is not None
            self._in_flight -= 1
            await self._close_when_idle()
        return _heard(wire, answer.data, None)

    async def close(self) -> None:
        """Close all connections, as soon as the calls in flight have ended.

        Closed under a call that is about to begin, httpcore's pool would open another connection,
        and never close that one.
        """
        self._is_closing = True
        await self._close_when_idle()

    async def _close_when_idle(self) -> None:
        if self._is_closing and not self._in_flight:
            await self._http.aclose()


@cache
def _tls() -> ssl.SSLContext:
    # Reading all root certificates takes 50 ms, too much for every reconnection.
    return httpx.create_ssl_context()


async def _watch_sending(request: httpx.Request) -> None:
    request.extensions = {**request.extensions, "trace": _note_sending}


async def _note_sending(event: str, _details: Mapping[str, Any]) -> None:
    # "http11.send_request_headers.started", or "http2.": before it, nothing has left this machine.
    if event.endswith("send_request_headers.started"):
        _wire.get().sent = True


async def _note_response(response: httpx.Response) -> None:
    _wire.get().response = response


def _heard(wire: _Wire, value: Any, error: APIError | None) -> Heard:
    response = wire.response
    assert response is not None  # noqa: S101 - the package reads an answer before it says so
    is_json = "json" in response.headers.get("content-type", "")
    is_empty = response.status_code == httpx.codes.NO_CONTENT
    return Heard(
        status=response.status_code,
        is_json=is_json,
        value=None if is_empty or error else value,
        code=error.code if error and is_json else None,
        message=(error.message or "") if error else "",
        retry_after_s=_seconds(response.headers.get("retry-after")),
    )


def _seconds(text: str | None) -> float | None:
    """Read a ``Retry-After`` in seconds; the form with a date is not worth a clock."""
    return float(text) if text and text.isascii() and text.isdigit() else None
