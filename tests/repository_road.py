"""Stands where the repository's address does: counts what goes to the database, and may stop it."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from actors.repository.messages import CallFunction, DatabaseUnavailable

if TYPE_CHECKING:
    from actors.kernel import Address, Query
    from actors.repository.messages import RepositoryMessage


class Gate:
    """Where somebody is held until the test lets them go on."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.opened = asyncio.Event()

    async def pass_through(self) -> None:
        self.reached.set()
        await self.opened.wait()


class RepositoryRoad:
    """A real database behind a road of which a test can count, hold, refuse or lose every call.

    Args:
        repository: The real one; None where every call is stopped.
    """

    def __init__(self, repository: Address[RepositoryMessage] | None = None) -> None:
        self._repository = repository
        self.calls: Counter[str] = Counter()
        self.asked: list[CallFunction] = []
        self.error: DatabaseUnavailable | None = None
        """What every call is answered, instead of reaching the database."""
        self.loses_answers = False
        """What a call did is done, and nobody hears of it."""
        self.faults: dict[str, Exception] = {}
        """What a call raises in which this text stands, as a fault of the program would."""
        self.most_at_once = 0
        """The most calls that were under way at the same time."""
        self._under_way = 0
        self._before: dict[str, Gate] = {}
        self._after: dict[str, Gate] = {}

    @property
    def address(self) -> Address[RepositoryMessage]:
        """Where it is reached."""
        return cast("Address[RepositoryMessage]", self)

    def hold_before(self, function: str) -> Gate:
        """Hold the next call of that function before the database sees it."""
        return self._before.setdefault(function, Gate())

    def hold_after(self, function: str) -> Gate:
        """Hold the next answer of that function after the database has done it."""
        return self._after.setdefault(function, Gate())

    async def ask(self, query: Query[Any], *, timeout_s: float) -> Any:
        assert isinstance(query, CallFunction)
        self.calls[query.name] += 1
        self.asked.append(query)
        self._under_way += 1
        self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            return await self._answer(query, timeout_s)
        finally:
            self._under_way -= 1

    async def _answer(self, call: CallFunction, timeout_s: float) -> Any:
        if (gate := self._before.pop(call.name, None)) is not None:
            await gate.pass_through()
        if self.error is not None:
            maybe = call.writes and self.error.may_have_been_saved
            return replace(self.error, may_have_been_saved=maybe)
        for text, fault in self.faults.items():
            if text in str(call.arguments):
                raise fault
        assert self._repository is not None
        answer = await self._repository.ask(call, timeout_s=timeout_s)
        if (gate := self._after.pop(call.name, None)) is not None:
            await gate.pass_through()
        if self.loses_answers:
            return DatabaseUnavailable(detail="lost", may_have_been_saved=call.writes)
        return answer


AWAY = DatabaseUnavailable(detail="connection refused", may_have_been_saved=False)
LOST = DatabaseUnavailable(detail="no answer", may_have_been_saved=True)
