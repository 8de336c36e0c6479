"""A stand-in for any actor, driven by a test."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any, TypeVar

from actors.kernel import Address, Message, Query
from actors.kernel.cell import Cell
from actors.kernel.loops import call_on
from actors.kernel.runtime import Runtime
from actors.kernel.spec import ChildSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.kernel.envelope import Envelope
    from actors.kernel.exits import Exit

M = TypeVar("M", bound=Message)
R = TypeVar("R")


class Probe:
    """Receives what an actor sends, keeps it for `expect`, and answers what it was told to.

    Built inside a running event loop. It has an address, but no supervisor and no handlers, so it
    never fails. A query without a scripted answer is left unanswered, as by an actor that hangs,
    until `reply` is called.
    """

    def __init__(self, name: str = "probe") -> None:
        self.name = name
        self._loop = asyncio.get_running_loop()
        runtime = Runtime()
        runtime.attach(self._loop)
        self._cell = Cell(name, runtime)
        spec = ChildSpec(name=name, start=_never, mailbox_size=1_000_000)
        self._cell.bind(spec, loop=self._loop, report=lambda _report: None)
        self._cell.attach(_Intake(self._loop, self._take))
        self._waiting: deque[Envelope] = deque()
        self._answered: deque[Envelope] = deque()
        self._returned: list[Envelope] = []
        self._open: list[Envelope] = []
        self._answers: dict[type[Any], Any] = {}
        self._turns: defaultdict[type[Any], deque[Any]] = defaultdict(deque)
        self._arrived = asyncio.Event()

    @property
    def address(self) -> Address[Any]:
        """Where to send to, from any thread."""
        return Address(self._cell)

    def answer(
        self, query_type: type[Query[R]], reply: R | BaseException | Callable[[Any], R]
    ) -> None:
        """Answer every query of that type from now on.

        Args:
            query_type: the class of the queries.
            reply: the value; or a function of the query; or an exception, which is raised at the
                asker, for instance an ``ActorFailedError``, as is what the function raises.
        """
        self._answers[query_type] = reply

    def answer_in_turn(
        self, query_type: type[Query[R]], *replies: R | BaseException | Callable[[Any], R]
    ) -> None:
        """Answer the next queries of that type with one reply each, then as `answer` says."""
        self._turns[query_type].extend(replies)

    async def expect(self, message_type: type[M], timeout_s: float = 1.0) -> M:
        """Return the next message, which must be of ``message_type``.

        Queries that were answered by the script are passed over, unless their type is asked for.

        Raises:
            AssertionError: another message came first, or none came in time; it says which.
        """
        try:
            async with asyncio.timeout(timeout_s):
                while (found := self._next(message_type)) is None:
                    self._arrived.clear()
                    await self._arrived.wait()
        except TimeoutError:
            raise AssertionError(
                f"{self.name} got no {message_type.__name__} within {timeout_s:g} s"
                f"; what it has got is {self._describe_past()}"
            ) from None
        return found

    def expect_no_message(self) -> None:
        """Fail if a message is waiting that `expect` has not returned."""
        if self._waiting:
            raise AssertionError(
                f"{self.name} expected no message and got {self._waiting[0].message!r}"
            )

    async def expect_silence(self, seconds: float) -> None:
        """Fail if a message comes within ``seconds``, or waits already."""
        await asyncio.sleep(seconds)
        self.expect_no_message()

    def expect_all_answered(self) -> None:
        """Fail if a query has neither a scripted answer nor a `reply`."""
        queries = [repr(envelope.message) for envelope in self._open if envelope.reply is not None]
        if queries:
            raise AssertionError(f"{self.name} has not answered {', '.join(queries)}")

    def reply(self, query: Query[R], value: R | BaseException) -> None:
        """Answer a query that `expect` returned and no script had answered."""
        for envelope in self._open:
            if envelope.message is query:
                self._open.remove(envelope)
                _complete(envelope, value)
                return
        raise AssertionError(f"{self.name} has no open {query!r}: it is answered, or never came")

    def _next(self, message_type: type[M]) -> M | None:
        for envelope in self._answered:
            if isinstance(envelope.message, message_type):
                self._answered.remove(envelope)
                self._returned.append(envelope)
                return envelope.message
        if not self._waiting:
            return None
        envelope = self._waiting.popleft()
        self._returned.append(envelope)
        if not isinstance(envelope.message, message_type):
            raise AssertionError(  # noqa: TRY004 - a failed expectation, as pytest reports it
                f"{self.name} expected {message_type.__name__} and got {envelope.message!r}"
            )
        return envelope.message

    def _take(self) -> None:
        while (envelope := self._cell.mailbox.take()) is not None:
            kind = type(envelope.message)
            if self._turns[kind]:
                self._answered.append(envelope)
                _answer(envelope, self._turns[kind].popleft())
            elif kind in self._answers:
                self._answered.append(envelope)
                _answer(envelope, self._answers[kind])
            else:
                self._waiting.append(envelope)
                self._open.append(envelope)
        self._arrived.set()

    def _describe_past(self) -> str:
        past = [repr(envelope.message) for envelope in (*self._returned, *self._answered)]
        return ", ".join(past) or "nothing"


def _answer(envelope: Envelope, answer: Any) -> None:
    if callable(answer):
        try:
            answer = answer(envelope.message)
        except Exception as error:  # noqa: BLE001 - the script's error belongs to the asker
            answer = error
    _complete(envelope, answer)


def _complete(envelope: Envelope, value: object) -> None:
    if envelope.reply is None:
        return
    if isinstance(value, BaseException):
        envelope.reply.fail(value)
    else:
        envelope.reply.resolve(value)


def _never() -> Any:
    raise AssertionError("a probe is not started")


class _Intake:
    """Takes the place of an incarnation in the probe's cell."""

    number = 1
    exit: Exit | None = None
    is_busy = False

    def __init__(self, loop: asyncio.AbstractEventLoop, take: Callable[[], None]) -> None:
        self._loop = loop
        self._take = take

    def begin(self) -> None:
        """Nothing to begin."""

    def wake(self) -> None:
        """Take what came, on the test's loop."""
        call_on(self._loop, self._take)

    def begin_drain(self) -> None:
        """Nothing to drain."""

    def request_stop(self, *, drain: bool) -> None:
        """Nothing to stop."""

    def kill(self, exit_: Exit) -> None:
        """Nothing to kill."""

    def hurry(self) -> None:
        """Nothing to wait for."""

    def look(self) -> None:
        """Nothing to mend."""
