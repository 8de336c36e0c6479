"""What was read from a file and waits to be applied, kept in the database until then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scooty.core.call import Write
from scooty.domain.ids import RequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportGone:
    """It was applied or cancelled before, is too old, or is somebody else's."""

    outcome: Literal["import_gone"] = "import_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOver:
    """The event that it was previewed for is not the active one any more."""

    outcome: Literal["event_over"] = "event_over"
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropImport(Write[ImportGone]):
    """Forget what is not to be applied; each import is named by the request that kept it."""

    import_id: RequestId
