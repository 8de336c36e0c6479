"""The actor while the connection is lost, Discord fails or sends what cannot be read."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.messages import Answered, AnswerNotDelivered
from actors.discord_gateway.replies import Reply
from tests.actors.discord_gateway.conversation import act, answer, answered, defer, health

if TYPE_CHECKING:
    from sandbox.faults import FaultKind
    from tests.actors.discord_gateway.conftest import House


@pytest.mark.parametrize("fault", ["drop_gateway", "reconnect", "invalid_session"])
async def test_a_gateway_lost_in_the_middle_of_a_command_is_resumed_and_the_command_answered(
    house: House, fault: FaultKind
) -> None:
    acting, received = await act(house, house.sam.command("ping"))

    await house.sam.fault(fault, value=True)
    assert await answer(house, received, Reply(content="still here")) == Answered()
    assert (await acting).content == "still here"
    await house.sam.wait_until_online()
    outcome, _ = await answered(house, house.sam.command("ping"), Reply(content="and again"))

    assert outcome.content == "and again"
    assert (await health(house)).resumes == 1
    assert house.sandbox.state.gateway.identifies == 1


async def test_a_command_sent_while_the_gateway_is_lost_arrives_after_the_resume(
    house: House,
) -> None:
    house.sandbox.state.gateway.drop_connections()

    outcome, _ = await answered(house, house.sam.command("ping"), Reply(content="replayed"))

    assert outcome.content == "replayed"


@pytest.mark.parametrize("fault", ["server_error", "rate_limit"])
async def test_half_of_all_requests_failing_is_not_noticed_by_people(
    house: House, fault: FaultKind
) -> None:
    house.sandbox.state.faults._random.seed(2)
    await house.sam.fault(fault, value=0.5)

    for number in range(8):
        outcome, _ = await answered(
            house, house.sam.command("ping"), Reply(content=f"answer {number}")
        )
        assert outcome.content == f"answer {number}"

    statuses = house.sandbox.state.trace.statuses
    assert statuses[500 if fault == "server_error" else 429] > 0
    assert (await health(house)).rest_failures == 0


async def test_discord_failing_for_longer_is_told_to_the_asker(house: House) -> None:
    acting, received = await act(house, house.sam.command("ping"))
    await house.sam.fault("server_error", 1.0)

    outcome = await answer(house, received, Reply(content="lost"))

    assert isinstance(outcome, AnswerNotDelivered)
    assert outcome.reason == "unreachable"
    assert not (await acting).ok
    assert (await health(house)).rest_failures == 1


async def test_health_is_told_from_memory(house: House) -> None:
    told = await health(house)

    assert (told.state, told.guild_count, told.resumes, told.rest_failures) == (
        "connected",
        2,
        0,
        0,
    )
    assert told.ready_at is not None


async def test_an_unreadable_interaction_does_not_end_the_connection(house: House) -> None:
    house.sandbox.state.gateway.dispatch("INTERACTION_CREATE", {"id": "1", "type": 2})

    outcome, _ = await answered(house, house.sam.command("ping"), Reply(content="fine"))

    assert outcome.content == "fine"


async def test_no_log_of_any_level_holds_a_token(
    house: House, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)

    acting, received = await act(house, house.sam.command("ping"))
    await defer(house, received)
    await answer(house, received, Reply(content="x" * 2_001))
    await answer(house, received, Reply(content="the reply's text"))
    await acting
    await house.sam.fault("drop_gateway")
    await answered(house, house.sam.command("ping"), Reply(content="ok"))

    logged = caplog.text + "".join(capfd.readouterr())
    assert logged
    for secret in ("sandbox-token", received.key.token, "the reply's text"):
        assert secret not in logged
