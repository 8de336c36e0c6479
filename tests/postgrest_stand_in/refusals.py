"""Errors as PostgREST says them: a status for every SQLSTATE, and one form of body."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Mapping

    import psycopg

__all__ = ["Refusal", "refusal_of"]

_BY_PREFIX = (
    ("23503", 409),
    ("23505", 409),
    ("25006", 405),
    ("42501", 403),
    ("42883", 404),
    ("42P01", 404),
    ("53400", 500),
    ("57P01", 503),
    ("P0001", 400),
    ("08", 503),
    ("0L", 403),
    ("0P", 403),
    ("28", 403),
    ("40", 500),
    ("53", 503),
    ("54", 500),
    ("55", 500),
    ("57", 500),
    ("58", 500),
    ("P0", 500),
    ("XX", 500),
)
"""The first that fits; what is not listed is 400. Source: ``README.md`` of the recordings."""


class Refusal(Exception):  # noqa: N818 - an answer that ends the handling, as aiohttp's own are
    """An answer with an error body."""

    def __init__(  # noqa: PLR0913 - the fields of the body, and of the answer around it
        self,
        status: int,
        code: str,
        message: str,
        details: str | None = None,
        hint: str | None = None,
        *,
        reason: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.reason = status, code, reason
        self.headers = dict(headers or {})
        self.body = {"code": code, "details": details, "hint": hint, "message": message}

    def response(self) -> web.Response:
        """Return it as it goes over the wire."""
        return web.Response(
            status=self.status,
            reason=self.reason,
            text=json.dumps(self.body, ensure_ascii=False, separators=(",", ":")),
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Proxy-Status": f"PostgREST; error={self.code}",
                **self.headers,
            },
        )


def refusal_of(error: psycopg.Error, *, anonymous: bool) -> Refusal:
    """Turn the database's error into PostgREST's.

    Args:
        error: What psycopg raised.
        anonymous: The request came without a role of its own, so that 403 becomes 401.
    """
    code, said = error.sqlstate, error.diag
    message = said.message_primary or str(error)
    if code is None:
        return Refusal(503, "PGRST001", "Database client error. Retrying the connection.")
    if code == "PGRST":
        return _raised_whole(json.loads(message), json.loads(said.message_detail or "{}"))
    status = _status(code)
    headers: dict[str, str] = {}
    reason = None
    if code.startswith("PT"):
        status, reason = int(code[2:]), message
    elif (code == "42501" and anonymous) or (code == "22023" and message.startswith('role "')):
        status, headers = HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": "Bearer"}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "0"
    return Refusal(
        status,
        code,
        message,
        said.message_detail,
        said.message_hint,
        reason=reason,
        headers=headers,
    )


def _status(code: str) -> int:
    return next((status for prefix, status in _BY_PREFIX if code.startswith(prefix)), 400)


def _raised_whole(body: dict[str, Any], answer: dict[str, Any]) -> Refusal:
    """Build the answer of ``raise sqlstate 'PGRST'``, which says all of it in two JSON objects."""
    return Refusal(
        answer["status"],
        body["code"],
        body["message"],
        body.get("details"),
        body.get("hint"),
        headers=answer.get("headers"),
    )
