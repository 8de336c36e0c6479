"""One of several processes that spend from the same buckets: prints who was let through how often.

Run as ``python acquire_in_process.py <redis url>``; begins when a line comes in. It goes past the
actor and its time limit, which would decide in memory when the machine is busy for too long.
"""

from __future__ import annotations

import asyncio
import sys

from redis.asyncio import Redis

from actors.rate_limiter import Limit
from actors.rate_limiter.shared import acquire_shared

PERSON = Limit(name="command", capacity=400, refill_per_s=0.001)
SERVER = Limit(name="guild", capacity=1000, refill_per_s=0.001)
ROUNDS, AT_ONCE, PEOPLE = 100, 5, 3


async def main(url: str) -> None:
    async with Redis.from_url(url, protocol=2) as client:
        await client.ping()
        print("ready", flush=True)  # noqa: T201 - a report
        await asyncio.to_thread(sys.stdin.readline)
        granted = [0] * PEOPLE
        for number in range(ROUNDS):
            person = number % PEOPLE
            buckets = {f"limit:command:{person}": PERSON, "limit:guild:1": SERVER}
            decisions = await asyncio.gather(
                *(acquire_shared(client, buckets, 1) for _ in range(AT_ONCE))
            )
            granted[person] += sum(decision.granted for decision in decisions)
        print(*granted, flush=True)  # noqa: T201 - what the test reads


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
