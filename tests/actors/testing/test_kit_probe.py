from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass

import pytest

from actors.kernel import ActorFailedError, AskTimeoutError, Message, Query
from actors.testing import Probe, virtual_time


@dataclass(frozen=True, slots=True, kw_only=True)
class GetPrice(Query[int]):
    card: str = "Ponder"


@dataclass(frozen=True, slots=True, kw_only=True)
class GetStock(Query[int]):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold(Message):
    card: str


@virtual_time
async def test_a_scripted_answer_is_given_to_every_query_of_its_type() -> None:
    probe = Probe()
    probe.answer(GetPrice, 3)

    replies = [await probe.address.ask(GetPrice(), timeout_s=1) for _ in range(2)]

    assert replies == [3, 3]


@virtual_time
async def test_a_scripted_answer_may_depend_on_the_query() -> None:
    probe = Probe()
    probe.answer(GetPrice, lambda query: len(query.card))

    reply = await probe.address.ask(GetPrice(card="Brainstorm"), timeout_s=1)

    assert reply == 10


@virtual_time
async def test_answers_in_turn_are_given_once_each_and_then_the_standing_one() -> None:
    probe = Probe()
    probe.answer(GetPrice, 9)
    probe.answer_in_turn(GetPrice, 1, lambda query: len(query.card))

    replies = [await probe.address.ask(GetPrice(), timeout_s=1) for _ in range(4)]

    assert replies == [1, 6, 9, 9]


@virtual_time
async def test_an_exception_as_an_answer_is_raised_at_the_asker() -> None:
    probe = Probe()
    probe.answer_in_turn(GetPrice, ActorFailedError(name="shop", kind="OSError"), 4)

    with pytest.raises(ActorFailedError, match="shop failed"):
        await probe.address.ask(GetPrice(), timeout_s=1)
    reply = await probe.address.ask(GetPrice(), timeout_s=1)

    assert reply == 4


