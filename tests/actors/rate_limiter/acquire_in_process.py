"""One of several processes that spend from the same bucket: prints how often it was let through.

Run as ``python acquire_in_process.py <redis url>``; begins when a line comes in.
"""

from __future__ import annotations

import asyncio
import sys

import structlog
from pydantic import SecretStr

from actors.kernel import ChildSpec
from actors.rate_limiter import (
    AcquirePermit,
    GetRateLimiterHealth,
    Limit,
    PermitGranted,
    RateLimiter,
)
from actors.testing import run_actor

LIMIT = Limit(name="command", capacity=1000, refill_per_s=0.001)
ROUNDS, AT_ONCE = 100, 5


async def main(url: str) -> None:
    spec = ChildSpec(
        name="rate_limiter",
        start=lambda: RateLimiter(url=SecretStr(url), limits=(LIMIT,)),
        concurrency=AT_ONCE,
    )
    async with run_actor(spec) as limiter:
        health = await limiter.ask(GetRateLimiterHealth(), timeout_s=5)
        print("ready" if health.state == "shared" else health, flush=True)  # noqa: T201 - a report
        await asyncio.to_thread(sys.stdin.readline)
        granted = 0
        for _ in range(ROUNDS):
            permits = (AcquirePermit(bucket="command", key="guild:1") for _ in range(AT_ONCE))
            answers = await asyncio.gather(
                *(limiter.ask(permit, timeout_s=5) for permit in permits)
            )
            granted += sum(isinstance(answer, PermitGranted) for answer in answers)
        print(granted, flush=True)  # noqa: T201 - what the test reads


if __name__ == "__main__":
    # The report alone goes to stdout.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(main(sys.argv[1]))
