"""The scheduler's ledger in the database, through the repository actor."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.scheduler import (
    Claim,
    Claimed,
    Fire,
    FireLedger,
    Held,
    JobRecord,
    LedgerUnavailableError,
    Paused,
    Run,
    Settled,
)
from scooty.core.storage.function_call import call_function
from scooty.errors import StorageUnavailable

if TYPE_CHECKING:
    from typing import Any

    from actors.kernel import Address
    from actors.repository.messages import JsonValue, RepositoryMessage
    from actors.scheduler import Outcome

_DEADLINE_S: Final = 5.0


class SqlLedger(FireLedger):
    """One method, one SQL function; the time is the database's.

    Args:
        repository: where the repository is reached.
    """

    def __init__(self, repository: Address[RepositoryMessage]) -> None:
        self._repository = repository

    @override
    async def read(self, job: str, *, started_at: datetime) -> JobRecord:
        known = await self._call("read_job", job=job, started_at=started_at.isoformat())
        interrupted = known["interrupted"]
        last_run = known["last_run"]
        return JobRecord(
            settled_to=_moment(known["settled_to"]),
            interrupted=None
            if interrupted is None
            else Fire(job=job, key=interrupted["key"], due_at=_moment(interrupted["due_at"])),
            paused=known["paused"],
            last_run=None if last_run is None else _run(last_run),
        )

    @override
    async def claim(self, fire: Fire, *, owner: str, lease_s: float) -> Claim:
        answer = await self._call("claim_fire", **_named(fire), owner=owner, lease_s=float(lease_s))
        match answer["outcome"]:
            case "claimed":
                return Claimed(attempt=answer["attempt"])
            case "held":
                return Held(until=_moment(answer["until"]))
            case "paused":
                return Paused()
            case _:
                return Settled()

    @override
    async def renew(self, fire: Fire, *, owner: str, lease_s: float) -> bool:
        return bool(
            await self._call(
                "renew_fire", job=fire.job, fire_key=fire.key, owner=owner, lease_s=float(lease_s)
            )
        )

    @override
    async def settle(
        self, fire: Fire, *, owner: str, outcome: Outcome, error_kind: str | None = None
    ) -> bool:
        return bool(
            await self._call(
                "settle_fire",
                **_named(fire),
                owner=owner,
                outcome=outcome,
                error_kind=error_kind,
            )
        )

    @override
    async def set_paused(self, job: str, *, paused: bool) -> None:
        await self._call("set_job_paused", job=job, paused=paused)

    async def _call(self, function: str, **arguments: JsonValue) -> Any:
        try:
            return await call_function(
                self._repository, function, timeout_s=_DEADLINE_S, **arguments
            )
        except StorageUnavailable as error:
            raise LedgerUnavailableError(str(error)) from error


def _named(fire: Fire) -> dict[str, JsonValue]:
    return {
        "job": fire.job,
        "fire_key": fire.key,
        "due_at": fire.due_at.isoformat(),
        "by_hand": fire.by_hand,
    }


def _run(fields: dict[str, Any]) -> Run:
    ended_at = fields["ended_at"]
    return Run(
        key=fields["key"],
        due_at=_moment(fields["due_at"]),
        started_at=_moment(fields["started_at"]),
        ended_at=None if ended_at is None else _moment(ended_at),
        outcome=fields["outcome"],
        error_kind=fields["error_kind"],
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
