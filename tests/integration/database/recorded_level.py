"""What the program calls at one level of the schema, written down for all later levels.

A *level* is the number of the newest migration. ``levels/0003.json`` holds the signature of every
function of that level, and a day of calls as the program of that level made them, with the replies.
``test_database_rollback.py`` holds the newest schema against all of them.

``python -m tests.integration.database.recorded_level [VERSION]`` writes the newest level down; with
the version that is released (docs/RELEASE.md), also which functions that version has.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import psycopg
from psycopg.types.json import Jsonb
from psycopg.types.numeric import Int8
from pydantic import SecretStr

from actors.repository import apply_migrations
from actors.repository.messages import CallFunction, FunctionReturned
from actors.repository.schema import checksum
from actors.scheduler import Fire
from scooty.core.calls import Sql
from scooty.core.storage.function_call import call_function
from scooty.core.storage.migrations import MIGRATIONS
from scooty.core.storage.player_card import PlayerCard
from scooty.core.storage.sql_leases import SqlLeases
from scooty.core.storage.sql_ledger import SqlLedger
from scooty.domain.ids import ArchetypeId, GuildId, MemberId, RequestId
from scooty.features.reports.calls.recording import ArchetypeUnknown, RecordReport, ReportRecorded
from tests.asked import Asked
from tests.postgres_fixture.server import RealPostgres

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.kernel import Address

__all__ = ["LEVELS", "call", "differences", "level_path", "read_signatures", "record"]

LEVELS: Final = Path(__file__).parent / "levels"

_GUILD: Final = GuildId(1_100_000_000_000_000_001)
_SAM: Final = MemberId(1_300_000_000_000_000_002)
_DUE: Final = datetime(2026, 11, 24, 9, tzinfo=UTC)
_SIGNATURES: Final = """
    select p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid)
    from pg_proc p where p.pronamespace = 'scooty'::regnamespace order by p.proname
"""
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def level_path(level: int) -> Path:
    """Return where a level is written down."""
    return LEVELS / f"{level:04}.json"


def read_signatures(connection: psycopg.Connection) -> dict[str, str]:
    """Return every function that the program may call: its arguments and its result."""
    rows = connection.execute(_SIGNATURES.encode()).fetchall()
    return {name: f"({arguments}) -> {result}" for name, arguments, result in rows}


def call(connection: psycopg.Connection, name: str, arguments: dict[str, Any]) -> Any:
    """Call a function as the program's connection does: every argument by its name."""
    named = ", ".join(f"{argument} => %({argument})s" for argument in arguments)
    adapted = {argument: _adapted(value) for argument, value in arguments.items()}
    row = connection.execute(f"select scooty.{name}({named})".encode(), adapted).fetchone()
    assert row is not None
    return row[0]


