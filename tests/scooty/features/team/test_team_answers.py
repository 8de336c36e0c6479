"""Every answer of ``/team``, ``/opponent`` and **My opponent**, and what a team is told of a round,
as they were reviewed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.channel_message import NotPosted
from actors.discord_gateway.interactions import CommandInvoked, Option
from scooty.core.i18n import translator_for
from scooty.domain.announcing import NowhereToAnnounce, RoundAnnounced
from scooty.domain.ids import EventId
from scooty.features.announcements.calls import Announcement, ReadAnnouncement
from scooty.features.announcements.replies import (
    MY_OPPONENT,
    announced_line,
    closed_for_messages,
    pairing_told,
    round_up,
)
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, reviewed
from tests.desk_fixture.round_rows import event_id, link, pair

if TYPE_CHECKING:
    from scooty.core.round_applied import AnnounceOutcome
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent
JANE, RICK, JACK = "Jane *Doe*", "Rick Roe", "Jack Poe"
ETHICS_LINE = "Phones *away* at the table"


def stable(text: str) -> str:
    """Leave out what differs from run to run: times."""
    return re.sub(r"<t:\d+:(\w)>", r"<t:…:\1>", text)


async def of_another(desk: TeamDesk, path: str, *, by: object = CAPTAIN, **options: str) -> str:
    """Do something about Robin."""
    given = (
        *(Option(name=name, value=value) for name, value in options.items()),
        Option(name="member", value=ROBIN.user_id, display_name="Robin"),
    )
    conclusion = await desk.act(CommandInvoked(path=path, options=given), by=by)  # type: ignore[arg-type] # a Person
    return as_text(conclusion.response)


async def answers_about_links(desk: TeamDesk) -> dict[str, str]:
    return {
        "/team list, nobody": await desk.says("team list"),
        "/team notify on, not linked": await desk.says("team notify on"),
        "/team unlink, not linked": await desk.says("team unlink"),
        "/team link, somebody new": await desk.says("team link", player=JANE),
        "/team link, once more": await desk.says("team link", player=JANE),
        "/team link, another": await desk.says("team link", player=RICK),
        "/team link, by a captain": await of_another(desk, "team link", player=JANE),
        "/team link, taken": await desk.says("team link", player=JANE),
        "/team link, of another by a scout": await of_another(
            desk, "team link", by=SAM, player=JACK
        ),
        "/team link, nobody certain": await desk.says("team link", player="Rick Ro"),
        "/team link, a number": await desk.says("team link", player="987654321"),
        "/team notify on": await desk.says("team notify on"),
        "/team notify on, again": await desk.says("team notify on"),
        "/team list": await desk.says("team list"),
        "/team notify off": await desk.says("team notify off"),
        "/team unlink, by a captain": await of_another(desk, "team unlink"),
        "/team unlink, not linked, by a captain": await of_another(desk, "team unlink"),
        "/team unlink": await desk.says("team unlink"),
    }


async def answers_about_opponents(desk: TeamDesk) -> dict[str, str]:
    told = {"/opponent, no event": await desk.says("opponent")}
    await desk.open_event("RC *Lyon*")
    told["/opponent, not linked"] = await desk.says("opponent")
    link(desk, SAM, JANE)
    told["/opponent, no round"] = await desk.says("opponent")
    pair(desk, 1, [(JANE, RICK, 12)], points=3)
    told["/opponent, unreported"] = await desk.says("opponent")
    told["/opponent, no such round"] = await desk.says("opponent", round=7)
    await desk.scouted(RICK, "Boros Energy", comment="keeps *slow* hands", by=CAPTAIN)
    await desk.scouted(RICK, "Burn", by=ROBIN, confidence="guess")
    desk.execute(
        "update scooty_private.reports set key_cards = 'Guide of Souls', sideboard = '2 Wear'"
        " where guild_id = %s and comment is not null"
    )
    pair(desk, 2, [(JANE, RICK, 4)], points=6)
    told["My opponent"] = as_text((await desk.press(MY_OPPONENT(event_id(desk), 2))).response)
    told["My opponent, an older message"] = as_text(
        (await desk.press(MY_OPPONENT(event_id(desk), 1))).response
    )
    told["/opponent, an earlier round"] = await desk.says("opponent", round=1)
    pair(desk, 3, [(JANE, None, None)])
    told["/opponent, a bye"] = await desk.says("opponent")
    pair(desk, 4, [(RICK, JACK, 1)])
    told["/opponent, not paired"] = await desk.says("opponent")
    link(desk, ROBIN, JACK)
    pair(desk, 5, [(JANE, JACK, 1)])
    told["/opponent, a teammate"] = await desk.says("opponent")
    await desk.command("event phase", by=CAPTAIN, phase="draft")
    pair(desk, 6, [(JANE, RICK, 1)])
    told["/opponent, drafting"] = await desk.says("opponent")
    return told


async def told_of_a_round(desk: TeamDesk, locale: str) -> dict[str, str]:
    """What stands in the channel, what is told privately, and what the captain reads of both."""
    t = translator_for(locale)
    await desk.command("event phase", by=CAPTAIN, phase="swiss")
    await desk.command("setup ethics", by=CAPTAIN, text=ETHICS_LINE)
    desk.execute("update scooty_private.team_links set is_notified = true where guild_id = %s")
    at = EventId(event_id(desk))
    told = {}

    async def found(number: int) -> Announcement:
        call = ReadAnnouncement(event_id=at, round_number=number)
        read = await desk.ports.calls.read(desk.guild_id, call)
        assert isinstance(read, Announcement)
        return read

    pair(desk, 7, [(JANE, RICK, 12), (JACK, None, None)])
    seventh = await found(7)
    told["the message in the channel"] = as_text(round_up(seventh, t))
    told["the message in a draft"] = as_text(round_up(replace(seventh, is_drafting=True), t))
    privately = {each.member_id: each for each in seventh.notices}
    told["a direct message"] = as_text(pairing_told(seventh, privately[SAM.user_id], t))  # type: ignore[index] # a MemberId
    told["a direct message, a bye"] = as_text(pairing_told(seventh, privately[ROBIN.user_id], t))  # type: ignore[index] # a MemberId
    drafting = replace(seventh, is_drafting=True)
    told["a direct message in a draft"] = as_text(
        pairing_told(drafting, privately[SAM.user_id], t)  # type: ignore[index] # a MemberId
    )
    pair(desk, 8, [(JANE, JACK, 1)])
    eighth = await found(8)
    told["a direct message, a teammate"] = as_text(pairing_told(eighth, eighth.notices[0], t))
    pair(desk, 9, [(JANE, "Ann Nox", None)])
    ninth = await found(9)
    told["a direct message, unreported"] = as_text(pairing_told(ninth, ninth.notices[0], t))
    told["closed, after the mention"] = as_text(closed_for_messages(t))
    outcomes: dict[str, AnnounceOutcome] = {
        "announced": RoundAnnounced(channel_id=5, message_id=6, was_edited=False),
        "announced again": RoundAnnounced(channel_id=5, message_id=6, was_edited=True),
        "nowhere": NowhereToAnnounce(),
        "later": NotPosted(reason="not_connected", detail=""),
        "no permission": NotPosted(reason="forbidden", detail="", lacking=("Send Messages",)),
        "the channel is gone": NotPosted(reason="unknown_channel", detail=""),
    }
    for name, outcome in outcomes.items():
        told[f"Apply: {name}"] = announced_line(outcome, t) or ""
    return told


@pytest.mark.parametrize(("language", "locale"), [("en", "en-US"), ("fr", "fr")])
async def test_every_answer_is_as_it_was_reviewed(
    team_desk: TeamDesk, language: str, locale: str
) -> None:
    desk = team_desk if language == "en" else team_desk.in_french()

    told = {
        **await answers_about_links(desk),
        **await answers_about_opponents(desk),
        **await told_of_a_round(desk, locale),
    }

    page = stable("\n".join(f"## {name}\n{text}\n" for name, text in told.items()))
    assert page == reviewed(HERE / "answers" / f"team.{language}.md", page)
