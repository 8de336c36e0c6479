"""A Redis connection as a state machine, shared code of the actors that use Redis."""

from actors.redis_connection.connection import REQUEST_LIMIT_S, NotDone, RedisConnection
from actors.redis_connection.opening import open_redis
from actors.redis_connection.script import Script
from actors.redis_connection.verdict import CLIENT_ERRORS, Verdict, classify

__all__ = [
    "CLIENT_ERRORS",
    "REQUEST_LIMIT_S",
    "NotDone",
    "RedisConnection",
    "Script",
    "Verdict",
    "classify",
    "open_redis",
]
