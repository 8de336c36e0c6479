"""One Redis connection as a state machine: ``connected`` or ``reconnecting``, never an exception.

**Owns** a Redis client for one actor: the cache and the rate limiter have one each.

While ``connected``, a call takes at most `REQUEST_LIMIT_S`. The first call that finds Redis dead or
frozen turns the state to ``reconnecting``; from then on calls are refused at once, without waiting,
while `RedisConnection.keep_open` tries in the background with exponential back-off and jitter.

**Failure modes**

- Redis is dead, frozen, loading, read-only or talks nonsense: ``reconnecting``.
- Redis answers but refuses a command (out of memory, no permission): the caller gets `NotDone`, the
  state stays ``connected``, and ``detail`` says so until that command succeeds again.
- The URL cannot be parsed, or Redis refuses the credentials before it ever accepted them:
  `FatalError`, naming the setting and never its value. Credentials that are refused after they
  once worked (they were changed under a running program) are an outage like any other.
- A command may be sent twice: one retry, as a connection that Redis closed while idle is only
  noticed by using it. Callers send only commands that bear it.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias, TypeVar

from redis.asyncio import Redis

from actors.kernel import FatalError
from actors.redis_connection.client import EXIT_CODE, build_pool
from actors.redis_connection.not_done import NotDone
from actors.redis_connection.verdict import CLIENT_ERRORS, classify

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from pydantic import SecretStr

    from actors.kernel import Clock

T = TypeVar("T")
State: TypeAlias = Literal["connected", "reconnecting"]

REQUEST_LIMIT_S = 0.65
"""The longest that one call may take: the client's own limits add up to more when frozen."""

_RECONNECT_FIRST_S = 0.1
_RECONNECT_MAX_S = 2.0


class RedisConnection:
    """Keeps one Redis client usable, or says at once that it is not.

    Everything runs on the owning actor's loop.

    Args:
        url: Where Redis is; ``redis://``, ``rediss://`` or ``unix://``.
        setting: The name of the setting that holds the URL, for error messages.
        clock: Times the pauses between attempts.
        on_change: Called when ``state`` or ``detail`` changed.
        prepare: Runs on each new connection before calls may use it; if it fails, so does
            the attempt.

    Raises:
        FatalError: When the URL cannot be used.
    """

    def __init__(
        self,
        *,
        url: SecretStr,
        setting: str,
        clock: Clock,
        on_change: Callable[[], None],
        prepare: Callable[[Redis], Awaitable[None]],
    ) -> None:
        self._setting = setting
        self._clock = clock
        self._on_change = on_change
        self._prepare = prepare
        self._pool = build_pool(url, setting)
        self._client = Redis(connection_pool=self._pool)
        self._state: State = "reconnecting"
        self._away: str | None = "not connected yet"
        self._refused: dict[str, str] = {}
        self._credentials_worked = False
        self._session = 0
        self._lost = asyncio.Event()

    @property
    def state(self) -> State:
        """Whether calls reach Redis at this moment."""
        return self._state

    @property
    def detail(self) -> str | None:
        """Why Redis is away, or which command it refuses; None when all is well."""
        if self._away is not None:
            return f"Redis is away ({self._away})"
        if self._refused:
            refusals = ", ".join(f"{name}: {kind}" for name, kind in self._refused.items())
            return f"Redis refuses a command ({refusals})"
        return None

    async def open(self) -> None:
        """Make the first attempt; whether it succeeded shows in ``state``.

        Raises:
            FatalError: When Redis refuses the credentials.
        """
        if not await self._attempt():
            self._lost.set()
            self._on_change()

    async def keep_open(self) -> NoReturn:
        """Reconnect whenever Redis was lost; runs for as long as the actor does.

        Raises:
            FatalError: When Redis refuses the credentials and never accepted them.
        """
        while True:
            await self._lost.wait()
            # Idle connections may be half dead; each would cost a call its time limit.
            with contextlib.suppress(*CLIENT_ERRORS):
                await self._pool.disconnect(inuse_connections=False)
            for pause_s in _pauses_s():
                await self._clock.sleep(pause_s)
                if await self._attempt():
                    break

    async def call(self, name: str, operation: Callable[[Redis], Awaitable[T]]) -> T | NotDone:
        """Run ``operation`` on the client, within the time limit, if Redis is there.

        Args:
            name: What ``detail`` calls the operation when Redis refuses it.
            operation: Sends commands that may be sent twice.
        """
        if self._away is not None:
            return NotDone(self._away)
        session = self._session
        try:
            async with asyncio.timeout(REQUEST_LIMIT_S):
                result = await operation(self._client)
        except CLIENT_ERRORS as error:
            return self._note_failure(name, error, session)
        if self._refused.pop(name, None):
            self._on_change()
        return result

    async def close(self) -> None:
        """Close every connection; the object cannot be used afterwards."""
        self._away = "closed"
        self._state = "reconnecting"
        with contextlib.suppress(*CLIENT_ERRORS):
            await self._pool.aclose()

    async def _attempt(self) -> bool:
        try:
            async with asyncio.timeout(REQUEST_LIMIT_S):
                await self._client.ping()
                self._credentials_worked = True
                await self._prepare(self._client)
        except CLIENT_ERRORS as error:
            if classify(error) == "wrong_credentials" and not self._credentials_worked:
                raise FatalError(
                    f"{self._setting}: Redis refuses its user name or password.",
                    exit_code=EXIT_CODE,
                ) from None
            self._away = type(error).__name__
            return False
        # No await from here: what `prepare` saw is still true when calls begin.
        self._lost.clear()
        self._state, self._away = "connected", None
        self._refused.clear()
        self._on_change()
        return True

    def _note_failure(self, name: str, error: BaseException, session: int) -> NotDone:
        kind = type(error).__name__
        if classify(error) == "refused":
            if self._refused.get(name) != kind:
                self._refused[name] = kind
                self._on_change()
        elif session == self._session and self._away is None:
            # A call that began before the last reconnection says nothing about this one.
            self._session += 1
            self._state, self._away = "reconnecting", kind
            self._lost.set()
            self._on_change()
        return NotDone(kind)


def _pauses_s() -> Iterator[float]:
    """Exponential back-off from 0.1 to 2 s; each pause is drawn from its upper half."""
    pause_s = _RECONNECT_FIRST_S
    while True:
        yield pause_s * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, no secret
        pause_s = min(pause_s * 2, _RECONNECT_MAX_S)
