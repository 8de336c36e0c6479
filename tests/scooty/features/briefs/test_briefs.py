"""Half pages to print, over a real PostgreSQL and with the real drawer."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from actors.kernel import ActorSystem
from actors.testing import run_actor
from scooty.core.charts.actor import Charts
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.paired import linked, paired
from tests.desk_fixture.pdf_text import pages_of
from tests.desk_fixture.reading import as_text, button, reply_of, reviewed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from actors.discord_gateway.interactions import Person
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

ANSWERS = Path(__file__).parent / "answers"
TEAM = {CAPTAIN: "Max Stern", SAM: "Vimes, Sam", ROBIN: "Robin Ünal"}


@pytest.fixture
async def desk(desk_at_event: TeamDesk) -> AsyncIterator[TeamDesk]:
    """A guild at an event, with somebody who draws."""
    async with run_actor(Charts()) as charts:
        ports = replace(desk_at_event.ports, printer=charts)
        yield replace(desk_at_event, ports=ports)


async def round_to_print(desk: TeamDesk) -> None:
    """Have a round in which one opponent is well known, one is new, and one teammate has a bye."""
    await desk.scouted("Żółć, Łukasz", "Burn", by=ROBIN)
    await desk.command("admin create-event", by=CAPTAIN, name="RC *Lyon*")
    linked(desk, TEAM)
    paired(desk, 2, [("Robin Ünal", "Żółć, Łukasz", 8)])
    desk.execute(
        "insert into scooty_private.results (guild_id, event_id, round, player_id, opponent_id,"
        " outcome, games_won, games_lost, games_drawn)"
        " select guild_id, event_id, round, player_id, opponent_id, 'loss', 1, 2, 0"
        " from scooty_private.pairings where guild_id = %s and player_id in ("
        " select player_id from scooty_private.team_links where guild_id = %s)"
    )
    paired(
        desk,
        5,
        [
            ("Vimes, Sam", "Żółć, Łukasz", 12),
            ("Robin Ünal", "New Face", 3),
            ("Max Stern", None, None),
        ],
    )
    await desk.scouted(
        "Żółć, Łukasz",
        "Jeskai Control",
        confidence="likely",
        round=3,
        comment="*Always* keeps two lands 🔥, _never_ attacks first",
    )
    await desk.scouted("Żółć, Łukasz", "Boros Energy", by=ROBIN, confidence="guess", comment="?!")
    desk.execute(
        "update scooty_private.reports set key_cards = 'Phlage, Solitude', sideboard ="
        " 'Wear // Tear', companion = 'Kaheera' where guild_id = %s and round = 3"
    )


def files_of(conclusion: Conclusion) -> dict[str, bytes]:
    assert conclusion.verdict == "ok", as_text(conclusion.response)
    assert reply_of(conclusion).ephemeral
    return {file.name: file.content for file in reply_of(conclusion).files}


def printed(conclusion: Conclusion) -> list[str]:
    """Return all words of the PDF of round 5."""
    pages = pages_of(files_of(conclusion)["round-5.pdf"])
    return [words.text for page in pages for words in page]


async def test_a_scout_prints_their_own_half_page(desk: TeamDesk) -> None:
    await round_to_print(desk)

    conclusion = await desk.command("brief", by=SAM)

    words = printed(conclusion)
    text = files_of(conclusion)["round-5.txt"].decode()
    for known in (
        "Vimes, Sam",
        "Round 5 · Table 12",
        "Żółć, Łukasz",
        "Jeskai Control (WUR)",
        "Phlage, Solitude",
        "Wear // Tear",
        "Kaheera",
        "Robin Ünal lost 1-2 (RC *Lyon*, round 2)",
        "Burn at Open (sure)",
    ):
        assert any(known in each for each in words), known
        assert known in text
    assert "• *Always* keeps two lands , _never_ attacks first (round 3, likely)" in words
    assert "*Always* keeps two lands 🔥, _never_ attacks first (round 3, likely)" in text
    assert "Robin Ünal" not in words  # her half page is hers


async def test_a_captain_prints_the_teams_two_to_a_page_by_table(desk: TeamDesk) -> None:
    await round_to_print(desk)

    conclusion = await desk.command("brief", by=CAPTAIN)

    pages = pages_of(files_of(conclusion)["round-5.pdf"])
    words = printed(conclusion)
    assert len(pages) == 1
    assert words.index("Robin Ünal") < words.index("Vimes, Sam")
    assert "Deck unknown" in words
    assert "Max Stern: a bye" in as_text(conclusion.response)


async def test_a_named_player_is_printed_alone(desk: TeamDesk) -> None:
    await round_to_print(desk)

    by_name = printed(await desk.command("brief", by=SAM, player="robin unal"))
    opponent = printed(await desk.command("brief", by=CAPTAIN, player="New Face"))

    assert "Robin Ünal" in by_name
    assert "Vimes, Sam" not in by_name
    assert "Robin Ünal (teammate)" in opponent


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_about_half_pages_reads_as_it_was_reviewed(
    desk: TeamDesk, language: str
) -> None:
    desk = desk if language == "en" else desk.in_french()
    written = []

    async def note(title: str, *, by: Person = SAM, **options: Any) -> None:
        conclusion = await desk.command("brief", by=by, **options)
        written.append(f"## {title} [{conclusion.verdict}]\n{as_text(conclusion.response)}\n")
        texts = reply_of(conclusion).files[1:]
        written.extend(f"```\n{file.content.decode()}```\n" for file in texts)

    await note("No round yet")
    paired(desk, 1, [("Somebody", "Other One", 1)])
    await note("Not linked")
    await note("Nobody is linked", by=CAPTAIN)
    await note("Nobody of that name", player="Zzz")
    await round_to_print(desk)
    await note("One's own")
    await note("The team's", by=CAPTAIN)
    await note("A player with a bye", player="Max Stern")
    await note("A player who is not in the round", player="Somebody")
    small = replace(desk, attachment_size_limit=3_000)
    said = await small.command("brief", by=SAM)
    written.append(f"## Only the text fits [{said.verdict}]\n{as_text(said.response)}\n")
    said = await replace(desk, attachment_size_limit=10).command("brief", by=SAM)
    written.append(f"## Nothing fits [{said.verdict}]\n{as_text(said.response)}\n")
    await desk.command("event phase", by=CAPTAIN, phase="draft")
    await note("In a draft", by=CAPTAIN)
    text = re.sub(r"<@\d{15}(\d+)>", r"<@\1>", "\n".join(written))

    assert text == reviewed(ANSWERS / f"brief.{language}.md", text)


async def test_a_sideboard_that_was_read_takes_the_place_of_what_was_seen_of_it(
    desk: TeamDesk,
) -> None:
    await round_to_print(desk)
    desk.execute(
        """
        insert into scooty_private.decklists
          (guild_id, event_id, player_id, main, side, added_by)
        select guild_id, event_id, player_id, '[]', '[
          {"count": 3, "card": "Mystical Dispute"}, {"count": 1, "card": "Wear // Tear"}
        ]', 1
        from scooty_private.reports where guild_id = %s and round = 3
        """
    )

    words = printed(await desk.command("brief", by=SAM))

    assert words[words.index("Sideboard (list):") + 1] == "3 Mystical Dispute, 1 Wear // Tear"
    assert "Sideboard:" not in words


async def test_in_french_all_of_the_paper_is_french(desk: TeamDesk) -> None:
    await round_to_print(desk)

    words = printed(await desk.in_french().command("brief", by=SAM))

    for known in ("Ronde 5 · Table 12", "contre", "Cartes clés :", "Vos propres notes :"):
        assert known in words
    assert any("se lit entre les parties" in each for each in words)


async def test_nothing_is_printed_in_a_draft(desk: TeamDesk) -> None:
    await round_to_print(desk)
    ((event_id,),) = desk.rows(
        "select id from scooty_private.events where guild_id = %s and status = 'active'"
    )
    await desk.command("event phase", by=CAPTAIN, phase="draft")

    answers = [
        await desk.command("brief", by=CAPTAIN),
        await desk.command("brief", by=SAM),
        await desk.command("brief", by=SAM, player="Robin Ünal"),
        await desk.command("round brief", by=CAPTAIN),
        await desk.press(f"round:print@1:{event_id}:5", by=CAPTAIN),
        await desk.press(f"round:brief@1:{event_id}:5", by=CAPTAIN),
    ]

    assert [each.verdict for each in answers] == ["refused"] * 6
    assert all("No notes in a draft" in as_text(each.response) for each in answers)


async def test_readers_print_nothing(desk: TeamDesk) -> None:
    await round_to_print(desk)
    desk.execute(
        "insert into scooty_private.guild_settings (guild_id, scout_role_ids, updated_by)"
        " values (%s, '{77}', 1)"
    )

    reader = await desk.command("brief", by=SAM)
    scout = await desk.command("brief", by=replace(SAM, role_ids=(77,)))

    assert (reader.verdict, scout.verdict) == ("refused", "ok")


async def test_the_button_of_a_brief_prints_its_round_for_captains_alone(desk: TeamDesk) -> None:
    await round_to_print(desk)
    brief = await desk.command("round brief", by=CAPTAIN, round=2)

    pressed = await desk.press(button(brief, "Print"), by=CAPTAIN)
    refused = await desk.press(button(brief, "Print"), by=SAM)

    assert list(files_of(pressed)) == ["round-2.pdf", "round-2.txt"]
    assert refused.verdict == "refused"


async def test_another_guild_prints_nothing_of_ours(desk: TeamDesk) -> None:
    await round_to_print(desk)
    ((event_id,),) = desk.rows(
        "select id from scooty_private.events where guild_id = %s and status = 'active'"
    )
    ((player_id,),) = desk.rows(
        "select player_id from scooty_private.team_links where guild_id = %s"
        " and member_name = 'Sam'"
    )
    other = desk.other_guild()
    await other.open_event()
    paired(other, 5, [("Somebody", "Other One", 1)])

    answers = [
        await other.press(f"round:print@1:{event_id}:5", by=CAPTAIN),
        await other.command("brief", by=SAM),
        await other.command("brief", by=SAM, player=str(player_id)),
    ]

    assert [each.verdict for each in answers] == ["refused"] * 3


async def test_without_anybody_who_draws_the_text_is_sent_alone(desk_at_event: TeamDesk) -> None:
    nobody = ActorSystem().address("charts")
    desk = replace(desk_at_event, ports=replace(desk_at_event.ports, printer=nobody))
    await round_to_print(desk)

    conclusion = await desk.command("brief", by=SAM)

    assert list(files_of(conclusion)) == ["round-5.txt"]
    assert "PDF cannot be made" in as_text(conclusion.response)
