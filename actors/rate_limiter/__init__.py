"""Token buckets, shared in Redis and in memory while Redis is away."""

from actors.rate_limiter.actor import RateLimiter
from actors.rate_limiter.bucket import Limit
from actors.rate_limiter.messages import (
    AcquirePermit,
    Bucket,
    GetRateLimiterHealth,
    PermitDenied,
    PermitGranted,
    RateLimiterHealth,
    RateLimiterMessage,
)

__all__ = [
    "AcquirePermit",
    "Bucket",
    "GetRateLimiterHealth",
    "Limit",
    "PermitDenied",
    "PermitGranted",
    "RateLimiter",
    "RateLimiterHealth",
    "RateLimiterMessage",
]
