"""How to reach the person who asked for something, also when the answer comes much later."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from scooty.domain.ids import MemberId, RequestId

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who asked, in what language, and the ways back to them."""

    member_id: MemberId
    application_id: int
    interaction_id: int
    token: str = field(repr=False)
    """Of the interaction; a secret, good for 15 minutes."""
    channel_id: int | None
    """Where they asked."""
    locale: str
    asked_at: datetime


class Contacts:
    """Whom to tell about a request, for as long as the request is in hand.

    A write reaches storage without its caller; a storage that may have to tell them later looks
    them up here, by the request's id.
    """

    def __init__(self) -> None:
        self._by_request: dict[RequestId, Contact] = {}

    @contextmanager
    def known(self, request_id: RequestId, contact: Contact) -> Iterator[None]:
        """Know the caller of a request inside the block."""
        self._by_request[request_id] = contact
        try:
            yield
        finally:
            # A request that was handed out again has a newer entry, which stays.
            if self._by_request.get(request_id) is contact:
                del self._by_request[request_id]

    def find(self, request_id: RequestId) -> Contact | None:
        """Find who asked; None when nobody in Discord did."""
        return self._by_request.get(request_id)
