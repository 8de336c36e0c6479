"""Calls with patience: again when that may help, in turn, and not at all while it would only hurt.

A call may be tried three times, after pauses that grow and are drawn by lot, within the deadline
that it brought. Only reads, and writes with a request id, are tried again. What is known for
certain is never lost on the way: when any attempt may have been saved, the answer says so.

Source: M. Brooker, Exponential Backoff and Jitter, AWS Architecture Blog, 2015 ("full jitter")
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, wait_random_exponential

from actors.repository.breaker import Breaker, BreakerRules, Rejected
from actors.repository.call_limiter import CallLimiter
from actors.repository.concurrency import ConcurrencyLimit
from actors.repository.errors import CallFailed
from actors.repository.messages import DatabaseUnavailable, FunctionRefused, FunctionReturned

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel import Clock
    from actors.repository.breaker import Outcome
    from actors.repository.connection import Connection
    from actors.repository.messages import CallFunction

_REQUEST_ID: Final = "request_id"
_UNNOTICED_S: Final = 0.01
"""A call that was kept this long or less still has all its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryRules:
    """How often a call is tried, and how long the pauses are."""

    attempts: int = 3
    first_pause_s: float = 0.1
    """The first pause is at most this long, the next one at most twice as long."""
    least_attempt_s: float = 0.2
    """With less time than this left, another attempt would only add to the load."""


class RetryingCalls:
    """Makes calls over one connection; see the module.

    Args:
        connection: Opened and closed by somebody else.
        clock: What time it is, and how to wait.
        on_failure: Told of every attempt that failed.
        on_breaker: Told when the breaker may have changed.
        retries: How often, and after which pauses.
        breaker: When to stop trying.
    """

    def __init__(  # noqa: PLR0913 - two of them only differ in tests
        self,
        connection: Connection,
        *,
        clock: Clock,
        on_failure: Callable[[CallFailed], None],
        on_breaker: Callable[[], None],
        retries: RetryRules | None = None,
        breaker: BreakerRules | None = None,
    ) -> None:
        self._connection = connection
        self._clock = clock
        self._on_failure = on_failure
        self._on_breaker = on_breaker
        self._retries = retries or RetryRules()
        self._pause = wait_random_exponential(multiplier=self._retries.first_pause_s)
        self._limit = ConcurrencyLimit(connection.most_at_once)
        self.limiter = CallLimiter(self._limit)
        self.breaker = Breaker(breaker)
        self.repeated = 0

    @property
    def at_once(self) -> int:
        """How many calls may be under way now."""
        return self._limit.current

    async def call(
        self, request: CallFunction
    ) -> FunctionReturned | FunctionRefused | DatabaseUnavailable:
        """Make a call, several times if need be; the answer is never an error."""
        until_s = self._clock.monotonic_s() + request.within_s
        try:
            return await self._try_once(request, until_s)
        except CallFailed as failure:
            if not (_may_help(failure) and _may_be_repeated(request)):
                return failure.answer
            first = failure
        return await self._try_again(request, until_s, first)

    async def _try_again(
        self, request: CallFunction, until_s: float, first: CallFailed
    ) -> FunctionReturned | FunctionRefused | DatabaseUnavailable:
        """Go on after a first failure. Nothing of this is paid for by a call that goes well."""
        failures: list[CallFailed] = []

        async def attempt() -> FunctionReturned | FunctionRefused:
            try:
                if not failures:
                    raise first
                return await self._try_once(request, until_s)
            except CallFailed as failure:
                failures.append(failure)
                raise

        answer: FunctionReturned | FunctionRefused
        try:
            answer = await self._retrying(until_s)(attempt)
        except CallFailed as last:
            return replace(last.answer, may_have_been_saved=_may_have_been_saved(failures))
        if _may_have_been_saved(failures) and isinstance(answer, FunctionRefused):
            detail = f"refused {answer.code} after an attempt without an answer"
            return DatabaseUnavailable(detail=detail, may_have_been_saved=True)
        return answer

    def _retrying(self, until_s: float) -> AsyncRetrying:
        def is_over(state: RetryCallState) -> bool:
            left_s = until_s - self._clock.monotonic_s() - state.upcoming_sleep
            return (
                state.attempt_number >= self._retries.attempts
                or left_s < self._retries.least_attempt_s
            )

        def note(_state: RetryCallState) -> None:
            self.repeated += 1

        return AsyncRetrying(
            retry=retry_if_exception(_may_help),
            stop=is_over,
            wait=self._wait,
            sleep=self._clock.sleep,
            before_sleep=note,
            reraise=True,
        )

    def _wait(self, state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        asked_s = failure.retry_after_s if isinstance(failure, CallFailed) else None
        return max(asked_s or 0.0, self._pause(state))

    async def _try_once(
        self, request: CallFunction, until_s: float
    ) -> FunctionReturned | FunctionRefused:
        now_s = self._clock.monotonic_s()
        if self.breaker.state(now_s) == "open":
            raise _NotTried("the breaker is open")
        try:
            await self.limiter.enter(within_s=until_s - now_s)
        except TimeoutError:
            raise _NotTried("too many calls wait for the database") from None
        try:
            return await self._pass_breaker(request, until_s)
        finally:
            self.limiter.leave()

    async def _pass_breaker(
        self, request: CallFunction, until_s: float
    ) -> FunctionReturned | FunctionRefused:
        now_s = self._clock.monotonic_s()
        ticket = self.breaker.admit(now_s)
        if isinstance(ticket, Rejected):
            raise _NotTried("the breaker is open")
        self._on_breaker()
        outcome: Outcome = "neutral"
        try:
            left_s = until_s - now_s
            late = request.within_s - left_s > _UNNOTICED_S
            answer = await self._connection.call(
                replace(request, within_s=left_s) if late else request
            )
        except CallFailed as failure:
            outcome = self._judge(failure)
            raise
        else:
            outcome = "success"
            self._limit.note_success(self.limiter.inside)
            return answer
        finally:
            self.breaker.settle(ticket, outcome, self._clock.monotonic_s())
            self._on_breaker()

    def _judge(self, failure: CallFailed) -> Outcome:
        self._on_failure(failure)
        match failure.cause:
            case "contention":
                return "success"
            case "overload":
                self._limit.note_overload(self._clock.monotonic_s())
                return "failure"
            case "outage":
                return "failure"


class _NotTried(CallFailed):
    """The call was kept back, and trying it again soon would change nothing."""

    def __init__(self, detail: str) -> None:
        answer = DatabaseUnavailable(detail=detail, may_have_been_saved=False)
        super().__init__(answer, connection_lost=False)


def _may_help(error: BaseException) -> bool:
    return isinstance(error, CallFailed) and not isinstance(error, _NotTried)


def _may_be_repeated(request: CallFunction) -> bool:
    return not request.writes or any(name == _REQUEST_ID for name, _ in request.arguments)


def _may_have_been_saved(failures: list[CallFailed]) -> bool:
    return any(failure.answer.may_have_been_saved for failure in failures)
