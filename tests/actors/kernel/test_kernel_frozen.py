"""In tests, what can change after it was sent is not sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pytest
from typing_extensions import override

from actors.kernel import ActorSystem, AsyncioActor, ChildSpec, Message, Query
from actors.testing import virtual_time


@dataclass(frozen=True)
class Inner:
    value: Any


@dataclass
class Loose:
    value: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep(Message):
    value: Any = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Show(Query[int]):
    value: Any


class Box(AsyncioActor[Keep | Show]):
    @override
    async def on_receive(self, message: Keep | Show) -> int:
        return 1


BOX = ChildSpec(name="box", start=Box)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ([1], "Keep.value is of type list"),
        ((1, {2}), "Keep.value[1] is of type set"),
        (Inner((1, {"a": 2})), "Keep.value.value[1] is of type dict"),
        (MappingProxyType({"a": [1]}), "Keep.value['a'] is of type list"),
        (Loose(), "Keep.value is of type Loose"),
        (bytearray(b"x"), "Keep.value is of type bytearray"),
        (object(), "Keep.value is of type object"),
    ],
)
def test_what_can_change_is_refused_with_its_place(value: Any, found: str) -> None:
    @virtual_time
    async def tell_and_ask() -> None:
        system = ActorSystem()
        async with system.running([BOX]):
            with pytest.raises(TypeError) as told:
                system.address(BOX).tell(Keep(value=value))
            with pytest.raises(TypeError):
                await system.address(BOX).ask(Show(value=value), timeout_s=1)
        assert str(told.value) == f"{found}, which can change after it was sent"

    tell_and_ask()


@virtual_time
async def test_what_is_frozen_all_the_way_down_is_sent() -> None:
    system = ActorSystem()
    frozen: tuple[object, ...] = (
        1,
        "a",
        b"b",
        None,
        frozenset({2}),
        Inner((3.0, Inner("x"))),
        MappingProxyType({}),
    )

    async with system.running([BOX]):
        shown = await system.address(BOX).ask(Show(value=frozen), timeout_s=1)

    assert shown == 1


@virtual_time
async def test_nothing_is_looked_at_unless_that_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ActorSystem, "check_messages", False)
    system = ActorSystem()

    async with system.running([BOX]):
        shown = await system.address(BOX).ask(Show(value=[1]), timeout_s=1)

    assert shown == 1
