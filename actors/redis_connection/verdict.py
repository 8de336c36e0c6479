"""Every error of the Redis client, and what it means for the connection."""

from __future__ import annotations

from typing import Literal, TypeAlias

from redis.exceptions import (
    AuthenticationError,
    AuthenticationWrongNumberOfArgsError,
    AuthorizationError,
    ChildDeadlockedError,
    ClusterDownError,
    IncorrectPolicyType,
    InvalidResponse,
    MaxConnectionsError,
    ReadOnlyError,
    RedisClusterException,
    RedisError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

Verdict: TypeAlias = Literal["wrong_credentials", "lost", "refused"]

CLIENT_ERRORS = (
    RedisError,
    RedisClusterException,
    ChildDeadlockedError,
    IncorrectPolicyType,
    OSError,  # the built-in TimeoutError is one
)
"""Everything that the Redis client raises for reasons outside this program."""

_WRONG_CREDENTIALS = (
    AuthenticationError,
    AuthenticationWrongNumberOfArgsError,
    AuthorizationError,
)
_LOST = (
    RedisConnectionError,
    RedisTimeoutError,
    InvalidResponse,
    ReadOnlyError,
    ClusterDownError,
    OSError,
)


def classify(error: BaseException) -> Verdict:
    """Say what an error of the Redis client means for the connection."""
    if isinstance(error, _WRONG_CREDENTIALS):
        return "wrong_credentials"
    if isinstance(error, MaxConnectionsError):
        return "refused"  # our own pool is busy; Redis is well
    return "lost" if isinstance(error, _LOST) else "refused"
