from __future__ import annotations

import inspect

import pytest
from redis import exceptions

from actors.redis_connection.verdict import CLIENT_ERRORS, Verdict, classify

EVERY_CLASS = [
    found
    for found in vars(exceptions).values()
    if inspect.isclass(found) and issubclass(found, Exception)
]


def _make(error_class: type[Exception]) -> Exception:
    return error_class.__new__(error_class)


@pytest.mark.parametrize("error_class", EVERY_CLASS, ids=lambda found: found.__name__)
def test_every_error_class_of_the_client_is_caught(error_class: type[Exception]) -> None:
    assert issubclass(error_class, CLIENT_ERRORS)


@pytest.mark.parametrize(
    ("error_class", "verdict"),
    [
        (exceptions.AuthenticationError, "wrong_credentials"),
        (exceptions.AuthenticationWrongNumberOfArgsError, "wrong_credentials"),
        (exceptions.AuthorizationError, "wrong_credentials"),
        (exceptions.ConnectionError, "lost"),
        (exceptions.TimeoutError, "lost"),
        (exceptions.BusyLoadingError, "lost"),
        (exceptions.InvalidResponse, "lost"),
        (exceptions.ReadOnlyError, "lost"),
        (exceptions.MasterDownError, "lost"),
        (exceptions.ExternalAuthProviderError, "lost"),
        (TimeoutError, "lost"),
        (ConnectionResetError, "lost"),
        (exceptions.MaxConnectionsError, "refused"),
        (exceptions.ResponseError, "refused"),
        (exceptions.NoScriptError, "refused"),
        (exceptions.OutOfMemoryError, "refused"),
        (exceptions.NoPermissionError, "refused"),
        (exceptions.DataError, "refused"),
        (exceptions.RedisClusterException, "refused"),
    ],
)
def test_an_error_means_for_the_connection(error_class: type[Exception], verdict: Verdict) -> None:
    assert classify(_make(error_class)) == verdict
