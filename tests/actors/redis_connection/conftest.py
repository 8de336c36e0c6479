from __future__ import annotations

from tests.redis_fixture.server import guarded_redis, redis_server, redis_url

__all__ = ["guarded_redis", "redis_server", "redis_url"]
