"""Checked, never run: a handler has an arm for every message, and hooks have the right shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never, assert_type

from typing_extensions import override

from actors.kernel import (
    AsyncioActor,
    ChildSpec,
    Crashed,
    Finished,
    Message,
    Query,
    ThreadActor,
    reply_to,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Add(Message):
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reset(Message):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class GetTotal(Query[int]):
    pass


CounterMessage = Add | Reset | GetTotal


class Complete(AsyncioActor[CounterMessage]):
    @override
    async def on_receive(self, message: CounterMessage) -> object:
        match message:
            case Add(amount=amount):
                assert_type(amount, int)
                return None
            case Reset():
                return None
            case GetTotal():
                return 1
            case _:
                assert_never(message)


class CompleteOnAThread(ThreadActor[CounterMessage]):
    @override
    def on_receive(self, message: CounterMessage) -> object:
        match message:
            case Add() | Reset():
                return None
            case GetTotal():
                return 1
            case _:
                assert_never(message)


class Promising(AsyncioActor[GetTotal]):
    @override
    async def on_receive(self, message: GetTotal) -> int:
        return reply_to(message, 1)


class AtWork(AsyncioActor[Add]):
    @override
    async def on_receive(self, message: Add) -> None:
        task = self.spawn(self._count(), name="counting")
        assert_type(await task, int)
        outcome = await self.isolate(self._count())
        assert_type(outcome, Finished[int] | Crashed)

    async def _count(self) -> int:
        return 1


def actors_of_both_kinds_are_children() -> list[ChildSpec]:
    return [
        ChildSpec(name="one", start=Complete),
        ChildSpec(name="two", start=CompleteOnAThread),
    ]


# --- What the checkers must refuse: an ignore without an error on its line is an error itself -----


class WithoutAnArm(AsyncioActor[CounterMessage]):
    @override
    async def on_receive(self, message: CounterMessage) -> object:
        match message:
            case Add():
                return None
            case GetTotal():
                return 1
            case _:
                assert_never(
                    message  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
                )


class WithoutAnArmOrADefault(AsyncioActor[CounterMessage]):
    @override
    async def on_receive(self, message: CounterMessage) -> object:
        match message:  # type: ignore[exhaustive-match]  # pyright: ignore[reportMatchNotExhaustive]
            case Add():
                return None
            case GetTotal():
                return 1
        return None


class WithoutAnArmOnAThread(ThreadActor[CounterMessage]):
    @override
    def on_receive(self, message: CounterMessage) -> object:
        match message:
            case Add():
                return None
            case GetTotal():
                return 1
            case _:
                assert_never(
                    message  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
                )


class ForOthersMessages(AsyncioActor[Add]):
    @override
    async def on_receive(  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        self, message: Reset
    ) -> None:
        del message


class OfNoMessages(AsyncioActor[int]):  # type: ignore[type-var]  # pyright: ignore[reportInvalidTypeArguments]
    pass


class NotACoroutine(AsyncioActor[Add]):
    @override
    def on_receive(  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        self, message: Add
    ) -> None:
        del message


def what_is_no_actor_is_no_child() -> ChildSpec:
    return ChildSpec(name="x", start=dict)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def words_that_no_spec_knows_are_refused() -> ChildSpec:
    return ChildSpec(
        name="x",
        start=Complete,
        overflow="drop_all",  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    )


class OfAnotherReply(AsyncioActor[GetTotal]):
    @override
    async def on_receive(self, message: GetTotal) -> object:
        return reply_to(  # type: ignore[misc]
            message,
            "1",  # pyright: ignore[reportArgumentType]
        )
