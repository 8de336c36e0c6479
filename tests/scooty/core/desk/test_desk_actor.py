from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from actors.discord_gateway.messages import Answer, AnswerNotDelivered, Defer, FollowUp
from actors.discord_gateway.replies import OfferChoices, Reply, UpdateMessage
from actors.kernel import correlation
from actors.testing import Probe, run_actor
from scooty.core.cached.stale import GuildInDoubt, GuildsToKeep, Warmth
from scooty.core.desk.actor import Desk
from scooty.core.observer import InteractionHandled
from scooty.core.ports import ChartsPort, Ports
from scooty.core.storage.player_card import Event
from scooty.domain.ids import EventId, GuildId
from scooty.domain.metagame import PlayerCount
from scooty.errors import StorageUnavailable
from scooty.features.reports.calls.recording import NotYourReport, ReportGone
from scooty.features.stats.calls import EventStats, StatsFound

if TYPE_CHECKING:
    from actors.testing import ManualClock
    from scooty.core.charts.drawing import Chart
    from scooty.core.ports import SystemHealthPort

UNDO = "scout:undo@1:98"
NO_CHOICES = OfferChoices(choices=())


def title_of(response: Any) -> str:
    assert isinstance(response, Reply)
    return response.embeds[0].title or ""


def text_of(response: Any) -> str:
    assert isinstance(response, Reply)
    return response.embeds[0].description or ""


async def test_a_command_is_answered_once_without_a_deferral(
    run_desk: Any, gateway: Probe, people: Any
) -> None:
    async with run_desk() as desk:
        desk.tell(people.checks())

        answer = await gateway.expect(Answer)

    assert title_of(answer.response) == "✋ Nobody by that name"
    assert answer.key.id == 77
    gateway.expect_no_message()


async def test_a_slow_command_is_deferred_within_a_second_and_answered_after_all(
    run_desk: Any, gateway: Probe, people: Any, storage: Any, clock: Any
) -> None:
    storage.gate.clear()
    async with run_desk() as desk:
        desk.tell(people.checks())
        await storage.asked.wait()
        await clock.advance(0.7)
        gateway.expect_no_message()
        await clock.advance(0.2)

        deferral = await gateway.expect(Defer)
        storage.gate.set()
        answer = await gateway.expect(Answer)

    assert (deferral.ephemeral, deferral.update) == (True, False)
    assert title_of(answer.response) == "✋ Nobody by that name"


class SlowDrawer(ChartsPort):
    """Draws when it is let; what it draws may be no picture but a bug."""

    def __init__(self, png: bytes | Exception) -> None:
        self.png = png
        self.gate = asyncio.Event()

    @override
    async def draw(self, chart: Chart) -> bytes | None:
        await self.gate.wait()
        if isinstance(self.png, Exception):
            raise self.png
        return self.png


COUNTED = StatsFound(
    stats=EventStats(
        event=Event(id=EventId(1), name="RC Lyon", created_at=datetime(2026, 11, 21, tzinfo=UTC)),
        seen=1,
        archetypes=(PlayerCount(name="Burn", colours="R", players=1),),
        scouts=(),
    )
)


async def test_figures_are_answered_at_once_and_the_picture_follows_when_it_is_drawn(
    run_desk: Any, gateway: Probe, people: Any, storage: Any
) -> None:
    storage.outcome = COUNTED
    drawer = SlowDrawer(b"png")
    async with run_desk(charts=drawer) as desk:
        desk.tell(people.counts())

        first = await gateway.expect(Answer)
        gateway.expect_no_message()
        drawer.gate.set()
        second = await gateway.expect(Answer)

    assert "**Burn**" in text_of(first.response)
    assert isinstance(first.response, Reply)
    assert isinstance(second.response, Reply)
    assert first.response.files == ()
    assert text_of(second.response) == text_of(first.response)
    assert [file.content for file in second.response.files] == [b"png"]
    assert first.key == second.key


