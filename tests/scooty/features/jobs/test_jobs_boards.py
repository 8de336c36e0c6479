"""The daily digest and the boards' check, over a real database."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
import structlog
from structlog.testing import capture_logs

from actors.discord_gateway.channel_message import NotPosted
from actors.repository.messages import CallFunction, FunctionReturned
from actors.scheduler.messages import RunJob
from actors.testing import Probe
from scooty.core.calls import Sql
from scooty.domain.ids import GuildId
from scooty.features.jobs.boards import DigestNotPosted, daily_digest, live_board_check
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, reviewed
from tests.desk_fixture.refusing import Refusing

if TYPE_CHECKING:
    from actors.kernel import Address
    from scooty.core.calls import Calls
    from tests.desk_fixture.board import BoardDesk
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent
DIGEST = 60
LOG = structlog.get_logger("test")
AWAY = NotPosted(reason="not_connected", detail="away")
CLOSED = NotPosted(reason="forbidden", detail="HTTP 403", lacking=("Send Messages",))


def choose(team: TeamDesk, channel_id: int | None = DIGEST, language: str | None = None) -> None:
    """Do what ``/setup`` does, for this guild alone: other tests' guilds have no digest."""
    with psycopg.connect(team.dsn, autocommit=True) as connection:
        connection.execute("update scooty_private.guild_settings set digest_channel_id = null")
        connection.execute("delete from scooty_private.fires where job = 'daily_digest'")
        connection.execute(
            "insert into scooty_private.guild_settings"
            " (guild_id, updated_by, digest_channel_id, language) values (%s, 1, %s, %s)",
            (team.guild_id, channel_id, language),
        )


def fired(team: TeamDesk, due_at: datetime, outcome: str) -> None:
    """Write down that the job ran, as the scheduler does."""
    with psycopg.connect(team.dsn, autocommit=True) as connection:
        connection.execute(
            "insert into scooty_private.jobs (name, settled_to) values ('daily_digest', now())"
            " on conflict do nothing"
        )
        connection.execute(
            "insert into scooty_private.fires (job, fire_key, due_at, by_hand, owner, lease_until,"
            " ended_at, outcome) values ('daily_digest', %s, %s, false, 'o', now(), now(), %s)",
            (due_at.isoformat(), due_at, outcome),
        )


async def run(
    desk: BoardDesk,
    due_at: datetime | None = None,
    *,
    calls: Calls | None = None,
    repository: Address | None = None,
) -> str:
    due_at = due_at or datetime.now(UTC) + timedelta(minutes=1)
    return await daily_digest(
        RunJob(job="daily_digest", key=due_at.isoformat(), due_at=due_at),
        calls=calls or Sql(desk.repository, is_strict=True),
        repository=repository or desk.repository,
        gateway=desk.gateway,
        log=LOG,
    )


def told(desk: BoardDesk) -> list[str]:
    return [as_text(each.reply) for each in desk.messages.values()]


async def test_a_team_is_told_what_is_new_in_its_channel(board_desk: BoardDesk) -> None:
    choose(board_desk.team)
    for number in range(11):
        await board_desk.team.scouted(f"Player Number{number}", "Burn")
    await board_desk.team.scouted("Player Number0", "Jeskai Control", by=ROBIN)

    detail = await run(board_desk)

    (message,) = board_desk.messages.values()
    text = as_text(message.reply)
    assert (detail, message.channel_id) == ("told: 1", DIGEST)
    assert text.startswith("(seen by all)\n📊 Open, the day in brief\n12 new reports since <t:")
    assert "11 of 11 players are known" in text
    assert "Reports of 1 player disagree." in text
    assert f"• <@{SAM.user_id}> · 11 reports · 11 players" in text
    assert f"• <@{ROBIN.user_id}> · 1 report · 1 player" in text
    assert "Player Number" not in text


@pytest.mark.parametrize(
    ("chosen", "opening"),
    [(None, "📊 Open, la journée en bref"), ("en", "📊 Open, the day in brief")],
)
async def test_a_team_that_chose_no_language_is_told_in_its_servers(
    board_desk: BoardDesk, chosen: str | None, opening: str
) -> None:
    board_desk.stage.channels.locale = "fr"
    choose(board_desk.team, language=chosen)
    await board_desk.team.scouted("Jane Doe", "Burn")

    await run(board_desk)

    assert opening in told(board_desk)[0]


async def test_the_teams_own_line_is_under_its_board_and_its_digest(board_desk: BoardDesk) -> None:
    choose(board_desk.team)
    await board_desk.team.command("setup ethics", by=CAPTAIN, text="Ask *outside*")
    await board_desk.team.command("live start", by=CAPTAIN, channel=70)
    await board_desk.team.scouted("Jane Doe", "Burn")

    await run(board_desk)

    board, digest = told(board_desk)
    assert "⏱ Before you sit down only · Ask *outside* · kept up to date by itself" in board
    assert "⏱ Before you sit down only · Ask *outside* · Open" in digest


