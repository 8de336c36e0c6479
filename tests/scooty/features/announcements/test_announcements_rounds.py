"""When a round is announced, to whom, and that nobody is told twice; over the real database."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from actors.discord_gateway.channel_message import NotPosted
from actors.discord_gateway.in_memory import InMemoryGateway, Stage
from actors.discord_gateway.messages import AnswerNotDelivered
from actors.kernel import ActorSystem, ChildSpec
from actors.testing import ManualClock
from scooty.core.calls import Sql
from scooty.core.round_applied import RoundApplied
from scooty.domain.announcing import NotNews, NowhereToAnnounce, RoundAnnounced
from scooty.domain.ids import EventId
from scooty.features.announcements.actor import Announcer
from scooty.features.announcements.messages import CheckRounds
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.round_rows import event_id, link, pair

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from actors.discord_gateway.in_memory_channels import StandingMessage
    from actors.kernel import Address
    from scooty.core.round_applied import AnnounceOutcome
    from tests.desk_fixture.desk import TeamDesk

JANE, RICK, JACK = "Jane Doe", "Rick Roe", "Jack Poe"
BOARD, ADMIN = 70, 71
AWAY = NotPosted(reason="not_connected", detail="away")
CLOSED = AnswerNotDelivered(reason="refused", detail="HTTP 403, code 50007")
TOLD = "select told from scooty_private.team_links where guild_id = %s order by member_id"


@dataclass
class Town:
    """A guild with an event, a board's channel and an announcer, which may be started anew."""

    desk: TeamDesk
    repository: Address
    stage: Stage = field(default_factory=Stage)
    system: ActorSystem = field(default_factory=ActorSystem)

    @property
    def announcer(self) -> Address:
        return self.system.address("announcer")

    @property
    def messages(self) -> list[StandingMessage]:
        return list(self.stage.channels.messages.values())

    @property
    def private(self) -> list[tuple[int, str]]:
        return [(who, reply.content or "") for who, reply in self.stage.private]

    def place(self, *, board: int | None = BOARD, admin: int | None = None) -> None:
        """Say which channels the team has."""
        if board is not None:
            self.desk.execute(
                "insert into scooty_private.live_boards (guild_id, channel_id, started_by)"  # noqa: S608 - a test's own
                f" values (%s, {board}, 1)"
            )
        if admin is not None:
            self.desk.execute(
                "insert into scooty_private.guild_settings (guild_id, admin_channel_id, updated_by)"  # noqa: S608 - a test's own
                f" values (%s, {admin}, 1)"
            )

    def specs(self) -> list[ChildSpec]:
        gateway = self.system.address("gateway")
        return [
            ChildSpec(name="gateway", start=lambda: InMemoryGateway(self.stage), concurrency=8),
            ChildSpec(
                name="announcer",
                start=lambda: Announcer(
                    calls=Sql(self.repository, is_strict=True),
                    repository=self.repository,
                    gateway=gateway,
                ),
                after=("gateway",),
                concurrency=8,
            ),
        ]

    async def announce(self, round_number: int = 1) -> AnnounceOutcome:
        """What Apply does."""
        applied = RoundApplied(
            guild_id=self.desk.guild_id,
            event_id=EventId(event_id(self.desk)),
            round_number=round_number,
        )
        return await self.announcer.ask(applied, timeout_s=5.0)

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so, as it must be soon."""
        async with asyncio.timeout(5.0):
            while not is_so():  # noqa: ASYNC110 - the database sets no event
                await asyncio.sleep(0.01)

    async def until_told(self, count: int, *, of_round: int = 1) -> None:
        """Wait until so many members are remembered as told of a round."""
        await self.until(lambda: str(self.desk.rows(TOLD)).count(f":{of_round}:") == count)


@pytest.fixture
async def town(desk_at_event: TeamDesk, desk_repository: Address) -> AsyncIterator[Town]:
    with psycopg.connect(desk_at_event.dsn, autocommit=True) as connection:
        # The announcer goes on with whatever is due, also in the guilds of earlier tests.
        connection.execute("update scooty_private.rounds set applied_at = '2026-01-01Z'")
    made = Town(desk_at_event, desk_repository)
    made.stage.channels.guild_id = desk_at_event.guild_id
    async with made.system.running(made.specs()):
        yield made


def text_of(message: StandingMessage) -> str:
    embed = message.reply.embeds[0]
    return f"{message.reply.content}\n{embed.title}\n{embed.description}\n{embed.footer}"


async def test_a_round_is_one_message_in_the_boards_channel_with_nobodys_name(town: Town) -> None:
    town.place(admin=ADMIN)
    await town.desk.scouted(RICK)
    link(town.desk, SAM, JANE)
    pair(town.desk, 1, [(JANE, RICK, 12), (JACK, "Ann Nox", 13)])

    outcome = await town.announce()

    [message] = town.messages
    text = text_of(message)
    assert outcome == RoundAnnounced(channel_id=BOARD, message_id=1, was_edited=False)
    assert message.channel_id == BOARD
    assert "📣 **Round 1 is up**" in text
    assert "2 matches\n1 of the team is paired; opponents whose deck is known: 1" in text
    assert "⏱ Before you sit down only" in text
    assert not {"Jane", "Rick", "Jack"} & set(text.split())
    assert message.reply.rows[0].components[0].custom_id.startswith("team:opponent@1:")


async def test_applied_again_the_message_is_edited_and_none_is_added(town: Town) -> None:
    town.place()
    pair(town.desk, 1, [(JANE, RICK, 12)])
    await town.announce()
    pair(town.desk, 1, [(JACK, "Ann Nox", 13)])

    outcome = await town.announce()

    [message] = town.messages
    assert outcome == RoundAnnounced(channel_id=BOARD, message_id=1, was_edited=True)
    assert message.edits == 1
    assert "2 matches" in text_of(message)


async def test_a_deleted_message_is_posted_again_when_the_round_is_applied_again(
    town: Town,
) -> None:
    town.place()
    pair(town.desk, 1, [(JANE, RICK, 12)])
    await town.announce()
    town.stage.channels.messages.clear()

    outcome = await town.announce()

    assert outcome == RoundAnnounced(channel_id=BOARD, message_id=2, was_edited=False)


async def test_without_a_board_the_captains_channel_has_it_and_without_any_nobody(
    town: Town,
) -> None:
    pair(town.desk, 1, [(JANE, RICK, 12)])

    nowhere = await town.announce()
    town.place(board=None, admin=ADMIN)
    somewhere = await town.announce()

    assert nowhere == NowhereToAnnounce()
    assert somewhere == RoundAnnounced(channel_id=ADMIN, message_id=1, was_edited=False)


async def test_an_older_round_is_no_news_and_an_unknown_one_neither(town: Town) -> None:
    town.place()
    pair(town.desk, 1, [(JANE, RICK, 12)])
    pair(town.desk, 2, [(JANE, JACK, 12)])

    assert [await town.announce(number) for number in (1, 9)] == [NotNews(), NotNews()]
    assert town.messages == []


async def test_another_servers_channel_gets_nothing(town: Town) -> None:
    town.place()
    town.stage.channels.guild_id = 1
    pair(town.desk, 1, [(JANE, RICK, 12)])

    outcome = await town.announce()

    assert isinstance(outcome, NotPosted)
    assert outcome.reason == "refused"
    assert town.messages == []


@pytest.mark.parametrize(
    ("language", "locale", "said"),
    [
        (None, "fr", "Ronde 1 affichée"),
        (None, "en-US", "Round 1 is up"),
        ("en", "fr", "Round 1 is up"),
    ],
)
async def test_the_team_reads_its_own_language(
    town: Town, language: str | None, locale: str, said: str
) -> None:
    town.place()
    town.stage.channels.locale = locale
    if language is not None:
        await town.desk.command("setup language", by=CAPTAIN, language=language)
    link(town.desk, SAM, JANE, is_notified=True)
    pair(town.desk, 1, [(JANE, RICK, 12)])

    await town.announce()
    await town.until_told(1)

    assert said in text_of(town.messages[0])
    assert said in town.private[0][1]


async def test_only_who_asked_for_it_gets_a_direct_message_in_two_lines(town: Town) -> None:
    town.place()
    await town.desk.scouted(RICK, "Boros Energy")
    link(town.desk, SAM, JANE, is_notified=True)
    link(town.desk, ROBIN, JACK)
    pair(town.desk, 1, [(JANE, RICK, 12), (JACK, "Ann Nox", 13)])

    await town.announce()
    await town.until_told(1)

    assert town.private == [
        (
            SAM.user_id,
            (
                "📣 **Round 1 is up · table 12** · Open\n"
                "**Rick Roe** · Boros Energy ⚪🔴 · sure\n"
                "-# ⏱ Before you sit down only"
            ),
        )
    ]


async def test_a_direct_message_says_a_bye_a_teammate_and_a_draft(town: Town) -> None:
    link(town.desk, SAM, JANE, is_notified=True)
    link(town.desk, ROBIN, RICK)
    said = []

    pair(town.desk, 1, [(JANE, None, None)])
    await town.announce(1)
    await town.until_told(1)
    said.append(town.private[-1][1])
    pair(town.desk, 2, [(JANE, RICK, 2)])
    await town.announce(2)
    await town.until_told(1, of_round=2)
    said.append(town.private[-1][1])
    await town.desk.scouted(JACK, "Burn")
    await town.desk.command("event phase", by=CAPTAIN, phase="draft")
    pair(town.desk, 3, [(JANE, JACK, 2)])
    await town.announce(3)
    await town.until_told(1, of_round=3)
    said.append(town.private[-1][1])

    assert [each.split("\n")[1] for each in said] == [
        "You have a bye.",
        f"**Rick Roe**, who is of the team: <@{ROBIN.user_id}>",
        "**Jack Poe** · no notes while drafting",
    ]


async def test_applied_again_only_who_is_paired_otherwise_is_told_again(town: Town) -> None:
    town.place()
    link(town.desk, SAM, JANE, is_notified=True)
    link(town.desk, ROBIN, JACK, is_notified=True)
    pair(town.desk, 1, [(JANE, RICK, 12), (JACK, "Ann Nox", 13)])
    await town.announce()
    await town.until_told(2)
    pair(town.desk, 1, [(JANE, RICK, 12), (JACK, "Ann Nox", 14)])

    await town.announce()
    await town.until(lambda: len(town.private) == 3)

    assert sorted(who for who, _ in town.private) == [SAM.user_id, ROBIN.user_id, ROBIN.user_id]
    assert "table 14" in town.private[-1][1]


async def test_closed_direct_messages_are_a_line_in_the_channel_for_that_member(
    town: Town,
) -> None:
    town.place()
    link(town.desk, SAM, JANE, is_notified=True)
    pair(town.desk, 1, [(JANE, RICK, 12)])
    town.stage.refuse_next(CLOSED)

    await town.announce()
    await town.until_told(1)

    [(channel_id, reply)] = town.stage.in_channels
    assert channel_id == BOARD
    assert reply.content == (
        "your direct messages are closed to this server: tap **My opponent** above."
    )
    assert town.private == []


async def test_who_turned_messages_on_in_the_middle_of_a_round_is_told_of_the_next(
    town: Town,
) -> None:
    link(town.desk, SAM, JANE)
    pair(town.desk, 1, [(JANE, RICK, 12)])
    await town.announce()

    await town.desk.command("team notify on")
    due = await town.announcer.ask(CheckRounds(), timeout_s=5.0)

    # The round still has no message, as there is no channel; but nobody is written to.
    assert due == 1
    assert town.private == []


async def test_what_was_applied_while_nobody_announced_is_announced_at_the_check(
    town: Town,
) -> None:
    town.place()
    link(town.desk, SAM, JANE, is_notified=True)
    pair(town.desk, 1, [(JANE, RICK, 12)])

    due = await town.announcer.ask(CheckRounds(), timeout_s=5.0)
    await town.until_told(1)
    again = await town.announcer.ask(CheckRounds(), timeout_s=5.0)

    assert (due, again) == (1, 0)
    assert len(town.messages) == len(town.private) == 1


async def test_a_new_incarnation_goes_on_with_what_is_missing_and_repeats_nothing(
    desk_at_event: TeamDesk, desk_repository: Address
) -> None:
    town = Town(desk_at_event, desk_repository)
    town.stage.channels.guild_id = desk_at_event.guild_id
    town.place()
    link(town.desk, SAM, JANE, is_notified=True)
    pair(town.desk, 1, [(JANE, RICK, 12)])
    for _ in range(2):
        town.system = ActorSystem()
        async with town.system.running(town.specs()):
            await town.until_told(1)
            await town.announcer.ask(CheckRounds(), timeout_s=5.0)
    # As if the process had died after posting, before that could be remembered.
    town.desk.execute(
        "update scooty_private.rounds set message_id = null, channel_id = null where guild_id = %s"
    )
    town.system = ActorSystem()
    async with town.system.running(town.specs()):
        await town.announce()

    assert len(town.messages) == len(town.private) == 1
    assert remembered(town) == [(BOARD, 1)]


def remembered(town: Town) -> list[tuple[Any, ...]]:
    return town.desk.rows(
        "select channel_id, message_id from scooty_private.rounds where guild_id = %s"
    )


async def test_one_round_applied_eight_times_at_once_is_one_message_and_one_direct_message(
    town: Town,
) -> None:
    town.place()
    link(town.desk, SAM, JANE, is_notified=True)
    pair(town.desk, 1, [(JANE, RICK, 12)])

    outcomes = await asyncio.gather(*(town.announce() for _ in range(8)))
    await town.until_told(1)

    assert all(isinstance(each, RoundAnnounced) for each in outcomes)
    assert len(town.messages) == len(town.private) == 1


async def test_what_discord_does_not_take_now_follows_by_itself(
    desk_at_event: TeamDesk, desk_repository: Address
) -> None:
    clock = ManualClock()
    town = Town(desk_at_event, desk_repository, system=ActorSystem(clock=clock))
    town.stage.channels.guild_id = desk_at_event.guild_id
    town.place()
    link(town.desk, SAM, JANE, is_notified=True)
    pair(town.desk, 1, [(JANE, RICK, 12)])
    # Too old for the check, which would announce it as well.
    town.desk.execute(
        "update scooty_private.rounds set applied_at = '2026-01-01Z' where guild_id = %s"
    )
    async with town.system.running(town.specs()):
        town.stage.channels.refuse_next(AWAY)
        town.stage.refuse_next(AnswerNotDelivered(reason="unreachable", detail="HTTP 500"))
        outcome = await town.announce()
        async with asyncio.timeout(5.0):
            while ":1:" not in str(town.desk.rows(TOLD)):
                await clock.advance(10)

    assert outcome == AWAY
    assert len(town.messages) == len(town.private) == 1
