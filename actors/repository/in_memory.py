"""A connection without a database: functions in Python, and any failure that a test asks for.

**Owns** nothing. ``Repository(InMemoryConnection(...))`` is the repository's in-memory twin: the
same actor, breaker and repetitions over functions that a test wrote.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, TypeAlias

import orjson
from typing_extensions import override

from actors.repository.connection import Connection
from actors.repository.errors import CallFailed, ConnectFailed, MigrationError, SettingRefused
from actors.repository.messages import DatabaseUnavailable, FunctionRefused, FunctionReturned

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from actors.repository.messages import CallFunction, JsonValue

    Step: TypeAlias = (
        FunctionReturned | FunctionRefused | CallFailed | Callable[[], Awaitable[None]]
    )


class InMemoryConnection(Connection):
    """Answers from functions, unless the script says otherwise.

    Args:
        functions: By name; each takes the call's arguments by name, and returns a value or a
            `FunctionRefused`.
        most_at_once: What it says that it can do at the same time.
    """

    def __init__(
        self,
        functions: Mapping[str, Callable[..., JsonValue | FunctionRefused]],
        *,
        most_at_once: int = 8,
    ) -> None:
        self.most_at_once = most_at_once
        self.calls: list[CallFunction] = []
        """Every call that came through, repetitions too."""
        self.cannot_open: ConnectFailed | MigrationError | SettingRefused | None = None
        """What the next openings raise."""
        self._functions = dict(functions)
        self._script: deque[Step] = deque()
        self._is_open = False

    def then(self, *steps: Step) -> None:
        """Let the coming calls end like this, one each, in order.

        A coroutine function is awaited before the call goes on as if nothing were scripted.
        """
        self._script.extend(steps)

    @override
    async def open(self) -> None:
        self._is_open = False
        if self.cannot_open is not None:
            raise self.cannot_open
        self._is_open = True

    @override
    async def call(self, request: CallFunction) -> FunctionReturned | FunctionRefused:
        self._require_open()
        self.calls.append(request)
        match self._script.popleft() if self._script else None:
            case CallFailed() as failure:
                raise failure
            case (FunctionReturned() | FunctionRefused()) as answer:
                return answer
            case None:
                return self._answer(request)
            case wait:
                await wait()
                return self._answer(request)

    @override
    async def measure_ms(self) -> float:
        self._require_open()
        return 0.1

    @override
    async def close(self) -> None:
        self._is_open = False

    def _answer(self, request: CallFunction) -> FunctionReturned | FunctionRefused:
        if not _is_storable(request):
            return FunctionRefused(code="22021", message="an argument holds no text in Unicode")
        function = self._functions.get(request.name)
        if function is None:
            return FunctionRefused(code="42883", message=f"function {request.name} does not exist")
        value: Any = function(**dict(request.arguments))
        return value if isinstance(value, FunctionRefused) else FunctionReturned.of(value)

    def _require_open(self) -> None:
        if not self._is_open:
            raise failed("not connected", lost=True)


def failed(
    detail: str = "on purpose", *, saved: bool = False, lost: bool = False, **more: Any
) -> CallFailed:
    """Return a failure for a script.

    Args:
        detail: What the answer says.
        saved: The call may have been saved.
        lost: The connection is lost with it.
        **more: As `CallFailed` takes it.
    """
    answer = DatabaseUnavailable(detail=detail, may_have_been_saved=saved)
    return CallFailed(answer, connection_lost=lost, **more)


def _is_storable(request: CallFunction) -> bool:
    try:
        return b"\\u0000" not in orjson.dumps(dict(request.arguments))
    except orjson.JSONEncodeError:
        return False
