"""How long writes may take: an import, which writes thousands of rows, has more time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest

from actors.repository.messages import CallFunction, FunctionReturned
from scooty.core.desk.timing import DeskTiming
from scooty.core.storage.calls import SqlCalls
from scooty.domain.ids import GuildId, RequestId

if TYPE_CHECKING:
    from actors.kernel import Address, Query


@dataclass
class TimedRepository:
    """Stands where an address does, and keeps how long it was given."""

    given: list[tuple[float, float]] = field(default_factory=list)
    """Seconds of the database, and of whoever asks."""

    async def ask(self, query: Query[object], *, timeout_s: float) -> object:
        assert isinstance(query, CallFunction)
        self.given.append((query.within_s, timeout_s))
        return FunctionReturned.of(None)


@pytest.mark.parametrize("function", ["apply_pairings", "apply_roster", "keep_round_file"])
async def test_an_import_has_more_time_than_other_writes_and_less_than_a_command(
    function: str,
) -> None:
    repository = TimedRepository()
    calls = SqlCalls(cast("Address", repository))

    for name in (function, "create_event"):
        await calls.write(name, guild_id=GuildId(1), request_id=RequestId(2))

    (large_s, large_asked_s), (usual_s, usual_asked_s) = repository.given
    assert large_s > 2 * usual_s
    # The database's own deadline, which saves nothing, comes first.
    assert large_s < large_asked_s < DeskTiming().command_s
    assert usual_s < usual_asked_s