async def test_a_picture_that_cannot_be_drawn_leaves_the_figures_and_the_desk_as_they_are(
    run_desk: Any, gateway: Probe, people: Any, storage: Any
) -> None:
    storage.outcome = COUNTED
    drawer = SlowDrawer(RuntimeError("no ink"))
    drawer.gate.set()
    async with run_desk(charts=drawer) as desk:
        desk.tell(people.counts())
        await gateway.expect(Answer)
        desk.tell(people.presses("nothing"))

        answer = await gateway.expect(Answer)

    assert "**Burn**" not in text_of(answer.response)


async def test_of_two_commands_only_the_one_that_is_still_at_work_is_deferred(
    run_desk: Any, gateway: Probe, people: Any, storage: Any, clock: Any
) -> None:
    async with run_desk() as desk:
        desk.tell(people.checks())
        await gateway.expect(Answer)
        await clock.advance(0.5)
        storage.gate.clear()
        desk.tell(people.checks())
        await storage.asked.wait()
        await clock.advance(0.7)
        gateway.expect_no_message()
        await clock.advance(0.2)

        await gateway.expect(Defer)
        storage.gate.set()
        await gateway.expect(Answer)


async def test_a_redelivered_command_is_deferred_at_its_own_time_behind_newer_ones(
    run_desk: Any, gateway: Probe, people: Any, storage: Any, clock: Any
) -> None:
    storage.gate.clear()
    async with run_desk() as desk:
        desk.tell(people.checks())
        desk.tell(people.checks(received_at=clock.now() - timedelta(seconds=0.5)))
        await storage.asked.wait()
        await clock.advance(0.4)

        await gateway.expect(Defer)
        gateway.expect_no_message()
        storage.gate.set()
        await gateway.expect(Answer)
        await gateway.expect(Answer)


async def test_an_interaction_that_has_waited_is_deferred_at_once(
    run_desk: Any, gateway: Probe, people: Any, storage: Any, clock: Any
) -> None:
    storage.gate.clear()
    async with run_desk() as desk:
        desk.tell(people.checks(received_at=clock.now() - timedelta(seconds=1.5)))

        await gateway.expect(Defer)

        storage.gate.set()
        await gateway.expect(Answer)


async def test_a_command_that_waited_too_long_is_not_run_when_discord_gives_no_more_time(
    run_desk: Any, gateway: Probe, people: Any, storage: Any, clock: Any
) -> None:
    gateway.answer(Defer, AnswerNotDelivered(reason="too_late", detail="the 3 s are over"))

    with capture_logs() as lines:
        async with run_desk() as desk:
            desk.tell(people.checks(received_at=clock.now() - timedelta(seconds=9)))
            await gateway.expect(Defer)
            desk.tell(people.presses("unknown"))
            await gateway.expect(Answer)

    assert not storage.asked.is_set()
    late = next(line for line in lines if line["event"] == "interaction.handled")
    assert (late["outcome"], late["reason"]) == ("not_delivered", "too_late")


async def test_a_command_that_waited_too_long_is_run_when_it_was_deferred_before(
    run_desk: Any, gateway: Probe, people: Any, clock: Any
) -> None:
    async with run_desk() as desk:
        desk.tell(people.checks(received_at=clock.now() - timedelta(seconds=9)))

        await gateway.expect(Defer)
        answer = await gateway.expect(Answer)

    assert title_of(answer.response) == "✋ Nobody by that name"


async def test_typing_of_long_ago_is_not_completed(
    run_desk: Any, gateway: Probe, people: Any, clock: Any
) -> None:
    with capture_logs() as lines:
        async with run_desk() as desk:
            desk.tell(replace(people.types(), received_at=clock.now() - timedelta(seconds=4)))
            desk.tell(people.types())

            await gateway.expect(Answer)

    gateway.expect_no_message()
    handled = [line for line in lines if line["event"] == "interaction.handled"]
    assert (handled[0]["kind"], handled[0]["reason"]) == ("autocomplete", "too_late")


