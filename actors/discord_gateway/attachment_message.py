"""A file that somebody gave as an option, fetched from where Discord keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from actors.kernel import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentFetched:
    """All of the file."""

    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentNotFetched:
    """Nothing of the file is kept."""

    reason: Literal["too_large", "refused", "unreachable"]
    """``refused``: not an address where Discord keeps files, or Discord has no such file."""
    detail: str
    """For operators' logs; never the address, which whoever has it may read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchAttachment(Query[AttachmentFetched | AttachmentNotFetched]):
    """Ask for the bytes of an `AttachmentOption`. May be repeated."""

    idempotent: ClassVar[bool] = True

    url: str = field(repr=False)
    limit_bytes: int
    """What is longer is given up while it is read, whatever its length was said to be."""
