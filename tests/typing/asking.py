"""Checked, never run: the type of a reply is the one that its query names, from any thread."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TypeVar, assert_type

from actors.kernel import Address, Asked, Message, Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    remaining: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    wait_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquire(Query[Granted | Denied]):
    cost: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Query[int]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Message):
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename(Message):
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GetName(Query[str]):
    pass


DeskMessage = Acquire | Count | Note


async def the_reply_of_an_ask_is_inferred(desk: Address[DeskMessage]) -> None:
    count = await desk.ask(Count(), timeout_s=1)
    permit = await desk.ask(Acquire(), timeout_s=0.5)

    assert_type(count, int)
    assert_type(permit, Granted | Denied)


async def a_reply_is_narrowed_like_any_value(desk: Address[DeskMessage]) -> float:
    match await desk.ask(Acquire(), timeout_s=1):
        case Granted(remaining=remaining):
            return remaining
        case Denied(wait_s=wait_s):
            return wait_s


async def gathered_asks_keep_a_type_each(desk: Address[DeskMessage]) -> None:
    count, permit = await asyncio.gather(
        desk.ask(Count(), timeout_s=1), desk.ask(Acquire(), timeout_s=1)
    )

    assert_type(count, int)
    assert_type(permit, Granted | Denied)


def the_reply_of_a_blocking_ask_is_inferred(desk: Address[DeskMessage]) -> None:
    assert_type(desk.ask_blocking(Acquire(), timeout_s=1), Granted | Denied)


def a_tell_says_whether_it_was_taken(desk: Address[DeskMessage]) -> None:
    assert_type(desk.tell(Note(text="x")), bool)


def who_takes_more_is_as_good(desk: Address[DeskMessage]) -> Address[Note | Count]:
    return desk


def who_takes_anything_takes_this(desk: Address) -> Address[DeskMessage]:
    desk.tell(Rename(name="x"))
    return desk


M = TypeVar("M")
R = TypeVar("R")


async def a_helper_keeps_both_types(desk: Address[DeskMessage]) -> None:
    async def patiently(whom: Address[M], query: Asked[M, R]) -> R:
        return await whom.ask(query, timeout_s=60)

    assert_type(await patiently(desk, Count()), int)


# --- What the checkers must refuse: an ignore without an error on its line is an error itself -----


async def a_deadline_is_needed(desk: Address[DeskMessage]) -> None:
    await desk.ask(Count())  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    desk.ask_blocking(Count())  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def no_deadline_is_no_deadline(desk: Address[DeskMessage]) -> None:
    await desk.ask(
        Count(),
        timeout_s=None,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    )


async def a_deadline_is_given_by_name(desk: Address[DeskMessage]) -> None:
    await desk.ask(Count(), 1)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def what_has_no_reply_cannot_be_asked(desk: Address[DeskMessage]) -> None:
    await desk.ask(
        Note(text="x"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        timeout_s=1,
    )


def what_is_no_message_cannot_be_told(desk: Address[DeskMessage]) -> None:
    desk.tell("x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    desk.tell(Granted(remaining=1))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    desk.tell(Note)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def a_reply_is_of_no_other_type(desk: Address[DeskMessage]) -> str:
    count = await desk.ask(Count(), timeout_s=1)
    return str.upper(count)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


async def a_reply_may_be_a_refusal(desk: Address[DeskMessage]) -> Granted:
    match await desk.ask(Acquire(), timeout_s=1):  # type: ignore[exhaustive-match]  # pyright: ignore[reportMatchNotExhaustive]
        case Granted() as granted:
            return granted
    raise ValueError


def a_message_does_not_change(note: Note) -> None:
    note.text = "y"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


async def what_has_no_arm_cannot_be_asked(desk: Address[DeskMessage]) -> None:
    await desk.ask(
        GetName(),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        timeout_s=1,
    )
    desk.ask_blocking(
        GetName(),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        timeout_s=1,
    )


def what_has_no_arm_cannot_be_told(desk: Address[DeskMessage]) -> None:
    desk.tell(Rename(name="x"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def a_query_cannot_be_told(desk: Address[DeskMessage], anyone: Address) -> None:
    desk.tell(Count())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    anyone.tell(Count())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def who_takes_less_is_not_as_good(desk: Address[Note]) -> Address[DeskMessage]:
    return desk  # type: ignore[return-value]  # pyright: ignore[reportReturnType]
