"""LeaseHolder: lets one process of several be at work, and another take over when it dies.

Whoever must be at work only once starts after this actor: it is ready when it holds the lease, and
is starting, which is standing by, until then.

Owns:
    The lease of that name, renewed three times in its length.

Loses at restart:
    Nothing: the owner's name is the process's, so the next incarnation takes its own lease again.

Failure modes:
    The store away: who is at work goes on, since nobody can take the lease away meanwhile, and is
    shown as degraded; who stands by waits a while, and then goes to work without a lease rather
    than have nobody at work in an outage. The lease taken by another (the store was
    out of reach for longer than a lease): the process ends with exit code 75, to stand by when it
    is started again, since actors that are at work cannot be put back to starting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from typing_extensions import override

from actors.kernel import AsyncioActor, FatalError, Query
from actors.lease.store import LeaseUnavailableError

if TYPE_CHECKING:
    from actors.lease.store import LeaseStore, Taken

_EX_TEMPFAIL: Final = 75
"""Source: sysexits(3): a temporary failure; whoever started the program may try again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseState:
    """The lease as this process knows it."""

    owner: str
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GetLease(Query[LeaseState]):
    """Ask which epoch this process is at work in; answered once it is."""

    idempotent: ClassVar[bool] = True


class LeaseHolder(AsyncioActor[GetLease]):
    """Holds one lease for this process.

    Args:
        store: where the lease is kept.
        name: the lease's name.
        owner: this process's name, unique among all that share the store.
        lease_s: how long the lease outlives its holder.
        alone_after_s: how long the store may be away before a stand-by goes to work.
    """

    def __init__(
        self,
        *,
        store: LeaseStore,
        name: str,
        owner: str,
        lease_s: float = 6.0,
        alone_after_s: float = 10.0,
    ) -> None:
        super().__init__()
        self._store = store
        self._name = name
        self._owner = owner
        self._lease_s = lease_s
        self._alone_after_s = alone_after_s
        self._epoch = 0
        self._away_since_s: float | None = None

    @override
    async def on_start(self) -> None:
        """Stand by until the lease is free."""
        waited = False
        while not await self._try_to_take() and not self._is_alone():
            if not waited:
                self.log.info("lease.standing_by", lease=self._name)
                waited = True
            await self.clock.sleep(self._pause_s / 2)
        if self._epoch:
            self.log.info("lease.taken", lease=self._name, epoch=self._epoch)
        self.spawn(self._keep(), name="renewal")

    @override
    async def on_receive(self, message: GetLease) -> LeaseState:
        """Tell the epoch."""
        return LeaseState(owner=self._owner, epoch=self._epoch)

    @override
    async def on_stop(self) -> None:
        """Give the lease back, so that a stand-by takes over at once."""
        if not self._epoch:
            return
        try:
            await self._store.release(self._name, owner=self._owner)
        except LeaseUnavailableError:
            self.log.warning("lease.not_given_back", lease=self._name)

    @property
    def _pause_s(self) -> float:
        return self._lease_s / 3

    async def _try_to_take(self) -> bool:
        try:
            taken = await self._take()
        except LeaseUnavailableError as error:
            if self._away_since_s is None:
                self._away_since_s = self.clock.monotonic_s()
                self.log.warning("lease.store_away", lease=self._name, reason=str(error))
            return False
        self._away_since_s = None
        self._epoch = taken.epoch if taken.held else 0
        return taken.held

    def _is_alone(self) -> bool:
        """Tell whether to go to work without a lease, since nobody can say who has it."""
        if self._away_since_s is None:
            return False
        if self.clock.monotonic_s() - self._away_since_s < self._alone_after_s:
            return False
        self.log.warning("lease.working_without", lease=self._name)
        self.report_degraded("at work without a lease: the database is out of reach")
        return True

    async def _keep(self) -> None:
        while True:
            await self.clock.sleep(self._pause_s)
            try:
                taken = await self._take()
            except LeaseUnavailableError as error:
                self.report_degraded(f"the lease cannot be renewed: {error}")
                continue
            if not taken.held:
                self._epoch = 0
                raise FatalError(
                    "another process took over while the database was out of reach from here;"
                    " this one ends, and stands by when it is started again.",
                    exit_code=_EX_TEMPFAIL,
                )
            self._epoch = taken.epoch
            self.report_recovered()

    async def _take(self) -> Taken:
        return await self._store.take(self._name, owner=self._owner, lease_s=self._lease_s)
