"""Answers over real sockets, against scripted sequences of Discord's answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from structlog.testing import capture_logs

from actors.discord_gateway.acknowledgements import TOKEN_LIFE_S, Acknowledgements
from actors.discord_gateway.answering import Answering
from actors.discord_gateway.delivery import Delivery
from actors.discord_gateway.interactions import InteractionKey
from actors.discord_gateway.messages import (
    Answer,
    Answered,
    AnswerNotDelivered,
    Defer,
    Deferred,
    FollowUp,
)
from actors.discord_gateway.replies import (
    Choice,
    File,
    OfferChoices,
    Reply,
    Response,
    ShowModal,
    TextInput,
    UpdateMessage,
)
from actors.testing import ManualClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.actors.discord_gateway.conftest import ScriptedDiscord

TOKEN = "dG9rZW4tb2YtdGhlLWludGVyYWN0aW9u"  # noqa: S105 - an example
KEY = InteractionKey(id=1100, application_id=42, token=TOKEN)
HELLO = Reply(content="hello")
FORM = ShowModal(custom_id="f", title="F", inputs=(TextInput(custom_id="i", label="I"),))
CHOICES = OfferChoices(choices=(Choice(name="Storm", value="storm"),))

CALLBACK = ("POST", "callback")
EDIT = ("PATCH", "@original")
FOLLOW_UP = ("POST", TOKEN)

ACKNOWLEDGED = (400, {"code": 40060, "message": "Interaction has already been acknowledged."})
UNKNOWN = (404, {"code": 10062, "message": "Unknown interaction"})


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def answering(
    scripted_discord: ScriptedDiscord, clock: ManualClock
) -> AsyncIterator[Answering]:
    delivery = Delivery(f"{scripted_discord.base_url}/api/v10", clock, user_agent="test")
    acknowledgements = Acknowledgements(clock)
    acknowledgements.add(KEY.id, attachment_size_limit=1_000)
    yield Answering(
        acknowledgements=acknowledgements,
        delivery=delivery,
        clock=clock,
        log=structlog.get_logger(),
    )
    await delivery.close()


def answer(response: Response) -> Answer:
    return Answer(key=KEY, response=response)


@pytest.mark.parametrize("response", [HELLO, UpdateMessage(reply=HELLO), FORM, CHOICES])
async def test_a_first_answer_is_one_callback(
    answering: Answering, scripted_discord: ScriptedDiscord, response: Response
) -> None:
    outcome = await answering.answer(answer(response))

    assert outcome == Answered()
    assert scripted_discord.calls == [CALLBACK]
    assert scripted_discord.received[0].path == f"/api/v10/interactions/1100/{TOKEN}/callback"


async def test_an_answer_after_a_deferral_is_an_edit(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    deferred = await answering.defer(Defer(key=KEY))
    outcome = await answering.answer(answer(HELLO))

    assert (deferred, outcome) == (Deferred(), Answered())
    assert scripted_discord.calls == [CALLBACK, EDIT]
    assert scripted_discord.received[1].path == f"/api/v10/webhooks/42/{TOKEN}/messages/@original"


async def test_an_answer_given_while_the_deferral_is_under_way_waits_for_it(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    await asyncio.gather(answering.defer(Defer(key=KEY)), answering.answer(answer(HELLO)))

    assert scripted_discord.calls == [CALLBACK, EDIT]


async def test_a_deferral_after_the_answer_sends_nothing(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    await answering.answer(answer(HELLO))

    assert await answering.defer(Defer(key=KEY)) == Deferred()
    assert scripted_discord.calls == [CALLBACK]


async def test_a_second_answer_edits_the_first(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    await answering.answer(answer(HELLO))

    assert await answering.answer(answer(Reply(content="again"))) == Answered()
    assert scripted_discord.calls == [CALLBACK, EDIT]


async def test_of_edits_that_wait_for_one_under_way_only_the_newest_is_sent(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    outcomes = await asyncio.gather(
        *(answering.answer(answer(Reply(content=f"state {number}"))) for number in range(6))
    )

    assert set(outcomes) == {Answered()}
    assert scripted_discord.calls == [CALLBACK, EDIT]
    assert scripted_discord.received[1].body["content"] == "state 5"
    assert answering.superseded == 4


async def test_an_edit_is_sent_after_all_when_the_newer_one_gives_up_waiting(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    first, older, newer = (
        asyncio.ensure_future(answering.answer(answer(Reply(content=text))))
        for text in ("first", "older", "newer")
    )
    await asyncio.sleep(0)
    newer.cancel()
    await asyncio.gather(first, older)

    assert scripted_discord.calls == [CALLBACK, EDIT]
    assert scripted_discord.received[1].body["content"] == "older"


async def test_a_reply_after_a_deferred_update_leaves_the_source_message_alone(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    await answering.defer(Defer(key=KEY, update=True))

    await answering.answer(answer(HELLO))

    assert scripted_discord.calls == [CALLBACK, FOLLOW_UP]


async def test_an_update_after_a_deferred_update_edits_the_source_message(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    await answering.defer(Defer(key=KEY, update=True))

    await answering.answer(answer(UpdateMessage(reply=HELLO)))

    assert scripted_discord.calls == [CALLBACK, EDIT]


async def test_a_form_after_a_deferral_is_refused_without_asking_discord(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    await answering.defer(Defer(key=KEY))

    outcome = await answering.answer(answer(FORM))

    assert isinstance(outcome, AnswerNotDelivered)
    assert outcome.reason == "refused"
    assert scripted_discord.calls == [CALLBACK]


@pytest.mark.parametrize("response", [HELLO, UpdateMessage(reply=HELLO)])
async def test_an_answer_to_what_another_incarnation_acknowledged_is_an_edit(
    answering: Answering, scripted_discord: ScriptedDiscord, response: Response
) -> None:
    scripted_discord.answer(ACKNOWLEDGED)

    assert await answering.answer(answer(response)) == Answered()
    assert scripted_discord.calls == [CALLBACK, EDIT]
    assert (answering.acknowledged_before, answering.failures) == (1, 0)


@pytest.mark.parametrize("response", [CHOICES, FORM])
async def test_choices_and_forms_acknowledged_before_are_counted_and_harmless(
    answering: Answering, scripted_discord: ScriptedDiscord, response: Response
) -> None:
    scripted_discord.answer(ACKNOWLEDGED)

    assert await answering.answer(answer(response)) == Answered()
    assert scripted_discord.calls == [CALLBACK]
    assert answering.acknowledged_before == 1


async def test_a_deferral_acknowledged_before_is_harmless(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    scripted_discord.answer(ACKNOWLEDGED)

    assert await answering.defer(Defer(key=KEY)) == Deferred()


async def test_an_interaction_that_discord_no_longer_knows_is_too_late(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    scripted_discord.answer(UNKNOWN, UNKNOWN)

    for outcome in (
        await answering.answer(answer(HELLO)),
        await answering.defer(Defer(key=KEY)),
    ):
        assert isinstance(outcome, AnswerNotDelivered)
        assert outcome.reason == "too_late"
    assert answering.failures == 2


async def test_an_edit_after_15_minutes_is_too_late_without_asking_discord(
    answering: Answering, scripted_discord: ScriptedDiscord, clock: ManualClock
) -> None:
    known_before = await answering.defer(Defer(key=KEY))
    await clock.advance(TOKEN_LIFE_S + 1)

    outcome = await answering.answer(answer(HELLO))

    assert known_before == Deferred()
    assert isinstance(outcome, AnswerNotDelivered)
    assert outcome.reason == "too_late"
    assert scripted_discord.calls == [CALLBACK]


async def test_an_answer_takes_no_longer_than_6_5_s_while_discord_is_failing(
    answering: Answering, scripted_discord: ScriptedDiscord, clock: ManualClock
) -> None:
    scripted_discord.answer(ACKNOWLEDGED, *[503] * 100)
    sending = asyncio.create_task(answering.answer(answer(HELLO)))
    while not sending.done():
        await asyncio.wait([sending], timeout=0.005)
        await clock.advance(0.1)

    outcome = await sending

    assert isinstance(outcome, AnswerNotDelivered)
    assert outcome.reason == "unreachable"
    assert clock.monotonic_s() <= 5.2  # the clock stands still while a request is under way


@pytest.mark.parametrize("code", [10015, 50027])
async def test_a_dead_token_is_too_late(
    answering: Answering, scripted_discord: ScriptedDiscord, code: int
) -> None:
    scripted_discord.answer(204, (404, {"code": code}))
    await answering.defer(Defer(key=KEY))

    outcome = await answering.answer(answer(HELLO))

    assert isinstance(outcome, AnswerNotDelivered)
    assert outcome.reason == "too_late"


async def test_a_form_error_is_told_by_path_and_kind_without_the_persons_words(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    errors = {
        "data": {
            "embeds": {"0": {"title": {"_errors": [{"code": "BAD", "message": "'Jane Doe' is"}]}}}
        }
    }
    scripted_discord.answer((400, {"code": 50035, "message": "Jane Doe", "errors": errors}))

    outcome = await answering.answer(answer(HELLO))

    assert isinstance(outcome, AnswerNotDelivered)
    assert outcome.reason == "refused"
    assert outcome.detail == "HTTP 400, code 50035 data.embeds.0.title: BAD"


@pytest.mark.parametrize("bad", [b"", b"<html>", b"[]", b'{"code": "x", "errors": [1]}'])
async def test_a_refusal_of_any_shape_is_mapped(
    answering: Answering, scripted_discord: ScriptedDiscord, bad: bytes
) -> None:
    scripted_discord.answer((403, bad))

    outcome = await answering.answer(answer(HELLO))

    assert isinstance(outcome, AnswerNotDelivered)
    assert outcome.reason == "refused"


async def test_a_follow_up_is_a_message_of_its_own(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    await answering.answer(answer(HELLO))

    assert await answering.follow_up(FollowUp(key=KEY, reply=HELLO)) == Answered()
    assert scripted_discord.calls == [CALLBACK, FOLLOW_UP]
    assert scripted_discord.received[1].body["flags"] == 64


async def test_files_go_along_as_multipart(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    files = (File(name="a.csv", content=b"a,b"), File(name="b.png", content=bytes(range(256))))

    outcome = await answering.answer(answer(Reply(content="files", files=files)))

    received = scripted_discord.received[0]
    assert outcome == Answered()
    assert received.files == {
        "files[0]": ("a.csv", b"a,b"),
        "files[1]": ("b.png", bytes(range(256))),
    }
    assert received.body["data"]["attachments"] == [
        {"id": "0", "filename": "a.csv"},
        {"id": "1", "filename": "b.png"},
    ]


@pytest.mark.parametrize(
    "reply",
    [Reply(content="x" * 2_001), Reply(files=(File(name="a.bin", content=b"x" * 1_001),))],
    ids=["content", "this interaction's attachment size"],
)
async def test_an_answer_over_a_limit_is_refused_logged_and_never_sent(
    answering: Answering, scripted_discord: ScriptedDiscord, reply: Reply
) -> None:
    with capture_logs() as logs:
        answered = await answering.answer(answer(reply))
        followed = await answering.follow_up(FollowUp(key=KEY, reply=reply))

    assert isinstance(answered, AnswerNotDelivered)
    assert isinstance(followed, AnswerNotDelivered)
    assert answered.reason == followed.reason == "refused"
    assert "limit" in answered.detail
    assert "gateway.answer_breaks_limit" in [line["event"] for line in logs]
    assert scripted_discord.received == []


def log_text(lines: list[Any]) -> str:
    return repr(lines)


async def test_no_log_line_and_no_detail_holds_a_token_or_the_reply(
    answering: Answering, scripted_discord: ScriptedDiscord
) -> None:
    scripted_discord.answer(UNKNOWN, (400, {"code": 50035, "message": TOKEN}), ACKNOWLEDGED, 500)
    other = InteractionKey(id=1101, application_id=42, token=TOKEN)

    with capture_logs() as logs:
        details = [
            await answering.answer(answer(Reply(content="Jane Doe"))),
            await answering.answer(answer(Reply(content="Jane Doe"))),
            await answering.follow_up(FollowUp(key=other, reply=Reply(content="Jane Doe"))),
        ]

    assert TOKEN not in repr(details) + log_text(logs)
    assert "Jane" not in repr(details) + log_text(logs)
