"""One request as PostgREST understands it, before any function or table is looked for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from tests.postgrest_stand_in.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

__all__ = ["Asked", "Context", "understand"]

JSON_TYPE = "application/json"
OBJECT_TYPE = "application/vnd.pgrst.object+json"
CSV_TYPE = "text/csv"
_RESERVED = ("select", "order", "limit", "offset")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the transaction is told about the request."""

    role: str
    is_anonymous: bool
    schema: str
    settings: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request."""

    method: str
    path: tuple[str, ...]
    accept: str
    """One of the media types above."""
    counts: bool
    """``Prefer: count=exact``."""
    profile: str | None
    """The schema, if the request named one."""
    query: tuple[tuple[str, str], ...]
    body: str
    claims: dict[str, Any] = field(repr=False)

    @property
    def is_read(self) -> bool:
        """Whether the method itself promises to change nothing."""
        return self.method in ("GET", "HEAD")

    def filters(self) -> tuple[tuple[str, str], ...]:
        """Return the query's parts that name a column or an argument."""
        return tuple((name, value) for name, value in self.query if name not in _RESERVED)

    def shaping(self) -> dict[str, str]:
        """Return the query's parts that choose columns, order and range."""
        return {name: value for name, value in self.query if name in _RESERVED}

    def body_object(self) -> dict[str, Any]:
        """Return the body's arguments; of a list, the first object's.

        Raises:
            Refusal: When it is no JSON.
        """
        try:
            value = json.loads(self.body) if self.body else None
        except ValueError:
            raise Refusal(400, "PGRST102", "Empty or invalid json") from None
        if isinstance(value, list):
            value = value[0] if value else None
        return value if isinstance(value, dict) else {}


def understand(request: web.BaseRequest, path: str, body: str, claims: Mapping[str, Any]) -> Asked:
    """Read a request.

    Raises:
        Refusal: When no answer in one of the accepted media types is possible.
    """
    header = "Accept-Profile" if request.method in ("GET", "HEAD") else "Content-Profile"
    return Asked(
        method=request.method,
        path=tuple(path.strip("/").split("/")) if path.strip("/") else (),
        accept=_media_type(request.headers.get("Accept", "*/*")),
        counts="count=exact" in request.headers.get("Prefer", ""),
        profile=request.headers.get(header),
        query=tuple(parse_qsl(request.query_string, keep_blank_values=True)),
        body=body,
        claims=dict(claims),
    )


def _media_type(accept: str) -> str:
    wanted = [part.partition(";")[0].strip() for part in accept.split(",")]
    for media_type in wanted:
        if media_type in ("*/*", "application/*", JSON_TYPE):
            return JSON_TYPE
        if media_type in (OBJECT_TYPE, CSV_TYPE):
            return media_type
    raise Refusal(406, "PGRST107", f"None of these media types are available: {', '.join(wanted)}")
