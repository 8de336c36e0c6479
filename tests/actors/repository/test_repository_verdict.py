"""Every error of psycopg has a meaning."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors
from psycopg_pool import PoolClosed, PoolTimeout, TooManyRequests

from actors.repository.errors import CallFailed
from actors.repository.messages import FunctionRefused
from actors.repository.verdict import judge

WITH_CODE = [
    kind
    for name in dir(errors)
    if isinstance(kind := getattr(errors, name), type)
    and issubclass(kind, psycopg.Error)
    and kind.sqlstate
]
REFUSED_CLASSES = ("21", "22", "23", "28", "42", "P0")


def test_psycopg_has_as_many_errors_as_postgresql_documents() -> None:
    assert len(WITH_CODE) > 200


def test_every_error_with_a_code_is_a_refusal_or_a_failed_call() -> None:
    for kind in WITH_CODE:
        verdict = judge(kind("a sentence"), sent_write=True)

        assert isinstance(verdict, FunctionRefused | CallFailed), kind
        if str(kind.sqlstate).startswith(REFUSED_CLASSES):
            assert verdict == FunctionRefused(code=str(kind.sqlstate), message="a sentence")


@pytest.mark.parametrize(
    "kind", [errors.AdminShutdown, errors.CrashShutdown, errors.ConnectionFailure]
)
def test_a_write_whose_connection_went_may_have_been_saved(kind: type[psycopg.Error]) -> None:
    verdict = judge(kind("gone"), sent_write=True)

    assert isinstance(verdict, CallFailed)
    assert verdict.connection_lost
    assert verdict.answer.may_have_been_saved


@pytest.mark.parametrize("kind", [errors.DiskFull, errors.QueryCanceled, errors.DeadlockDetected])
def test_a_write_that_the_server_rolled_back_was_not_saved(kind: type[psycopg.Error]) -> None:
    verdict = judge(kind("not now"), sent_write=True)

    assert isinstance(verdict, CallFailed)
    assert not verdict.connection_lost
    assert not verdict.answer.may_have_been_saved


@pytest.mark.parametrize("kind", [PoolTimeout, PoolClosed, TooManyRequests])
def test_a_call_that_got_no_connection_was_not_saved(kind: type[psycopg.Error]) -> None:
    verdict = judge(kind("no connection"), sent_write=False)

    assert isinstance(verdict, CallFailed)
    assert not verdict.answer.may_have_been_saved


@pytest.mark.parametrize(
    "kind", [psycopg.OperationalError, psycopg.InterfaceError, psycopg.InternalError, OSError]
)
def test_a_broken_line_without_a_code_is_a_lost_connection(
    kind: type[psycopg.Error | OSError],
) -> None:
    verdict = judge(kind("the line broke"), sent_write=True)

    assert isinstance(verdict, CallFailed)
    assert verdict.connection_lost
    assert verdict.answer.may_have_been_saved


@pytest.mark.parametrize(
    "kind", [psycopg.DataError, psycopg.ProgrammingError, psycopg.NotSupportedError]
)
def test_what_psycopg_itself_refuses_was_never_sent(kind: type[psycopg.Error]) -> None:
    assert isinstance(judge(kind("no"), sent_write=True), FunctionRefused)


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        (errors.DeadlockDetected, "contention"),
        (errors.SerializationFailure, "contention"),
        (errors.LockNotAvailable, "contention"),
        (errors.QueryCanceled, "overload"),
        (errors.TooManyConnections, "overload"),
        (PoolTimeout, "overload"),
        (errors.AdminShutdown, "outage"),
        (psycopg.OperationalError, "outage"),
    ],
)
def test_a_failed_call_says_whether_the_database_is_away_or_has_too_much_to_do(
    kind: type[psycopg.Error], cause: str
) -> None:
    verdict = judge(kind("not now"), sent_write=True)

    assert isinstance(verdict, CallFailed)
    assert verdict.cause == cause
