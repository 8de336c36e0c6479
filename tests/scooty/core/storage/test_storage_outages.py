"""What a caller of Sql learns when the repository cannot do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from actors.kernel import (
    ActorFailedError,
    ActorStoppedError,
    AskTimeoutError,
    MailboxFullError,
)
from actors.repository.messages import DatabaseUnavailable, FunctionRefused
from scooty.core.calls import Sql
from scooty.domain.ids import GuildId, MemberId, RequestId
from scooty.errors import StorageError, StorageUnavailable
from tests.asked import Asked

if TYPE_CHECKING:
    from actors.kernel import Address, Query


class CannedRepository:
    """Stands where an address does, and answers or raises one thing."""

    def __init__(self, answer: object) -> None:
        self._answer = answer

    async def ask(self, query: Query[object], *, timeout_s: float) -> object:
        assert timeout_s > 0, query
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def storage(answer: object) -> Asked:
    return Asked(Sql(cast("Address[Any]", CannedRepository(answer))))


async def write(answer: object) -> object:
    return await storage(answer).create_event(
        guild_id=GuildId(1), request_id=RequestId(2), name="Open", member_id=MemberId(3)
    )


async def read(answer: object) -> object:
    return await storage(answer).check_player(guild_id=GuildId(1), name="Jane Doe")


TIMEOUT = AskTimeoutError(name="repository", query="CallFunction", timeout_s=2)
FAILED = ActorFailedError(name="repository", kind="OSError")
FULL = MailboxFullError(name="repository", size=100)
STOPPED = ActorStoppedError(name="repository")


@pytest.mark.parametrize(
    ("answer", "may_have_been_saved"),
    [
        (TIMEOUT, True),
        (FAILED, True),
        (FULL, False),
        (STOPPED, False),
        (DatabaseUnavailable(detail="away", may_have_been_saved=False), False),
        (DatabaseUnavailable(detail="away", may_have_been_saved=True), True),
    ],
)
async def test_a_write_says_whether_it_may_have_been_saved(
    answer: object, *, may_have_been_saved: bool
) -> None:
    with pytest.raises(StorageUnavailable) as caught:
        await write(answer)

    assert caught.value.may_have_been_saved is may_have_been_saved


@pytest.mark.parametrize("answer", [TIMEOUT, FAILED, FULL, STOPPED])
async def test_a_read_never_saved_anything(answer: object) -> None:
    with pytest.raises(StorageUnavailable) as caught:
        await read(answer)

    assert not caught.value.may_have_been_saved


async def test_a_refusal_is_an_error_without_the_databases_sentence() -> None:
    refused = FunctionRefused(code="23514", message="Jane Doe is too long")

    with pytest.raises(StorageError, match="23514") as caught:
        await write(refused)

    assert not isinstance(caught.value, StorageUnavailable)
    assert "Jane" not in str(caught.value)
