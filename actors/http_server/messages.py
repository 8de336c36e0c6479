"""What the HTTP server asks of its handler, and what it answers itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from actors.kernel import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpResponse:
    """What is to be sent back."""

    status: int = 200
    body: bytes = field(default=b"", repr=False)
    content_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    """Further headers, neither content type nor length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequestReceived(Query[HttpResponse]):
    """Somebody sent a whole request; the handler's reply is sent back."""

    method: str
    """In capitals."""
    path: str
    """Percent-decoded, without the query."""
    query: tuple[tuple[str, str], ...] = ()
    """Decoded, in the order sent; a name may come twice."""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Names in small letters. Left out of the repr: they may hold secrets."""
    body: bytes = field(default=b"", repr=False)
    """At most 64 KiB."""
    remote: str | None = None
    """The peer's address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundPort:
    """Where the server listens."""

    port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GetBoundPort(Query[BoundPort]):
    """Ask for the port, which only the system knows when 0 was asked for."""

    idempotent: ClassVar[bool] = True


HttpServerMessage: TypeAlias = GetBoundPort