async def test_word_that_a_guild_is_in_doubt_reaches_what_the_desk_keeps() -> None:
    heard: asyncio.Queue[GuildId | None] = asyncio.Queue()

    class Kept:
        def doubt(self, guild_id: GuildId | None) -> None:
            heard.put_nowait(guild_id)

        async def warm_up(self, guild_ids: tuple[GuildId, ...]) -> Warmth:
            raise AssertionError(guild_ids)

    nobody = Probe("nobody").address
    ports = Ports(health=cast("SystemHealthPort", None))
    desk = Desk(gateway=nobody, limiter=nobody, ports=ports, kept=Kept())
    async with run_actor(desk) as address, asyncio.timeout(5):
        address.tell(GuildInDoubt(guild_id=GuildId(7)))
        address.tell(GuildInDoubt(guild_id=None))

        assert [await heard.get(), await heard.get()] == [7, None]


@pytest.mark.parametrize(
    ("error", "event"),
    [
        (None, "desk.warmed_up"),
        (StorageUnavailable("away", may_have_been_saved=False), "desk.not_warmed_up"),
    ],
)
async def test_the_desk_keeps_what_people_of_a_guild_will_ask_for_while_nobody_waits(
    error: Exception | None, event: str
) -> None:
    asked: asyncio.Queue[tuple[GuildId, ...]] = asyncio.Queue()

    class Kept:
        def doubt(self, guild_id: GuildId | None) -> None:
            raise AssertionError(guild_id)

        async def warm_up(self, guild_ids: tuple[GuildId, ...]) -> Warmth:
            asked.put_nowait(guild_ids)
            if error is not None:
                raise error
            return Warmth(guilds=1, cards=3)

    nobody = Probe("nobody").address
    ports = Ports(health=cast("SystemHealthPort", None))
    desk = Desk(gateway=nobody, limiter=nobody, ports=ports, kept=Kept())
    with capture_logs() as lines:
        async with run_actor(desk) as address, asyncio.timeout(5):
            address.tell(GuildsToKeep(guild_ids=(GuildId(7),)))
            assert await asked.get() == (7,)

    assert event in [line["event"] for line in lines]


async def test_a_slow_button_keeps_its_message_until_that_is_updated(
    run_desk: Any, gateway: Probe, people: Any, storage: Any, clock: Any
) -> None:
    storage.outcome = ReportGone()
    storage.gate.clear()
    async with run_desk() as desk:
        desk.tell(people.presses(UNDO))
        await storage.asked.wait()
        await clock.advance(0.9)

        deferral = await gateway.expect(Defer)
        storage.gate.set()
        answer = await gateway.expect(Answer)

    assert deferral.update
    assert isinstance(answer.response, UpdateMessage)


async def test_a_sentence_after_a_deferred_button_does_not_replace_the_card(
    run_desk: Any, gateway: Probe, people: Any, storage: Any, clock: Any
) -> None:
    storage.outcome = NotYourReport()
    storage.gate.clear()
    async with run_desk() as desk:
        desk.tell(people.presses(UNDO))
        await storage.asked.wait()
        await clock.advance(0.9)
        await gateway.expect(Defer)
        storage.gate.set()

        follow_up = await gateway.expect(FollowUp)

    assert title_of(follow_up.reply) == "✋ Not undone"


async def test_typing_is_never_deferred_and_gets_no_choices_when_they_take_too_long(
    run_desk: Any, gateway: Probe, people: Any, storage: Any, clock: Any
) -> None:
    storage.gate.clear()
    async with run_desk(choices_s=0.02) as desk:
        desk.tell(people.types())
        await storage.asked.wait()
        await clock.advance(2.0)

        answer = await gateway.expect(Answer)

    assert answer.response == NO_CHOICES


