"""Calls through the cache: what is kept is right whenever it is used, as `cached_logs` promises."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
from typing_extensions import override

from scooty.core.calls import Calls, Sql
from scooty.core.shapes import shape_of
from scooty.core.storage.cached_questions import CARD_PATIENCE_S, FUNCTIONS_VERSION, Question

if TYPE_CHECKING:
    from datetime import datetime

    from scooty.core.call import Caller, Read, Write
    from scooty.core.storage.cached import CachedStorage
    from scooty.core.storage.cached_view import GuildView
    from scooty.domain.ids import GuildId

R = TypeVar("R")


class Cached(Calls):
    """Calls beside a storage that keeps things.

    Args:
        sql: The way to the database.
        kept: Keeps answers, and is told of every write before it is acknowledged.
    """

    def __init__(self, sql: Sql, kept: CachedStorage) -> None:
        self._sql = sql
        self._kept = kept

    @override
    async def read(self, guild_id: GuildId, call: Read[R]) -> R:
        if not call.is_kept:
            return await self._sql.read(guild_id, call)
        return await self._kept.answer(self._question(guild_id, call))

    @override
    async def write(self, caller: Caller, call: Write[R]) -> R:
        write = self._sql.write(caller, call)
        return await self._kept.change_by(caller.guild_id, call, write)

    def _question(self, guild_id: GuildId, call: Read[R]) -> Question[R]:
        shape = shape_of(call.answers())

        def is_current(view: GuildView, _answer: R, position: int) -> bool:
            if call.despite_reports:
                return view.had_only_reports_since(position)
            return view.is_unchanged_since(position)

        asked = orjson.dumps(call.arguments(), option=orjson.OPT_SORT_KEYS).decode()
        return Question(
            guild_id=guild_id,
            slot=f"{call.function}:{FUNCTIONS_VERSION}:{asked}",
            load=lambda: self._sql.read(guild_id, call),
            encode=lambda answer: orjson.loads(shape.write(answer)),
            decode=lambda value: shape.read(orjson.dumps(value)),
            is_current=is_current,
            dated=_dated,
            patience_s=CARD_PATIENCE_S,
        )


def _dated(answer: R, as_of: datetime) -> R | None:
    """Return an answer as one of an earlier time; None where that would be nothing to go by."""
    kind: Any = type(answer)
    if "as_of" not in kind.__dataclass_fields__:
        return None
    dated: R = replace(answer, as_of=as_of)  # type: ignore[type-var]  # it is a dataclass
    return dated
