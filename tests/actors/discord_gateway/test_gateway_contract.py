"""One suite for the gateway in memory and the real one: what people see is the same."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING, Protocol

import pytest

from actors.discord_gateway.in_memory import InMemoryGateway, Shown, Stage
from actors.discord_gateway.interactions import InteractionKey, InteractionReceived
from actors.discord_gateway.messages import (
    Answer,
    Answered,
    AnswerNotDelivered,
    Defer,
    Deferred,
    FollowUp,
    GetGatewayHealth,
)
from actors.discord_gateway.replies import (
    Choice,
    OfferChoices,
    Reply,
    Response,
    ShowModal,
    TextInput,
)
from actors.testing import run_actor
from sandbox.server import Sandbox
from tests.actors.discord_gateway.conftest import House, open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address
    from sandbox.client_outcomes import Choices, Outcome

FORM = ShowModal(custom_id="f", title="F", inputs=(TextInput(custom_id="i", label="I"),))
CHOICES = OfferChoices(choices=(Choice(name="Storm", value="storm"),))


class Theatre(Protocol):
    """A gateway, a way to act, and a view of what people then see."""

    @property
    def gateway(self) -> Address: ...

    async def command(self) -> InteractionKey:
        """Send a command."""

    async def typing(self) -> InteractionKey:
        """Type into an option."""

    async def messages(self, key: InteractionKey) -> list[str]:
        """Tell the texts that the person of a command sees, once it has been answered."""

    async def choices(self, key: InteractionKey) -> list[str]:
        """Tell the labels that the person sees while typing."""


class MemoryTheatre:
    def __init__(self, gateway: Address, stage: Stage) -> None:
        self.gateway = gateway
        self._stage = stage
        self._ids = itertools.count(1)

    async def command(self) -> InteractionKey:
        return InteractionKey(id=next(self._ids), application_id=42, token="t")  # noqa: S106 - any

    async def typing(self) -> InteractionKey:
        return await self.command()

    async def messages(self, key: InteractionKey) -> list[str]:
        shown: Shown = await self._stage.wait_until_answered(key.id)
        replies = [shown.message, *shown.follow_ups]
        return [reply.content or "" for reply in replies if reply is not None]

    async def choices(self, key: InteractionKey) -> list[str]:
        shown = await self._stage.wait_until_answered(key.id)
        return [] if shown.choices is None else [choice.name for choice in shown.choices.choices]


class SandboxTheatre:
    def __init__(self, house: House) -> None:
        self.gateway = house.gateway
        self._house = house
        self._commands: dict[int, asyncio.Task[Outcome]] = {}
        self._typing: dict[int, asyncio.Task[Choices]] = {}

    async def command(self) -> InteractionKey:
        acting = asyncio.create_task(self._house.sam.command("ping"))
        received = await self._house.interactions.expect(InteractionReceived)
        self._commands[received.key.id] = acting
        return received.key

    async def typing(self) -> InteractionKey:
        acting = asyncio.create_task(
            self._house.sam.autocomplete("scout", "opponent", opponent="x")
        )
        received = await self._house.interactions.expect(InteractionReceived)
        self._typing[received.key.id] = acting
        return received.key

    async def messages(self, key: InteractionKey) -> list[str]:
        await self._commands[key.id]
        await self._house.sam.look_at()  # asks for the channel's history anew
        return [str(message["content"]) for message in self._house.sam.view.messages]

    async def choices(self, key: InteractionKey) -> list[str]:
        return [str(choice["name"]) for choice in (await self._typing[key.id]).choices]

    async def leave(self) -> None:
        for task in (*self._commands.values(), *self._typing.values()):
            task.cancel()
        await asyncio.gather(
            *self._commands.values(), *self._typing.values(), return_exceptions=True
        )


@pytest.fixture(params=["in memory", "sandbox"])
async def theatre(request: pytest.FixtureRequest) -> AsyncIterator[Theatre]:
    if request.param == "in memory":
        stage = Stage()
        async with run_actor(InMemoryGateway(stage)) as gateway:
            yield MemoryTheatre(gateway, stage)
        return
    async with Sandbox() as sandbox, open_house(sandbox) as house:
        sandbox_theatre = SandboxTheatre(house)
        yield sandbox_theatre
        await sandbox_theatre.leave()


async def answer(
    theatre: Theatre, key: InteractionKey, response: Response
) -> Answered | AnswerNotDelivered:
    return await theatre.gateway.ask(Answer(key=key, response=response), timeout_s=5.0)


async def defer(theatre: Theatre, key: InteractionKey) -> Deferred | AnswerNotDelivered:
    return await theatre.gateway.ask(Defer(key=key), timeout_s=5.0)


async def test_a_reply_is_seen(theatre: Theatre) -> None:
    key = await theatre.command()

    assert await answer(theatre, key, Reply(content="one")) == Answered()
    assert await theatre.messages(key) == ["one"]


async def test_a_reply_after_a_deferral_takes_its_place(theatre: Theatre) -> None:
    key = await theatre.command()

    assert await defer(theatre, key) == Deferred()
    assert await defer(theatre, key) == Deferred()
    assert await answer(theatre, key, Reply(content="one")) == Answered()
    assert await theatre.messages(key) == ["one"]


async def test_a_second_reply_takes_the_place_of_the_first(theatre: Theatre) -> None:
    key = await theatre.command()

    await answer(theatre, key, Reply(content="one"))
    assert await answer(theatre, key, Reply(content="two")) == Answered()
    assert await theatre.messages(key) == ["two"]


async def test_a_deferral_after_the_answer_changes_nothing(theatre: Theatre) -> None:
    key = await theatre.command()

    await answer(theatre, key, Reply(content="one"))
    assert await defer(theatre, key) == Deferred()
    assert await theatre.messages(key) == ["one"]


async def test_a_follow_up_is_seen_besides_the_reply(theatre: Theatre) -> None:
    key = await theatre.command()
    await answer(theatre, key, Reply(content="one"))

    sent = await theatre.gateway.ask(FollowUp(key=key, reply=Reply(content="two")), timeout_s=5.0)

    assert sent == Answered()
    assert await theatre.messages(key) == ["one", "two"]


async def test_choices_are_seen(theatre: Theatre) -> None:
    key = await theatre.typing()

    assert await answer(theatre, key, CHOICES) == Answered()
    assert await theatre.choices(key) == ["Storm"]


async def test_a_form_after_a_deferral_is_refused(theatre: Theatre) -> None:
    key = await theatre.command()
    await defer(theatre, key)

    outcome = await answer(theatre, key, FORM)

    assert isinstance(outcome, AnswerNotDelivered)
    assert outcome.reason == "refused"


async def test_a_reply_over_a_limit_is_refused_and_another_can_take_its_place(
    theatre: Theatre,
) -> None:
    key = await theatre.command()

    refused = await answer(theatre, key, Reply(content="x" * 2_001))
    await answer(theatre, key, Reply(content="one"))

    assert isinstance(refused, AnswerNotDelivered)
    assert refused.reason == "refused"
    assert await theatre.messages(key) == ["one"]


async def test_it_says_that_it_is_connected(theatre: Theatre) -> None:
    health = await theatre.gateway.ask(GetGatewayHealth(), timeout_s=1.0)

    assert health.state == "connected"