async def test_a_command_that_never_ends_is_given_up_with_a_sentence(
    run_desk: Any, gateway: Probe, people: Any, storage: Any
) -> None:
    storage.gate.clear()
    async with run_desk(command_s=0.02) as desk:
        desk.tell(people.presses(UNDO))

        answer = await gateway.expect(Answer)

    assert title_of(answer.response) == "❌ Perhaps undone"


@pytest.fixture
async def silent_limiter() -> Probe:
    return Probe("rate_limiter")


class TestWithASilentLimiter:
    @pytest.fixture
    def limiter(self, silent_limiter: Probe) -> Probe:
        return silent_limiter

    async def test_a_command_goes_on_without_a_permit(
        self, run_desk: Any, gateway: Probe, people: Any
    ) -> None:
        async with run_desk(permit_s=0.02) as desk:
            desk.tell(people.checks())

            answer = await gateway.expect(Answer)

        assert title_of(answer.response) == "✋ Nobody by that name"


async def test_a_bug_in_a_command_is_admitted_with_its_reference_and_the_desk_goes_on(
    run_desk: Any, gateway: Probe, people: Any, storage: Any
) -> None:
    storage.outcome = ZeroDivisionError()
    async with run_desk() as desk:
        with correlation("7f3a-1"):
            desk.tell(people.checks())
        admitted = await gateway.expect(Answer)
        storage.outcome = StorageUnavailable("refused", may_have_been_saved=False)
        desk.tell(people.checks())
        unavailable = await gateway.expect(Answer)

    assert "`7f3a-1`" in text_of(admitted.response)
    assert "database cannot be reached" in text_of(unavailable.response)


async def handled(run_desk: Any, gateway: Probe, message: Any) -> dict[str, Any]:
    """Let the desk handle one message and return the line it logs."""
    with capture_logs() as lines:
        async with run_desk() as desk:
            desk.tell(message)
            await gateway.expect(Answer)
    (line,) = [line for line in lines if line["event"] == "interaction.handled"]
    return dict(line)


async def test_the_observer_is_told_when_it_began_and_how_long_it_took(
    run_desk: Any, people: Any, storage: Any, clock: ManualClock
) -> None:
    observer, began_at = Probe("observer"), clock.now()
    storage.gate.clear()

    async with run_desk(observer=observer.address) as desk:
        desk.tell(people.checks())
        await storage.asked.wait()
        await clock.advance(1.25)
        storage.gate.set()
        told = await observer.expect(InteractionHandled)

    assert (told.began_at, told.duration_s) == (began_at, 1.25)


async def test_one_line_is_logged_without_anything_that_people_typed(
    run_desk: Any, gateway: Probe, people: Any
) -> None:
    line = await handled(run_desk, gateway, people.checks("Zebulon Quux"))

    assert line["command"] == "check"
    assert line["kind"] == "command"
    assert line["guild"] == 1
    assert line["outcome"] == "refused"
    assert line["duration_ms"] >= 0
    assert "Zebulon" not in str(line)
    assert "secret" not in str(line)


async def test_a_bug_is_logged_as_failed(
    run_desk: Any, gateway: Probe, people: Any, storage: Any
) -> None:
    storage.outcome = ZeroDivisionError()

    line = await handled(run_desk, gateway, people.presses(UNDO))

    assert (line["command"], line["kind"], line["outcome"]) == ("scout:undo", "button", "failed")
    assert line["log_level"] == "warning"


async def test_an_answer_that_discord_did_not_take_is_logged_as_not_delivered(
    run_desk: Any, gateway: Probe, people: Any
) -> None:
    gateway.answer(Answer, AnswerNotDelivered(reason="too_late", detail="10062"))

    line = await handled(run_desk, gateway, people.checks())

    assert (line["outcome"], line["reason"]) == ("not_delivered", "too_late")


async def test_an_unknown_button_does_not_put_its_id_into_the_log(
    run_desk: Any, gateway: Probe, people: Any
) -> None:
    line = await handled(run_desk, gateway, people.presses("anything:at all"))

    assert (line["command"], line["outcome"]) == ("unknown", "refused")
