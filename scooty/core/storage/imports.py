"""What was read from a file and waits to be applied, kept in the database until then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scooty.core.storage.book import Book
from scooty.domain.ids import RequestId

if TYPE_CHECKING:
    from scooty.core.call import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportGone:
    """It was applied or cancelled before, is too old, or is somebody else's."""


class ImportBook(Book):
    """What is the same of all imports: each is named by the request that kept it."""

    async def drop(self, caller: Caller, *, import_id: RequestId) -> None:
        """Forget what is not to be applied."""
        await self._write("drop_import", caller, import_id=import_id)
