"""Calls SQL functions, and says at once when the database is away.

**Owns** the database connection: a pool, opened and closed as the database comes and goes.

**Loses at restart** the calls in hand, which the kernel hands to the next incarnation: reads may
be repeated, and writes carry a request id that makes repeating them harmless.

**Failure modes**

- The database cannot be reached, at start or later: ``unreachable``. Calls are answered
  `DatabaseUnavailable` at once, nobody waits; it is tried again with exponential back-off and
  jitter, and the migrations are applied before it counts as connected.
- A call fails: it is tried again within its deadline, if it is a read or has a request id. At the
  end a write is answered ``may_have_been_saved`` unless it is certain that it was not.
- A call is lost with its connection: that counts as lost until it could be opened again.
- Most calls fail: the breaker opens, and calls are answered `DatabaseUnavailable` at once until a
  probe gets through. The database has too much to do: fewer calls are made at the same time.
- The database refuses a call (a constraint, a wrong argument): `FunctionRefused`; no failure.
- A setting is wrong, or the schema needs a person (a migration was changed, or fails):
  `FatalError` with the sentence that names it.
"""

from __future__ import annotations

import asyncio
import functools
import random
import re
from typing import TYPE_CHECKING, Final, assert_never

from typing_extensions import override

from actors.kernel import AsyncioActor, FatalError
from actors.repository.errors import CallFailed, ConnectFailed, MigrationError, SettingRefused
from actors.repository.messages import (
    CallFunction,
    DatabaseHealth,
    DatabaseUnavailable,
    FunctionRefused,
    FunctionReturned,
    GetDatabaseHealth,
    RepositoryMessage,
)
from actors.repository.retrying_calls import RetryingCalls

if TYPE_CHECKING:
    from actors.repository.breaker import BreakerRules, BreakerState
    from actors.repository.connection import Connection
    from actors.repository.retrying_calls import RetryRules

_NAME: Final = re.compile(r"[a-z_]+")
_RETRY_FIRST_S: Final = 0.05
_RETRY_MAX_S: Final = 1.5
_EXIT_CODE: Final = 78
"""``EX_CONFIG``: restarting cannot help.

Source: sysexits.h
"""


class Repository(AsyncioActor[RepositoryMessage]):
    """Keeps one database connection usable, or says at once that it is not.

    Give its child spec a concurrency of at least as many calls as the connection takes at once.

    Args:
        connection: The way to the database; this actor opens and closes it.
        retries: How often a call is tried.
        breaker: When calls are not tried at all.
    """

    finishes_expired = True  # a call has its own deadline, and its end tells how the line is

    def __init__(
        self,
        connection: Connection,
        *,
        retries: RetryRules | None = None,
        breaker: BreakerRules | None = None,
    ) -> None:
        super().__init__()
        self._connection = connection
        self._retries = retries
        self._breaker = breaker
        self._calls: RetryingCalls
        self._breaker_was: BreakerState = "closed"
        self._away_because: str | None = "not tried yet"
        self._lost = asyncio.Event()

    @override
    async def on_start(self) -> None:
        """Connect and migrate, or begin unreachable."""
        self._calls = RetryingCalls(
            self._connection,
            clock=self.clock,
            on_failure=self._note,
            on_breaker=self._note_breaker,
            retries=self._retries,
            breaker=self._breaker,
        )
        if not await self._try_to_open():
            self._lost.set()
        self.spawn(self._keep_open(), name="database-reconnection")

    @override
    async def on_stop(self) -> None:
        """Close the connection."""
        self._away_because = "stopped"
        await self._connection.close()

    @override
    async def on_receive(self, message: RepositoryMessage) -> object:
        """Handle one message; never fails for the database's sake."""
        match message:
            case CallFunction():
                return await self._call(message)
            case GetDatabaseHealth():
                return await self._measure_health()
            case _:
                assert_never(message)

    async def _call(
        self, call: CallFunction
    ) -> FunctionReturned | FunctionRefused | DatabaseUnavailable:
        if not _are_names(call.name, *(name for name, _ in call.arguments)):
            return FunctionRefused(code="42602", message="not a name of a function or argument")
        if self._away_because is not None:
            return DatabaseUnavailable(detail=self._away_because, may_have_been_saved=False)
        return await self._calls.call(call)

    async def _measure_health(self) -> DatabaseHealth:
        breaker = self._calls.breaker.state(self.clock.monotonic_s())
        away_because, latency_ms = self._away_because, None
        if away_because is None and breaker == "open":
            away_because = "most calls failed; the breaker is open"
        if away_because is None:
            try:
                latency_ms = await self._connection.measure_ms()
            except CallFailed as failure:
                self._note(failure)
                away_because = failure.answer.detail
        return DatabaseHealth(
            state="connected" if away_because is None else "unreachable",
            latency_ms=latency_ms,
            detail=away_because,
            breaker=breaker,
            calls_at_once=self._calls.at_once,
            calls_waiting=self._calls.limiter.waiting,
            calls_repeated=self._calls.repeated,
        )

    def _note(self, failure: CallFailed) -> None:
        self.log.warning("database.call_failed", reason=failure.answer.detail, cause=failure.cause)
        if failure.connection_lost and self._away_because is None:
            self._away_because = failure.answer.detail
            self._lost.set()
            self._report()

    def _note_breaker(self) -> None:
        state = self._calls.breaker.state(self.clock.monotonic_s())
        if state == self._breaker_was:
            return
        self.log.warning("database.breaker_changed", state=state, before=self._breaker_was)
        self._breaker_was = state
        self._report()

    def _report(self) -> None:
        if self._away_because is not None:
            self.report_degraded("the database is unreachable")
        elif self._breaker_was != "closed":
            self.report_degraded("most calls of the database failed; the breaker is open")
        else:
            self.report_recovered()

    async def _keep_open(self) -> None:
        while True:
            await self._lost.wait()
            self._lost.clear()
            pause_s = _RETRY_FIRST_S
            while not await self._try_to_open():
                await self.clock.sleep(pause_s * random.uniform(0.5, 1.0))  # noqa: S311 - jitter
                pause_s = min(pause_s * 2, _RETRY_MAX_S)

    async def _try_to_open(self) -> bool:
        try:
            await self._connection.open()
        except ConnectFailed as failure:
            if self._away_because != str(failure):
                self.log.warning("database.unreachable", reason=str(failure))
            self._away_because = str(failure)
            self._report()
            return False
        except MigrationError as error:
            raise FatalError(f"The database's schema: {error}.", exit_code=_EXIT_CODE) from error
        except SettingRefused as error:
            raise FatalError(str(error), exit_code=_EXIT_CODE) from error
        self._away_because = None
        self._report()
        self.log.info("database.connected")
        return True


@functools.lru_cache(maxsize=256)
def _are_names(*names: str) -> bool:
    return all(map(_NAME.fullmatch, names))