async def test_a_run_that_is_repeated_tells_nothing_twice(board_desk: BoardDesk) -> None:
    choose(board_desk.team)
    await board_desk.team.scouted("Jane Doe", "Burn")
    due_at = datetime.now(UTC) + timedelta(minutes=1)

    await run(board_desk, due_at)
    await run(board_desk, due_at)

    assert len(told(board_desk)) == 1


async def test_the_next_digest_tells_only_of_what_came_since_the_last_that_went_out(
    board_desk: BoardDesk,
) -> None:
    choose(board_desk.team)
    await board_desk.team.scouted("Jane Doe", "Burn")
    first = datetime.now(UTC)
    await run(board_desk, first)
    fired(board_desk.team, first, "ok")
    quiet = await run(board_desk, first + timedelta(minutes=1))
    await board_desk.team.scouted("Jack Roe", "Burn")
    fired(board_desk.team, datetime.now(UTC) - timedelta(milliseconds=1), "failed")

    await run(board_desk, first + timedelta(days=1))

    assert quiet == "told: 0"
    assert [text.split("\n")[2].split(" since")[0] for text in told(board_desk)] == [
        "1 new report",
        "1 new report",
    ]


@pytest.mark.parametrize("why", ["no channel", "no event", "nothing new", "withdrawn"])
async def test_a_team_with_nothing_to_tell_is_told_nothing(board_desk: BoardDesk, why: str) -> None:
    team = board_desk.team
    choose(team, None if why == "no channel" else DIGEST)
    if why != "nothing new":
        scouted = await team.command("scout", opponent="Jane Doe", archetype="Burn")
    if why == "withdrawn":
        undo = re.search(r"scout:undo@1:\d+", str(scouted.response))
        assert undo is not None
        await team.press(undo[0])
    if why == "no event":
        with psycopg.connect(team.dsn, autocommit=True) as connection:
            connection.execute(
                "update scooty_private.events set status = 'closed', closed_at = now()"
                " where guild_id = %s",
                (team.guild_id,),
            )

    assert await run(board_desk) == "told: 0"
    assert board_desk.messages == {}


async def test_a_channel_that_takes_nothing_is_logged_and_the_run_is_done(
    board_desk: BoardDesk,
) -> None:
    choose(board_desk.team)
    await board_desk.team.scouted("Jane Doe", "Burn")
    board_desk.stage.channels.refuse_next(CLOSED)

    with capture_logs() as lines:
        detail = await run(board_desk)

    assert detail == "told: 0"
    (line,) = (line for line in lines if line["event"] == "digest.not_posted")
    assert (line["guild"], line["lacking"]) == (board_desk.team.guild_id, ("Send Messages",))


async def test_a_team_whose_digest_is_refused_costs_the_others_nothing(
    board_desk: BoardDesk,
) -> None:
    """A digest that cannot be read is a bug; every team after it would go without."""
    choose(board_desk.team)
    await board_desk.team.scouted("Jane Doe", "Burn")
    refused = GuildId(1)
    listed = FunctionReturned.of([refused, board_desk.team.guild_id])
    repository = Probe("repository")
    repository.answer(CallFunction, listed)
    calls = Refusing(refused, Sql(board_desk.repository))

    with capture_logs() as lines:
        detail = await run(board_desk, calls=calls, repository=repository.address)

    assert detail == "told: 1"
    assert [line["guild"] for line in lines if line["event"] == "digest.not_read"] == [refused]


async def test_a_run_that_reaches_nobody_has_failed(board_desk: BoardDesk) -> None:
    choose(board_desk.team)
    await board_desk.team.scouted("Jane Doe", "Burn")
    board_desk.stage.channels.refuse_next(AWAY)

    with pytest.raises(DigestNotPosted):
        await run(board_desk)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_digest_and_a_board_read_as_they_were_reviewed(
    board_desk: BoardDesk, language: str
) -> None:
    team = board_desk.team
    choose(team, language=language)
    decks = ("Boros Energy", "Burn", "Jeskai Control", "Living End", "Amulet Titan")
    for number in range(12):
        await team.scouted(f"Player Number{number:02}", decks[number * number % 5])
    await team.scouted("Player Number00", "Burn", by=ROBIN)
    board_desk.stage.channels.open_to_everyone.add(71)
    await team.command("live start", by=CAPTAIN, channel=71, insist=True)
    in_the_open = told(board_desk)
    await team.command("live start", by=CAPTAIN, channel=70)
    await run(board_desk)

    page = "\n\n".join((*told(board_desk), *in_the_open))
    page = re.sub(r"<t:\d+:R>", "<t:TIME:R>", page) + "\n"
    assert page == reviewed(HERE / f"boards.{language}.md", page)


async def test_the_check_counts_the_boards(board_desk: BoardDesk) -> None:
    await board_desk.team.command("live start", by=CAPTAIN, channel=70)
    due_at = datetime.now(UTC)

    detail = await live_board_check(
        RunJob(job="live_board_check", key="k", due_at=due_at),
        live_board=board_desk.live_board,
        announcer=board_desk.announcer,
    )

    assert detail == "boards: 1, rounds announced late: 0"
