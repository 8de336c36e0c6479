"""How long writes may take: an import, which writes thousands of rows, has more time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from actors.repository.messages import CallFunction, FunctionReturned
from scooty.core.call import Caller
from scooty.core.calls import Sql
from scooty.core.desk.timing import DeskTiming
from scooty.core.storage.imports import DropImport, ImportGone
from scooty.domain.ids import GuildId, MemberId, RequestId
from scooty.features.pairings.calls.round_files import ApplyPairings, KeepRoundFile, RoundMode
from scooty.features.players.calls.rosters import ApplyRoster

if TYPE_CHECKING:
    from actors.kernel import Address, Query
    from scooty.core.call import Write


@dataclass
class TimedRepository:
    """Stands where an address does, and keeps how long it was given."""

    given: list[tuple[float, float]] = field(default_factory=list)
    """Seconds of the database, and of whoever asks."""

    async def ask(self, query: Query[object], *, timeout_s: float) -> object:
        assert isinstance(query, CallFunction)
        self.given.append((query.within_s, timeout_s))
        return FunctionReturned.of({"outcome": "import_gone"})


@pytest.mark.parametrize(
    "call",
    [
        ApplyPairings(import_id=RequestId(1), mode=RoundMode.NEW),
        ApplyRoster(import_id=RequestId(1)),
        KeepRoundFile(kind="standings", content={}),
    ],
)
async def test_an_import_has_more_time_than_other_writes_and_less_than_a_command(
    call: Write[Any],
) -> None:
    repository = TimedRepository()
    calls = Sql(cast("Address", repository))
    caller = Caller(guild_id=GuildId(1), member_id=MemberId(1), request_id=RequestId(2))

    usual: Write[Any] = DropImport(import_id=RequestId(1))
    for each in (call, usual):
        assert await calls.write(caller, each) == ImportGone()

    (large_s, large_asked_s), (usual_s, usual_asked_s) = repository.given
    assert large_s > 2 * usual_s
    # The database's own deadline, which saves nothing, comes first.
    assert large_s < large_asked_s < DeskTiming().command_s
    assert usual_s < usual_asked_s