@virtual_time
async def test_what_a_scripted_function_raises_is_raised_at_the_asker() -> None:
    probe = Probe()
    probe.answer(GetPrice, lambda query: 1 // len(query.card))

    with pytest.raises(ZeroDivisionError):
        await probe.address.ask(GetPrice(card=""), timeout_s=1)


@virtual_time
async def test_expect_returns_messages_in_their_order() -> None:
    probe = Probe()

    probe.address.tell(Sold(card="Ponder"))
    probe.address.tell(Sold(card="Opt"))
    cards = [(await probe.expect(Sold)).card for _ in range(2)]

    assert cards == ["Ponder", "Opt"]


@virtual_time
async def test_expect_waits_for_a_message_that_is_still_to_come() -> None:
    probe = Probe()
    loop = asyncio.get_running_loop()
    loop.call_later(5, probe.address.tell, Sold(card="Ponder"))

    sold = await probe.expect(Sold, timeout_s=6)

    assert sold == Sold(card="Ponder")
    assert loop.time() == pytest.approx(5)


async def test_expect_takes_messages_from_other_threads() -> None:
    probe = Probe()

    thread = threading.Thread(target=probe.address.tell, args=(Sold(card="Ponder"),))
    thread.start()
    sold = await probe.expect(Sold, timeout_s=10)
    thread.join()

    assert sold == Sold(card="Ponder")


@virtual_time
async def test_expect_of_another_type_says_what_came_instead() -> None:
    probe = Probe("shop")
    probe.address.tell(Sold(card="Ponder"))

    with pytest.raises(AssertionError) as caught:
        await probe.expect(GetPrice)

    assert str(caught.value) == "shop expected GetPrice and got Sold(card='Ponder')"


@virtual_time
async def test_expect_in_vain_says_how_long_it_waited_and_what_had_come_before() -> None:
    probe = Probe("shop")
    probe.answer(GetStock, 1)
    probe.address.tell(Sold(card="Ponder"))
    await probe.expect(Sold)
    await probe.address.ask(GetStock(), timeout_s=1)

    with pytest.raises(AssertionError) as caught:
        await probe.expect(GetPrice, timeout_s=2)

    assert str(caught.value) == (
        "shop got no GetPrice within 2 s; what it has got is Sold(card='Ponder'), GetStock()"
    )


@virtual_time
async def test_expect_in_vain_of_a_probe_that_got_nothing_says_so() -> None:
    with pytest.raises(AssertionError, match=r"probe got no Sold within 1 s; .* is nothing"):
        await Probe().expect(Sold)


@virtual_time
async def test_expect_passes_over_what_the_script_answered_unless_asked_for_it() -> None:
    probe = Probe()
    probe.answer(GetPrice, 3)
    await probe.address.ask(GetPrice(), timeout_s=1)
    probe.address.tell(Sold(card="Ponder"))

    sold = await probe.expect(Sold)
    query = await probe.expect(GetPrice)

    assert (sold, query) == (Sold(card="Ponder"), GetPrice())


@virtual_time
async def test_expect_no_message_names_the_message_that_waits() -> None:
    probe = Probe("shop")
    probe.expect_no_message()
    probe.address.tell(Sold(card="Ponder"))

    with pytest.raises(AssertionError) as caught:
        probe.expect_no_message()

    assert str(caught.value) == "shop expected no message and got Sold(card='Ponder')"


@virtual_time
async def test_expect_no_message_does_not_count_what_was_expected_or_answered() -> None:
    probe = Probe()
    probe.answer(GetPrice, 3)
    await probe.address.ask(GetPrice(), timeout_s=1)
    probe.address.tell(Sold(card="Ponder"))
    await probe.expect(Sold)

    probe.expect_no_message()


@virtual_time
async def test_expect_silence_fails_when_a_message_comes_meanwhile() -> None:
    probe = Probe()
    await probe.expect_silence(10)
    asyncio.get_running_loop().call_later(5, probe.address.tell, Sold(card="Opt"))

    with pytest.raises(AssertionError, match="expected no message and got Sold"):
        await probe.expect_silence(10)


@virtual_time
async def test_a_query_that_the_test_answers_itself_is_open_until_then() -> None:
    probe = Probe()
    asking = asyncio.create_task(probe.address.ask(GetPrice(), timeout_s=10))
    query = await probe.expect(GetPrice)
    with pytest.raises(AssertionError, match=r"probe has not answered GetPrice\(card='Ponder'\)"):
        probe.expect_all_answered()

    probe.reply(query, 7)

    assert await asking == 7
    probe.expect_all_answered()


@virtual_time
async def test_a_reply_may_be_an_error() -> None:
    probe = Probe()
    asking = asyncio.create_task(probe.address.ask(GetPrice(), timeout_s=10))

    probe.reply(await probe.expect(GetPrice), ActorFailedError(name="shop", kind="OSError"))

    with pytest.raises(ActorFailedError):
        await asking


@virtual_time
async def test_a_second_reply_to_one_query_is_refused_in_words() -> None:
    probe = Probe()
    asking = asyncio.create_task(probe.address.ask(GetPrice(), timeout_s=10))
    query = await probe.expect(GetPrice)
    probe.reply(query, 7)
    await asking

    with pytest.raises(AssertionError, match="it is answered, or never came"):
        probe.reply(query, 8)


@virtual_time
async def test_a_query_that_nobody_answers_is_the_askers_timeout_naming_both() -> None:
    probe = Probe("shop")

    with pytest.raises(AskTimeoutError, match="shop did not answer GetPrice within 3 s"):
        await probe.address.ask(GetPrice(), timeout_s=3)


@virtual_time
async def test_told_messages_need_no_answer() -> None:
    probe = Probe()
    probe.address.tell(Sold(card="Ponder"))
    probe.address.tell(GetPrice())  # type: ignore[arg-type]

    probe.expect_all_answered()
