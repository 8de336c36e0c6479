"""A Redis connection as a state machine, shared code of the actors that use Redis.

This face is light: the client (7 MiB, 0.07 s) is imported by whoever opens a connection, since many
bots have no Redis. `RedisConnection` and `classify` are in their own modules.
"""

from actors.redis_connection.not_done import NotDone
from actors.redis_connection.opening import open_redis
from actors.redis_connection.script import Script

__all__ = ["NotDone", "Script", "open_redis"]
