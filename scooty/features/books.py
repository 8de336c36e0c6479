"""What a team keeps besides reports, by subject: a book for each.

A book calls `scooty.core.storage.calls.Calls`: one method, one SQL function (in its feature's
folder ``functions``), one transaction, one round trip. A change names its
`scooty.core.storage.caller.Caller`. Outcomes are frozen values, which a table of `Outcomes` makes
of the function's JSON; only an outage raises. Unlike reports, what is written in a book does not
wait in the outbox: while the database is away nothing is saved, and people are told so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scooty.core.storage.calls import NoCalls
from scooty.features.briefs.calls.briefs import BriefBook

if TYPE_CHECKING:
    from scooty.core.storage.calls import Calls


@dataclass(frozen=True, slots=True)
class Books:
    """All books of one desk."""

    calls: Calls = field(default_factory=NoCalls)

    @property
    def briefs(self) -> BriefBook:
        """What a team is told of a round."""
        return BriefBook(self.calls)
