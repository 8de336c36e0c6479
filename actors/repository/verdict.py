"""What each error of psycopg means for a call: a refusal, a failed call, or a lost connection."""

from __future__ import annotations

from typing import Final

import psycopg
from psycopg_pool import PoolClosed, PoolTimeout, TooManyRequests

from actors.repository.errors import CallFailed
from actors.repository.messages import DatabaseUnavailable, FunctionRefused
from actors.repository.sqlstates import cause_of, ends_connection, may_pass

CLIENT_ERRORS: Final = (psycopg.Error, OSError)
"""Everything that psycopg and its pool raise for reasons outside this program."""

_NOT_SENT: Final = (PoolTimeout, PoolClosed, TooManyRequests)


def judge(error: psycopg.Error | OSError, *, sent_write: bool) -> FunctionRefused | CallFailed:
    """Turn a library's error into an answer.

    Args:
        error: What psycopg or its pool raised.
        sent_write: The statement of a write had been given to the connection.
    """
    if isinstance(error, _NOT_SENT):
        return _failed(error, saved=False, lost=isinstance(error, PoolClosed))
    code = error.sqlstate if isinstance(error, psycopg.Error) else None
    if code is None:
        return _without_code(error, sent_write=sent_write)
    if ends_connection(code):
        # Even an orderly "57P01" may overtake the answer to a transaction that has committed.
        return _failed(error, saved=sent_write, lost=True)
    if may_pass(code):
        return _failed(error, saved=False, lost=False)
    return FunctionRefused(code=code, message=_sentence(error))


def _without_code(
    error: psycopg.Error | OSError, *, sent_write: bool
) -> FunctionRefused | CallFailed:
    """Judge what never came from the server: psycopg's own refusals, or a broken line."""
    match error:
        case psycopg.DataError():
            return FunctionRefused(code="22000", message=_sentence(error))
        case psycopg.ProgrammingError() | psycopg.NotSupportedError():
            return FunctionRefused(code="42000", message=_sentence(error))
        case _:
            return _failed(error, saved=sent_write, lost=True)


def _failed(error: psycopg.Error | OSError, *, saved: bool, lost: bool) -> CallFailed:
    code = error.sqlstate if isinstance(error, psycopg.Error) else None
    detail = (
        f"{type(error).__name__} {code}" if code else f"{type(error).__name__}: {_sentence(error)}"
    )
    busy = isinstance(error, PoolTimeout | TooManyRequests)
    return CallFailed(
        DatabaseUnavailable(detail=detail, may_have_been_saved=saved),
        connection_lost=lost,
        cause="overload" if busy else cause_of(code or ""),
    )


def _sentence(error: psycopg.Error | OSError) -> str:
    primary = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    return primary or str(error).partition("\n")[0].strip()
