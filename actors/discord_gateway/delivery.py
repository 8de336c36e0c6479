"""Sends the requests of interactions, which need their token alone, and tries again in time.

discord.py's own adapter is not used for these: it does not repeat a request whose connection
dropped, waits 1 s before it repeats a 500 (of the 3 s there are), and builds objects that nobody
reads. The routes are exempt from Discord's global limit, so no bucket is kept; a 429 is obeyed.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints
"""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import aiohttp
import orjson
from yarl import URL

from actors.concurrency_limit import ConcurrencyLimit
from actors.discord_gateway.invalid_requests import InvalidRequests, route_kind
from actors.kernel import Backoff

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from actors.discord_gateway.payload import JsonObject
    from actors.discord_gateway.replies import File
    from actors.kernel import Clock

ATTEMPT_S: Final = 1.5
"""Then a connection counts as frozen, and there is time for another one inside the 3 s."""
_PAUSES: Final = Backoff(first_s=0.05, factor=1.5, max_s=0.4)
_TOO_MANY: Final = 429
_SUCCESS: Final = range(200, 300)
_SERVER_ERRORS: Final = range(500, 600)

_CONNECTIONS: Final = 100
_LEAST_AT_ONCE: Final = 4
_KEEP_ALIVE_S: Final = 75.0
"""A handshake costs more than an idle connection; one that was closed meanwhile is retried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request of an interaction."""

    method: str
    path: str = field(repr=False)
    """Below ``/api/v10``. Holds the interaction's token, so it is never logged."""
    body: JsonObject = field(repr=False)
    files: Sequence[File] = ()
    repeatable: bool = True
    """False when a second one would show twice: it is not sent again once it may have arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """Discord took it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Discord will not take it."""

    status: int
    code: int
    """Discord's JSON error code, 0 without one."""
    detail: str
    """Status, code and the paths of wrong fields; nothing of their content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReached:
    """Time ran out while Discord did not answer, or answered that it cannot now."""

    detail: str


Outcome: TypeAlias = Delivered | Refused | NotReached


@dataclass(frozen=True, slots=True, kw_only=True)
class _TryAgain:
    detail: str
    may_have_arrived: bool
    pause_s: float | None = None
    """As Discord asked for, if it did."""


class Delivery:
    """A pool of connections to Discord's interaction endpoints.

    Args:
        api_base: Such as ``https://discord.com/api/v10``.
        clock: For budgets and pauses.
        user_agent: Discord asks bots to name themselves.
        report: Told a sentence when Discord refuses so much that sending pauses, None afterwards.
    """

    def __init__(
        self,
        api_base: str,
        clock: Clock,
        *,
        user_agent: str,
        report: Callable[[str | None], None] = lambda _sentence: None,
    ) -> None:
        self._api_base = api_base
        self._clock = clock
        self.limit: Final = ConcurrencyLimit(
            highest=_CONNECTIONS, lowest=_LEAST_AT_ONCE, monotonic_s=clock.monotonic_s
        )
        """How many requests may be under way: falls when Discord answers 429, and recovers."""
        self.invalid: Final = InvalidRequests(monotonic_s=clock.monotonic_s, report=report)
        """What Discord refuses of all requests, also of those that others send."""
        # Called on the event loop: aiohttp binds both to the running one.
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=_CONNECTIONS, keepalive_timeout=_KEEP_ALIVE_S, ttl_dns_cache=300
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": user_agent},
            timeout=aiohttp.ClientTimeout(total=None),
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    async def send(self, request: Request, *, within_s: float) -> Outcome:
        """Send a request, and send it again while it fails for no reason of its own.

        Args:
            request: What to send.
            within_s: Seconds in which another attempt may begin; there is always a first one. All
                is over `ATTEMPT_S` later.

        Returns:
            How it ended. No error of the HTTP library gets out of here.
        """
        deadline_s = self._clock.monotonic_s() + within_s
        for attempts in itertools.count(1):
            outcome = await self._attempt_in_turn(request, deadline_s)
            if not isinstance(outcome, _TryAgain):
                return outcome
            pause_s = _PAUSES.delay_s(attempts) if outcome.pause_s is None else outcome.pause_s
            out_of_time = self._clock.monotonic_s() + pause_s >= deadline_s
            if out_of_time or (outcome.may_have_arrived and not request.repeatable):
                return NotReached(detail=outcome.detail)
            await self._clock.sleep(pause_s)
        raise AssertionError("counting never ends")

    async def _attempt_in_turn(self, request: Request, deadline_s: float) -> Outcome | _TryAgain:
        if (pause_s := self.invalid.wait_s()) > 0:
            return _TryAgain(
                detail="pausing after refusals", may_have_arrived=False, pause_s=pause_s
            )
        left_s = max(deadline_s - self._clock.monotonic_s(), 0.0)
        # Files may need all the time that is left; anything else is quick, or stuck.
        timeout_s = max(left_s, ATTEMPT_S) if request.files else ATTEMPT_S
        if self.limit.has_room:
            async with self.limit.slot():
                return await self._attempt(request, timeout_s=timeout_s)
        try:
            async with asyncio.timeout(left_s + ATTEMPT_S) as waiting, self.limit.slot():
                waiting.reschedule(None)
                return await self._attempt(request, timeout_s=timeout_s)
        except TimeoutError:
            return NotReached(detail="too many requests under way")

    async def _attempt(self, request: Request, *, timeout_s: float) -> Outcome | _TryAgain:
        try:
            async with asyncio.timeout(timeout_s):
                return await self._send_once(request)
        except aiohttp.ClientConnectorError as error:
            return _TryAgain(detail=type(error).__name__, may_have_arrived=False)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # The class alone: the text of some of these holds the address with the token.
            return _TryAgain(detail=type(error).__name__, may_have_arrived=True)

    async def _send_once(self, request: Request) -> Outcome | _TryAgain:
        # encoded=True: snowflakes and tokens need no quoting, and yarl's own costs 20 us.
        url = URL(self._api_base + request.path, encoded=True)
        headers = None if request.files else {"Content-Type": "application/json"}
        content = _multipart(request) if request.files else orjson.dumps(request.body)
        async with self._session.request(
            request.method, url, data=content, headers=headers, allow_redirects=False
        ) as response:
            status = response.status
            received = await response.read()
            scope = response.headers.get("X-RateLimit-Scope")
            self.invalid.note(status, scope=scope, route=route_kind(request.path))
            if status in _SUCCESS:
                self.limit.succeeded()
                return Delivered()
            if status == _TOO_MANY:
                self.limit.overloaded()
                pause_s = _retry_after_s(received, response.headers.get("Retry-After"))
                return _TryAgain(detail="HTTP 429", may_have_arrived=False, pause_s=pause_s)
            if status in _SERVER_ERRORS:
                return _TryAgain(detail=f"HTTP {status}", may_have_arrived=False)
            return _refused(status, received)


def _multipart(request: Request) -> aiohttp.FormData:
    # quote_fields would escape the brackets of files[0], which Discord then does not know.
    form = aiohttp.FormData(quote_fields=False)
    form.add_field(
        "payload_json", orjson.dumps(request.body).decode(), content_type="application/json"
    )
    for index, file in enumerate(request.files):
        form.add_field(
            f"files[{index}]",
            file.content,
            filename=file.name,
            content_type="application/octet-stream",
        )
    return form


def _retry_after_s(received: bytes, header: str | None) -> float:
    """Take the body's word, else the header's (Cloudflare sends no JSON), else a second."""
    try:
        return float(_decoded(received).get("retry_after", header or 1.0))
    except (TypeError, ValueError):
        return 1.0


def _refused(status: int, received: bytes) -> Refused:
    body = _decoded(received)
    code = body.get("code", 0)
    code = code if isinstance(code, int) else 0
    wrong = ", ".join(_wrong_fields(body.get("errors"), ""))
    return Refused(status=status, code=code, detail=f"HTTP {status}, code {code} {wrong}".strip())


def _decoded(received: bytes) -> dict[str, Any]:
    try:
        body = orjson.loads(received)
    except orjson.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}


def _wrong_fields(errors: object, path: str) -> list[str]:
    """List the paths and kinds of Discord's form errors; their sentences may quote the reply."""
    if not isinstance(errors, dict):
        return []
    found = [
        f"{path}: {error.get('code')}" for error in errors.get("_errors", ()) if path and error
    ]
    for name, inner in errors.items():
        if name != "_errors":
            found += _wrong_fields(inner, f"{path}.{name}".lstrip("."))
    return found
