"""Calls by a function's name, through the cache; for books that are not declared yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from typing_extensions import override

from scooty.core.call import Caller, Read, Write
from scooty.core.storage.calls import Calls
from scooty.domain.ids import MemberId

if TYPE_CHECKING:
    from datetime import datetime

    from actors.repository.messages import JsonValue
    from scooty.core import calls as core_calls
    from scooty.domain.ids import GuildId, RequestId

_NOTHING = ("no_active_event", "event_unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class _NamedRead(Read[Any]):
    name: str
    given: dict[str, Any]
    kept: bool
    through_reports: bool

    @property
    @override
    def function(self) -> str:  # type: ignore[override]
        return self.name

    @property
    @override
    def is_kept(self) -> bool:  # type: ignore[override]
        return self.kept

    @property
    @override
    def despite_reports(self) -> bool:  # type: ignore[override]
        return self.through_reports

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return self.given

    @override
    def dated(self, answer: Any, as_of: datetime) -> Any:
        if answer.get("outcome") in _NOTHING:
            return None
        return {**answer, "as_of": as_of.isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _NamedWrite(Write[Any]):
    of_caller: ClassVar = ()

    name: str
    given: dict[str, Any]

    @property
    @override
    def function(self) -> str:  # type: ignore[override]
        return self.name

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return self.given


class ToldCalls(Calls):
    """Calls by name.

    Args:
        calls: The road to the database.
    """

    def __init__(self, calls: core_calls.Calls) -> None:
        self._calls = calls

    @override
    async def read(self, function: str, *, guild_id: GuildId, **arguments: JsonValue) -> JsonValue:
        call = _NamedRead(name=function, given=arguments, kept=False, through_reports=False)
        return await self._calls.read(guild_id, call)

    @override
    async def read_kept(
        self,
        function: str,
        *,
        guild_id: GuildId,
        despite_reports: bool = False,
        **arguments: JsonValue,
    ) -> JsonValue:
        call = _NamedRead(
            name=function, given=arguments, kept=True, through_reports=despite_reports
        )
        return await self._calls.read(guild_id, call)

    @override
    async def write(
        self, function: str, *, guild_id: GuildId, request_id: RequestId, **arguments: JsonValue
    ) -> JsonValue:
        caller = Caller(guild_id=guild_id, request_id=request_id, member_id=MemberId(0))
        return await self._calls.write(caller, _NamedWrite(name=function, given=arguments))
