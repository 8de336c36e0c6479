"""What each answer of Supabase's API means for a call: a value, a refusal, or a call that failed.

An answer comes from PostgREST, which speaks for the database by a SQLSTATE or for itself by
``PGRST...``; or from the gateway before it, which knows neither and may not even speak JSON.

Source: https://docs.postgrest.org/en/v14/references/errors.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from actors.repository.errors import CallFailed
from actors.repository.messages import DatabaseUnavailable, FunctionRefused, FunctionReturned
from actors.repository.sqlstates import cause_of, ends_connection, may_pass

if TYPE_CHECKING:
    from actors.repository.errors import Cause
    from actors.repository.messages import JsonValue

_CODE: Final = re.compile(r"[0-9A-Z]{3,8}")
_SQLSTATE: Final = re.compile(r"[0-9A-Z]{5}")
_CREDENTIALS: Final = ("PGRST300", "PGRST301", "PGRST302", "PGRST303")
"""No secret to check tokens with, a token that is none, one that is missing, one out of date."""
_NOT_ALLOWED: Final = "42501"
"""insufficient_privilege: the key's role may not call the function, or the key of our own that goes
with it was retired. No function got as far as doing anything."""
_NEVER_REACHED: Final = ("PGRST000", "PGRST002", "PGRST003")
"""PostgREST had no connection to the database, no schema cache, or no free place in its pool."""
_STALE: Final = "PGRST2"
"""PostgREST does not know the function, as for a moment after every change of the schema."""
_TOO_MUCH: Final = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One HTTP answer, whoever gave it."""

    status: int
    is_json: bool
    value: JsonValue = field(default=None, repr=False)
    """What the body says, when it is a success in JSON."""
    code: str | None = None
    """The body's ``code``: a SQLSTATE, ``PGRST...``, or None when no PostgREST wrote it."""
    message: str = field(default="", repr=False)
    """The body's sentence; may quote a value, so it is not for logs."""
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """No answer came, or only a part of one."""

    sent: bool
    """A part of the request may have arrived."""
    reason: str
    """For logs."""
    timed_out: bool = False
    silent: bool = False
    """Not only this call heard nothing: meanwhile no other one did either. So the connection that
    they share may be dead, and nobody noticed: over HTTP/2 that would last for minutes."""


def judge(
    outcome: Heard | Unheard, *, writes: bool
) -> FunctionReturned | FunctionRefused | CallFailed:
    """Turn what came back, or did not, into an answer.

    Args:
        outcome: What the client saw.
        writes: The call writes, so that an answer which was lost matters.
    """
    match outcome:
        case Unheard(sent=sent, silent=silent):
            return _failed(outcome, saved=sent and writes, lost=silent)
        case Heard(status=status) if HTTPStatus(200) <= status < HTTPStatus(300):
            if status == HTTPStatus.NO_CONTENT or outcome.is_json:
                return FunctionReturned.of(outcome.value)
            return _failed(outcome, saved=writes)
        case Heard(code=str(code)) if _SQLSTATE.fullmatch(code):
            return _judge_database(outcome, code, writes=writes)
        case Heard(code=str(code)) if code.startswith("PGRST"):
            return _judge_postgrest(outcome, code, writes=writes)
        case _:
            return _judge_gateway(outcome, writes=writes)


def is_credentials_refusal(heard: Heard) -> bool:
    """Tell whether the key itself was refused, by whoever looks at it first."""
    if heard.code is not None and _SQLSTATE.fullmatch(heard.code):
        return heard.code.startswith("28") or heard.code == _NOT_ALLOWED
    if heard.code is not None and heard.code.startswith("PGRST"):
        return heard.code in _CREDENTIALS
    return heard.is_json and heard.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


def describe(outcome: Heard | Unheard) -> str:
    """Say what happened in a few words that hold no value and no secret."""
    match outcome:
        case Unheard(reason=reason):
            return reason
        case Heard(status=status, code=code):
            said = code if code and _CODE.fullmatch(code) else ""
            return f"HTTP {status} {said or ('' if outcome.is_json else 'without JSON')}".rstrip()


def _judge_database(heard: Heard, code: str, *, writes: bool) -> FunctionRefused | CallFailed:
    if ends_connection(code):
        return _failed(heard, saved=writes)
    if may_pass(code):
        return _failed(heard, saved=False)
    if is_credentials_refusal(heard):
        return _failed(heard, saved=False, lost=True)
    return FunctionRefused(code=code, message=heard.message)


def _judge_postgrest(heard: Heard, code: str, *, writes: bool) -> FunctionRefused | CallFailed:
    if code in _CREDENTIALS:
        return _failed(heard, saved=False, lost=True)
    if code in _NEVER_REACHED or code.startswith(_STALE):
        return _failed(heard, saved=False)
    if heard.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _failed(heard, saved=writes)
    return FunctionRefused(code=code, message=heard.message)


def _judge_gateway(heard: Heard, *, writes: bool) -> CallFailed:
    if is_credentials_refusal(heard):
        return _failed(heard, saved=False, lost=True)
    # Below 500 the gateway says that it did not pass the request on; above, it does not know.
    return _failed(heard, saved=writes and heard.status >= HTTPStatus.INTERNAL_SERVER_ERROR)


def _failed(outcome: Heard | Unheard, *, saved: bool, lost: bool = False) -> CallFailed:
    return CallFailed(
        DatabaseUnavailable(detail=describe(outcome), may_have_been_saved=saved),
        connection_lost=lost,
        cause=_cause(outcome),
        retry_after_s=outcome.retry_after_s if isinstance(outcome, Heard) else None,
    )


def _cause(outcome: Heard | Unheard) -> Cause:
    match outcome:
        case Unheard(timed_out=timed_out):
            return "overload" if timed_out else "outage"
        case Heard(code=str(code)) if _SQLSTATE.fullmatch(code):
            return cause_of(code)
        case Heard(status=status):
            return "overload" if status in _TOO_MUCH else "outage"
