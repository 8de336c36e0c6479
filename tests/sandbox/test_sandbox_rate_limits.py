"""The counting of requests, without a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.rate_limits import RateLimits
from sandbox.rest.router import Limit, Route

if TYPE_CHECKING:
    from sandbox.rest.router import Answer, Call
    from sandbox.state import State


def handler(_state: State, _call: Call) -> Answer:
    return 204, None


LIMITED = Route("GET", "/channels/{channel_id}", handler, Limit(requests=2, within_s=60.0))
OTHER = Route("PATCH", "/channels/{channel_id}", handler, Limit(requests=2, within_s=60.0))


def test_each_route_and_each_channel_has_a_window_of_its_own() -> None:
    limits = RateLimits(requests_per_s=50)
    here, there = {"channel_id": "1"}, {"channel_id": "2"}

    taken = [limits.take(LIMITED, here)[0] for _ in range(3)]
    elsewhere, _ = limits.take(LIMITED, there)
    by_another_route, headers = limits.take(OTHER, here)

    assert taken[:2] == [None, None]
    assert taken[2] is not None
    assert elsewhere is None
    assert by_another_route is None
    assert headers["X-RateLimit-Bucket"] == OTHER.bucket != LIMITED.bucket


def test_ten_thousand_invalid_requests_ban_the_address() -> None:
    limits = RateLimits(requests_per_s=50)

    for _ in range(9_999):
        limits.count_invalid()
    before = limits.is_banned
    limits.count_invalid()

    assert not before
    assert limits.is_banned
