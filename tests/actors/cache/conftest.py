from __future__ import annotations

from tests.redis_fixture.server import redis_server, redis_url

__all__ = ["redis_server", "redis_url"]