def _adapted(value: Any) -> Any:
    if isinstance(value, list | dict):
        return Jsonb(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Int8(value)
    return value


def differences(old: Any, new: Any, path: str = "") -> list[str]:
    """List where a reply is not what a program of an older level can read.

    Fields may be new, rows may be others, moments and numbers differ; what may not differ is which
    outcome it was, and the fields and types of what was there.
    """
    match old, new:
        case dict(), dict():
            lost = [f"{path}.{key} is gone" for key in old.keys() - new.keys()]
            pairs = [(old[key], new[key], f"{path}.{key}") for key in old if key in new]
            return lost + _differences_of(pairs)
        case list(), list():
            return _differences_of_lists(old, new, path)
        case str(), str() if path.endswith(".outcome") and old != new:
            return [f"{path} was {old}, is {new}"]
        case str(), str() if _MOMENT.match(old) and not _MOMENT.match(new):
            return [f"{path} is no moment"]
        case _ if type(old) is type(new):
            return []
        case _:
            return [f"{path} was {type(old).__name__}, is {type(new).__name__}"]


def _differences_of_lists(old: list[Any], new: list[Any], path: str) -> list[str]:
    """Hold the first rows against each other, or bare fields one by one."""
    if old and isinstance(old[0], list | dict):
        return differences(old[0], new[0], f"{path}[0]") if new else [f"{path} has no rows"]
    short = [f"{path} lacks fields"] if len(new) < len(old) else []
    fields = enumerate(zip(old, new, strict=False))
    return short + _differences_of([(a, b, f"{path}[{n}]") for n, (a, b) in fields])


def _differences_of(pairs: Iterable[tuple[Any, Any, str]]) -> list[str]:
    return [each for old, new, path in pairs for each in differences(old, new, path)]


class _Tape:
    """Stands where the repository's address does, and writes down what it is asked."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self.calls: list[dict[str, Any]] = []

    async def ask(self, query: CallFunction, *, timeout_s: float) -> FunctionReturned:
        assert timeout_s > 0
        arguments = dict(query.arguments)
        reply = call(self._connection, query.name, arguments)
        self.calls.append({"function": query.name, "arguments": arguments, "reply": reply})
        return FunctionReturned.of(reply)


def record(dsn: str) -> dict[str, Any]:
    """Bring an empty database up to date, live a day in it, and return what is to be kept."""
    apply_migrations(SecretStr(dsn), MIGRATIONS)
    with psycopg.connect(dsn, autocommit=True) as connection:
        tape = _Tape(connection)
        asyncio.run(_live_a_day(cast("Address", tape)))
        return {"functions": read_signatures(connection), "calls": tape.calls}


async def _live_a_day(repository: Address) -> None:
    await _scout(Asked(Sql(repository)))
    await _keep_time(SqlLedger(repository), SqlLeases(repository))
    for function in ("health", "schema_history", "list_api_keys", "retire_older_keys"):
        await call_function(repository, function, timeout_s=1)
    await call_function(repository, "close_idle_events", timeout_s=1, idle_days=3)
    await call_function(repository, "list_active_guilds", timeout_s=1, at_most=10)


async def _scout(storage: Asked) -> None:
    await _report(storage, 1, "Nobody Listens")  # there is no event yet
    await storage.create_event(
        guild_id=_GUILD, request_id=RequestId(2), name="Open", member_id=_SAM
    )
    await storage.create_event(
        guild_id=_GUILD, request_id=RequestId(3), name="open", member_id=_SAM
    )
    jane = await _report(storage, 4, "Jane Doe", comment="cuts a land")
    assert isinstance(jane, ReportRecorded)
    await _report(storage, 4, "Jane Doe", comment="cuts a land")  # the same request again
    john = await _report(storage, 5, "John Doe")
    assert isinstance(john, ReportRecorded)
    unknown = await _report(storage, 6, "Zoe Roe", archetype="zzzz")
    assert isinstance(unknown, ArchetypeUnknown)
    await _choose(storage, ArchetypeId(1))
    card = await storage.check_player(guild_id=_GUILD, name="jane doe")
    assert isinstance(card, PlayerCard)
    for name in ("doe", "Nobody At All"):
        await storage.check_player(guild_id=_GUILD, name=name)
    await storage.check_player_by_id(guild_id=_GUILD, player_id=card.player_id)
    for text in ("", "ja", "jhon"):
        await storage.suggest_opponents(guild_id=_GUILD, text=text)
    for text in ("", "en", "wr", "enregy"):
        await storage.suggest_archetypes(guild_id=_GUILD, text=text)
    await storage.read_suggestion_index(guild_id=_GUILD)
    await storage.read_stats(guild_id=_GUILD)
    together = (_batched(20, "Ann Poe", "Burn"), _batched(21, "Bo Coe", "Zzyzx"))
    await storage.record_reports(guild_id=_GUILD, reports=together)
    for request_id, member_id in ((8, MemberId(9)), (9, _SAM), (10, _SAM)):
        await storage.undo_report(
            guild_id=_GUILD,
            request_id=RequestId(request_id),
            report_id=john.report_id,
            member_id=member_id,
        )


async def _report(
    storage: Asked,
    request_id: int,
    opponent: str,
    *,
    archetype: str = "Boros Energy",
    comment: str | None = None,
) -> object:
    return await storage.record_report(
        guild_id=_GUILD,
        request_id=RequestId(request_id),
        reporter_id=_SAM,
        reporter_name="Sam",
        opponent=opponent,
        archetype=archetype,
        comment=comment,
    )


def _batched(request_id: int, opponent: str, archetype: str) -> tuple[RequestId, RecordReport]:
    return RequestId(request_id), RecordReport(
        reporter_id=_SAM,
        reporter_name="Sam",
        opponent=opponent,
        archetype=archetype,
        comment=None,
    )


async def _choose(storage: Asked, archetype_id: ArchetypeId) -> None:
    """Choose for the report that waited, and for one that never was."""
    for draft_id in (6, 60):
        await storage.record_draft(
            guild_id=_GUILD,
            request_id=RequestId(draft_id + 1),
            draft_id=RequestId(draft_id),
            archetype_id=archetype_id,
            reporter_id=_SAM,
        )


async def _keep_time(ledger: SqlLedger, leases: SqlLeases) -> None:
    fire = Fire(job="heartbeat", key="2026-11-24T09:00Z", due_at=_DUE)
    by_hand = Fire(job="heartbeat", key="by hand 1", due_at=_DUE, by_hand=True)
    await ledger.read("heartbeat", started_at=_DUE - timedelta(hours=1))
    await ledger.claim(fire, owner="one", lease_s=30)
    await ledger.claim(fire, owner="two", lease_s=30)
    await ledger.renew(fire, owner="one", lease_s=30)
    await ledger.settle(fire, owner="one", outcome="ok")
    await ledger.claim(fire, owner="two", lease_s=30)
    await ledger.set_paused("heartbeat", paused=True)
    await ledger.claim(
        Fire(job="heartbeat", key="2026-11-24T09:05Z", due_at=_DUE + timedelta(minutes=5)),
        owner="one",
        lease_s=30,
    )
    await ledger.claim(by_hand, owner="one", lease_s=30)
    await ledger.settle(by_hand, owner="one", outcome="failed", error_kind="OSError")
    await ledger.read("heartbeat", started_at=_DUE)
    await leases.take("shard 0", owner="one", lease_s=6)
    await leases.take("shard 0", owner="two", lease_s=6)
    await leases.release("shard 0", owner="one")


def _main(version: str | None) -> None:
    level = MIGRATIONS.steps[-1].number
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the server's account looks into it
        server = RealPostgres(Path(folder) / "postgres")
        server.start()
        try:
            recorded = record(server.dsn)
        finally:
            server.stop()
    if version is not None:
        functions = checksum(MIGRATIONS.definitions)
        recorded["released"] = {"version": version, "definitions": functions}
    level_path(level).write_text(_as_lines(recorded), encoding="utf-8")


def _as_lines(recorded: dict[str, Any]) -> str:
    """Write JSON with a line for each call, so that two levels can be compared by eye."""
    head = json.dumps({**recorded, "calls": []}, indent=2, sort_keys=True)
    calls = [json.dumps(each, ensure_ascii=False, sort_keys=True) for each in recorded["calls"]]
    listed = ",\n".join(calls)
    return head.replace('"calls": []', f'"calls": [\n{listed}\n]', 1) + "\n"


if __name__ == "__main__":
    _main(sys.argv[1] if len(sys.argv) > 1 else None)
