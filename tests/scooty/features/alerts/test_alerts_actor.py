"""The operator alerts looks, tells, keeps what cannot be told, and hears of restarts."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from actors.cache.messages import CacheHealth, GetCacheHealth
from actors.discord_gateway.channel_message import NotPosted, Posted, PostToChannel
from actors.discord_gateway.messages import GatewayHealth, GetGatewayHealth
from actors.discord_gateway.standing import CommandsRestored, GuildGap, Standing
from actors.kernel import (
    ActorFailedError,
    ActorGaveUp,
    ActorRestarted,
    ActorStarted,
    Subscribe,
    Subscribed,
)
from actors.repository.messages import (
    CallFunction,
    DatabaseHealth,
    FunctionReturned,
    GetDatabaseHealth,
)
from actors.testing import ManualClock, Probe, run_actor
from scooty.core.calls import Sql
from scooty.core.i18n import ENGLISH, FRENCH, Translator
from scooty.core.observer import Alarms, GetAlarms
from scooty.core.parts import Parts
from scooty.domain.objectives import RULES, SPEED, Burn
from scooty.features.alerts.actor import OperatorAlerts
from scooty.features.alerts.alert_state import AlertState
from scooty.features.alerts.last_told import LastTold

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.kernel import Address

CHANNEL = 12
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STANDING = Standing(checked_at=AT, gaps=(), restored=None)
GATEWAY = GatewayHealth(
    state="connected",
    latency_ms=40.0,
    ready_at=AT,
    guild_count=1,
    resumes=0,
    rest_failures=0,
    standing=STANDING,
)
DATABASE = DatabaseHealth(state="connected", latency_ms=1.0, detail=None)
CACHE = CacheHealth(state="connected", latency_ms=1.0, detail=None, hits=0, misses=0)
GAP = GuildGap(
    guild_id=7,
    name="Team *Azorius*",
    lacks_scope=False,
    permissions=("Send Messages",),
    invitation="https://discord.com/oauth2/authorize?client_id=1",
)
AWAY = NotPosted(reason="not_connected", detail="not logged in")
CLOSED = NotPosted(reason="forbidden", detail="HTTP 403", lacking=("Send Messages",))


@dataclass
class House:
    """Everybody the operator alerts asks, and the time."""

    clock: ManualClock = field(default_factory=ManualClock)
    alert_state: AlertState = field(default_factory=AlertState)

    def __post_init__(self) -> None:
        self.everybody = Probe("everybody")
        self.everybody.answer(Subscribe, Subscribed())
        self.everybody.answer(GetGatewayHealth, GATEWAY)
        self.everybody.answer(GetDatabaseHealth, DATABASE)
        self.everybody.answer(GetCacheHealth, CACHE)
        self.everybody.answer(CallFunction, FunctionReturned.of([]))
        self.everybody.answer(GetAlarms, Alarms(burns=()))
        self.everybody.answer(PostToChannel, self._post)
        self.outcome: Posted | NotPosted = Posted(message_id=1)
        self.posts: list[PostToChannel] = []

    def _post(self, message: PostToChannel) -> Posted | NotPosted:
        self.posts.append(message)
        return self.outcome

    @asynccontextmanager
    async def operator_alerts(
        self, *, channel_id: int | None = CHANNEL, translator: Translator = ENGLISH
    ) -> AsyncIterator[Address]:
        someone = self.everybody.address
        parts = Parts(
            supervisor=someone,
            gateway=someone,
            repository=someone,
            cache=someone,
            outbox=someone,
            observer=someone,
        )
        subject = OperatorAlerts(
            parts=parts,
            channel_id=channel_id,
            translator=translator,
            alert_state=self.alert_state,
            calls=Sql(someone),
            last_told=LastTold(),
        )
        async with run_actor(subject, clock=self.clock) as address:
            yield address

    def lack_permission(self) -> None:
        self.everybody.answer(
            GetGatewayHealth, replace(GATEWAY, standing=replace(STANDING, gaps=(GAP,)))
        )

    @property
    def texts(self) -> list[str]:
        return [post.reply.content or "" for post in self.posts]


@pytest.fixture
async def house() -> House:
    return House()


async def test_nothing_is_told_while_all_is_well(house: House) -> None:
    async with house.operator_alerts():
        await house.clock.advance(3_600)

    assert house.posts == []


async def test_a_missing_permission_is_told_once_with_the_link_that_grants_it(
    house: House,
) -> None:
    async with house.operator_alerts():
        house.lack_permission()
        await house.clock.advance(1_800)

    (post,) = house.posts
    assert post.channel_id == CHANNEL
    assert post.reply.content == (
        "🟠 **Team \\*Azorius\\* does not grant `Send Messages`** <t:1767225610:R> · Commands are"
        " answered all the same; what the bot writes by itself does not arrive, or without its"
        " card. Whoever manages the server grants it by"
        " <https://discord.com/oauth2/authorize?client_id=1>. Runbook: “Permissions are missing,"
        " or commands have gone”."
    )


async def test_it_is_told_when_it_is_over_and_how_long_it_lasted(house: House) -> None:
    async with house.operator_alerts():
        house.lack_permission()
        await house.clock.advance(60)
        house.everybody.answer(GetGatewayHealth, GATEWAY)
        await house.clock.advance(10)

    assert house.texts[1:] == [
        "✅ **Team \\*Azorius\\* does not grant `Send Messages`** · over after 1\u202fmin."
    ]


async def test_operators_read_their_language(house: House) -> None:
    async with house.operator_alerts(translator=FRENCH):
        house.lack_permission()
        await house.clock.advance(10)

    assert "accorde pas `Envoyer des messages`" in house.texts[0]


@pytest.mark.parametrize(
    ("query", "reply", "patience_s", "words"),
    [
        (GetDatabaseHealth, replace(DATABASE, state="unreachable"), 30, "The database"),
        (GetDatabaseHealth, replace(DATABASE, breaker="half_open"), 30, "The database"),
        (GetDatabaseHealth, ActorFailedError(name="x", kind="OSError"), 30, "The database"),
        (GetCacheHealth, replace(CACHE, state="reconnecting"), 30, "Redis"),
        (GetGatewayHealth, replace(GATEWAY, state="connecting"), 60, "Discord"),
        (GetGatewayHealth, ActorFailedError(name="x", kind="OSError"), 60, "Discord"),
    ],
)
async def test_a_part_that_is_away_for_longer_than_usual_is_told(
    house: House, query: type, reply: object, patience_s: int, words: str
) -> None:
    async with house.operator_alerts():
        house.everybody.answer(query, reply)
        await house.clock.advance(patience_s)
        early = list(house.posts)
        await house.clock.advance(10)

    assert early == []
    assert len(house.posts) == 1
    assert words in house.texts[0]


async def test_a_cache_that_is_no_redis_is_no_trouble(house: House) -> None:
    async with house.operator_alerts():
        house.everybody.answer(GetCacheHealth, replace(CACHE, state="in_memory"))
        await house.clock.advance(600)

    assert house.posts == []


async def test_a_budget_that_burns_is_told_with_the_section_of_the_runbook(house: House) -> None:
    burn = Burn(objective=SPEED, rule=RULES[0], rate=16.25)

    async with house.operator_alerts():
        house.everybody.answer(GetAlarms, Alarms(burns=(burn,)))
        await house.clock.advance(10)

    assert house.texts[0].startswith("🔴 **Too many answers take longer than 1.5 s**")
    assert "16.2 times too fast, over 1\u202fh" in house.texts[0]
    assert house.texts[0].endswith("Runbook: “Objectives”.")


async def test_commands_that_came_back_are_told_once(house: House) -> None:
    restored = CommandsRestored(at=AT, names=("/ping", "/scout"))

    async with house.operator_alerts():
        house.everybody.answer(
            GetGatewayHealth, replace(GATEWAY, standing=replace(STANDING, restored=restored))
        )
        await house.clock.advance(600)

    assert len(house.posts) == 1
    assert "again: `/ping`, `/scout`." in house.texts[0]


async def test_an_actor_that_restarts_again_and_again_is_told_until_it_has_calmed_down(
    house: House,
) -> None:
    async with house.operator_alerts() as operator_alerts:
        for incarnation in (2, 3, 4):
            operator_alerts.tell(
                ActorRestarted(name="desk", incarnation=incarnation, kind="KeyError")
            )
        await house.clock.advance(10)
        await house.clock.advance(310)

    assert "**The actor desk restarts again and again**" in house.texts[0]
    assert "3 times in 5\u202fmin, the last time after KeyError." in house.texts[0]
    assert house.texts[1].startswith("✅ **The actor desk")


async def test_an_actor_that_has_given_up_is_told_and_one_that_starts_is_not(
    house: House,
) -> None:
    async with house.operator_alerts() as operator_alerts:
        operator_alerts.tell(ActorStarted(name="web", incarnation=1))
        operator_alerts.tell(ActorGaveUp(name="demo", kind="ValueError"))
        await house.clock.advance(600)

    assert len(house.posts) == 1
    assert "**The actor demo has given up**" in house.texts[0]


async def test_what_discord_cannot_take_now_is_told_later_with_its_time(house: House) -> None:
    house.outcome = AWAY

    async with house.operator_alerts():
        house.lack_permission()
        await house.clock.advance(300)
        house.outcome = Posted(message_id=1)
        await house.clock.advance(10)
        count = len(house.posts)
        await house.clock.advance(300)

    assert count == len(house.posts)
    assert {post.nonce for post in house.posts} == {house.posts[0].nonce}
    assert "<t:1767225610:R>" in house.texts[-1]


async def test_a_channel_that_is_closed_is_logged_and_tried_again_every_ten_minutes(
    house: House,
) -> None:
    house.outcome = CLOSED

    with capture_logs() as lines:
        async with house.operator_alerts():
            house.lack_permission()
            await house.clock.advance(1_230)

    refused = [line for line in lines if line["event"] == "notice.not_posted"]
    assert len(house.posts) == 3
    assert refused[0]["lacking"] == ("Send Messages",)


async def test_without_a_channel_the_log_says_the_same_once(house: House) -> None:
    with capture_logs() as lines:
        async with house.operator_alerts(channel_id=None):
            house.lack_permission()
            await house.clock.advance(600)
            house.everybody.answer(GetGatewayHealth, GATEWAY)
            await house.clock.advance(10)

    told = [line for line in lines if line["event"].startswith("notice.")]
    assert house.posts == []
    assert [line["event"] for line in told] == ["notice.began", "notice.ended"]
    assert told[0]["kind"] == "permissions"
    assert "does not grant `Send Messages`" in told[0]["text"]


async def test_a_herald_that_was_restarted_tells_nothing_twice(house: House) -> None:
    house.lack_permission()
    async with house.operator_alerts():
        await house.clock.advance(10)

    async with house.operator_alerts():
        await house.clock.advance(600)

    assert len(house.posts) == 1
