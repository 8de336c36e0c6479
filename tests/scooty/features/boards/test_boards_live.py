"""``/live``: who may start a board where, what it shows, and where it is afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.channel_message import NotPosted
from actors.discord_gateway.kept_message import ChannelSeen
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, reviewed
from tests.desk_fixture.uploading import gateway_holding

if TYPE_CHECKING:
    from tests.desk_fixture.board import BoardDesk
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent
LIVE, OTHER = 70, 80
FORBIDDEN = NotPosted(
    reason="forbidden", detail="HTTP 403", lacking=("Send Messages", "Embed Links")
)
HIDDEN = NotPosted(reason="forbidden", detail="HTTP 403", lacking=("View Channels",))
UNPINNED = NotPosted(reason="forbidden", detail="HTTP 403", lacking=("Pin Messages",))
AWAY = NotPosted(reason="not_connected", detail="away")


def stored(desk: BoardDesk) -> list[tuple[int, int | None]]:
    rows = desk.team.rows(
        "select channel_id, message_id from scooty_private.live_boards where guild_id = %s"
    )
    return [(channel_id, message_id) for channel_id, message_id in rows]


async def test_a_captain_starts_a_board_that_names_players_where_only_the_team_reads(
    board_desk: BoardDesk,
) -> None:
    await board_desk.team.scouted("Jane Doe", "Jeskai Control")

    started = await board_desk.team.command("live start", by=CAPTAIN, channel=LIVE)

    ((message_id, standing),) = board_desk.messages.items()
    assert started.verdict == "ok"
    assert f"/{board_desk.team.guild_id}/{LIVE}/{message_id}" in as_text(started.response)
    assert (standing.channel_id, standing.is_pinned) == (LIVE, True)
    assert "Jane Doe" in as_text(standing.reply)
    assert stored(board_desk) == [(LIVE, message_id)]


async def test_without_a_channel_the_board_is_where_it_was_asked_for(
    board_desk: BoardDesk,
) -> None:
    await board_desk.team.command("live start", by=CAPTAIN)

    (standing,) = board_desk.messages.values()
    assert standing.channel_id == 3


async def test_an_open_channel_is_refused_and_with_insistence_gets_a_board_without_names(
    board_desk: BoardDesk,
) -> None:
    board_desk.stage.channels.open_to_everyone.add(LIVE)
    await board_desk.team.scouted("Jane Doe", "Jeskai Control")

    refused = await board_desk.team.command("live start", by=CAPTAIN, channel=LIVE)
    nothing = dict(board_desk.messages), stored(board_desk)
    insisted = await board_desk.team.command("live start", by=CAPTAIN, channel=LIVE, insist=True)

    (standing,) = board_desk.messages.values()
    assert (refused.verdict, nothing) == ("refused", ({}, []))
    assert insisted.verdict == "ok"
    assert "Jeskai Control" in as_text(standing.reply)
    assert "Jane" not in as_text(standing.reply)


@pytest.mark.parametrize("person", [SAM, ROBIN])
@pytest.mark.parametrize("path", ["live start", "live stop"])
async def test_only_captains_start_and_stop_it(
    board_desk: BoardDesk, person: object, path: str
) -> None:
    await board_desk.team.command("live start", by=CAPTAIN, channel=LIVE)

    refused = await board_desk.team.command(path, by=person)  # type: ignore[arg-type] # one of two people

    assert refused.verdict == "refused"
    assert stored(board_desk) == [(LIVE, 1)]


async def test_a_channel_of_another_server_is_refused(board_desk: BoardDesk) -> None:
    board_desk.stage.channels.guild_id = 99

    refused = await board_desk.team.command("live start", by=CAPTAIN, channel=LIVE)

    assert refused.verdict == "refused"
    assert stored(board_desk) == []


@pytest.mark.parametrize("why", [HIDDEN, AWAY, replace(HIDDEN, reason="unknown_channel")])
async def test_a_channel_that_cannot_be_looked_at_is_refused(
    board_desk: BoardDesk, why: NotPosted
) -> None:
    board_desk.stage.channels.refuse_next(why)

    refused = await board_desk.team.command("live start", by=CAPTAIN, channel=LIVE)

    assert refused.verdict == "refused"
    assert stored(board_desk) == []


async def test_the_same_request_twice_is_one_board(board_desk: BoardDesk) -> None:
    for _ in range(2):
        answer = await board_desk.team.command(
            "live start", by=CAPTAIN, channel=LIVE, request_id=board_desk.team.guild_id + 7
        )
        assert answer.verdict == "ok"

    deeds = board_desk.team.rows(
        "select action, subject_id, detail from scooty_private.audit"
        " where guild_id = %s and action = 'live_start'"
    )
    assert len(board_desk.messages) == 1
    assert deeds == [("live_start", LIVE, {})]


async def test_a_board_moves_and_leaves_nothing_behind(board_desk: BoardDesk) -> None:
    await board_desk.team.command("live start", by=CAPTAIN, channel=LIVE)

    await board_desk.team.command("live start", by=CAPTAIN, channel=OTHER)

    ((message_id, standing),) = board_desk.messages.items()
    assert standing.channel_id == OTHER
    assert stored(board_desk) == [(OTHER, message_id)]


async def test_stopping_takes_the_message_away_and_a_second_time_there_is_none(
    board_desk: BoardDesk,
) -> None:
    await board_desk.team.command("live start", by=CAPTAIN, channel=LIVE)
    request_id = board_desk.team.guild_id + 9

    stopped = await board_desk.team.command("live stop", by=CAPTAIN, request_id=request_id)
    repeated = await board_desk.team.command("live stop", by=CAPTAIN, request_id=request_id)
    again = await board_desk.team.command("live stop", by=CAPTAIN)

    assert [each.verdict for each in (stopped, repeated, again)] == ["ok", "ok", "refused"]
    assert board_desk.messages == {}
    assert stored(board_desk) == []


async def test_another_guild_has_no_board_to_stop(board_desk: BoardDesk) -> None:
    await board_desk.team.command("live start", by=CAPTAIN, channel=LIVE)

    elsewhere = await board_desk.team.other_guild().command("live stop", by=CAPTAIN)

    assert elsewhere.verdict == "refused"
    assert stored(board_desk) == [(LIVE, 1)]


async def test_a_field_of_percentages_is_shown_with_its_denominator_and_its_rest(
    board_desk: BoardDesk,
) -> None:
    decks = ("Boros Energy", "Burn", "Jeskai Control", "Living End", "Amulet Titan")
    for number in range(15):
        await board_desk.team.scouted(f"Player Number{number:02}", decks[number * number % 5])
    await board_desk.team.scouted("Player Number00", "Burn", by=ROBIN)

    await board_desk.team.command("live start", by=CAPTAIN, channel=LIVE)

    (standing,) = board_desk.messages.values()
    text = as_text(standing.reply)
    assert "15 of 15 players are known" in text
    assert "(100%)" in text
    assert "16 reports count." in text
    assert "Reports of 1 player disagree." in text
    assert text.count("<t:") == 5


def seeing(team: TeamDesk, channel: ChannelSeen) -> TeamDesk:
    """Let all channels be like this one, and nobody show anything."""
    gateway = gateway_holding({}, channel=channel)
    return replace(team, ports=replace(team.ports, gateway=gateway, live_board=None))


async def answers(desk: BoardDesk) -> dict[str, str]:
    """Everything that ``/live`` answers."""
    team, channels, said = desk.team, desk.stage.channels, {}

    async def say(situation: str, path: str, by: TeamDesk = team, **options: int | bool) -> None:
        said[situation] = await by.says(path, by=CAPTAIN, **options)

    await say("none to stop", "live stop")
    voice = ChannelSeen(guild_id=team.guild_id, takes_messages=False, open_to_everyone=False)
    await say("a voice channel", "live start", seeing(team, voice), channel=LIVE)
    channels.refuse_next(HIDDEN)
    await say("a hidden channel", "live start", channel=LIVE)
    channels.refuse_next(AWAY)
    await say("Discord is away", "live start", channel=LIVE)
    channels.open_to_everyone.add(LIVE)
    await say("an open channel", "live start", channel=LIVE)
    await say("started all the same", "live start", channel=LIVE, insist=True)
    await say("moved", "live start", channel=OTHER)
    (message,) = desk.messages.values()
    said["the board without reports"] = as_text(message.reply)
    text = ChannelSeen(guild_id=team.guild_id, takes_messages=True, open_to_everyone=False)
    quiet = seeing(team, text)
    await say("not shown yet", "live start", quiet, channel=OTHER)
    await say("stopped, and its message stays", "live stop", quiet)
    desk.messages.clear()
    await say("started anew", "live start", channel=OTHER)
    await say("stopped", "live stop")
    said["not a captain"] = await team.says("live start", by=SAM)
    return said


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_reads_as_it_was_reviewed(board_desk: BoardDesk, language: str) -> None:
    team = board_desk.team if language == "en" else board_desk.team.in_french()
    said = await answers(replace(board_desk, team=team))

    page = "\n".join(f"## {name}\n{text}\n" for name, text in said.items())
    page = page.replace(str(team.guild_id), "GUILD")
    assert page == reviewed(HERE / "answers" / f"live.{language}.md", page)
