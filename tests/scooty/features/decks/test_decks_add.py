"""``/deck add`` at a desk, over a real database: what a list is taken for, and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.replies import ShowModal
from tests.desk_fixture.decks import (
    DECKS,
    ENERGY,
    ENERGY_REPORT,
    HOME_BREW,
    paste,
    saved,
    upload_deck,
)
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.importing import PENDING, REPORTS, everything
from tests.desk_fixture.reading import as_text, button, reply_of

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk


async def test_without_a_file_a_form_asks_for_the_list(desk_at_event: TeamDesk) -> None:
    form = (await desk_at_event.command("deck add", player="Jane Doe")).response

    assert isinstance(form, ShowModal)
    assert [field.value for field in form.inputs] == ["Jane Doe", None]


async def test_a_preview_tells_counts_archetype_reason_and_runner_up(
    desk_at_event: TeamDesk,
) -> None:
    text = as_text((await paste(desk_at_event, "Jane Doe", f"{ENERGY}what is this\n")).response)

    for told in (
        "List of Jane Doe",
        "60 cards in the main deck",
        "15 in the sideboard",
        "1 line left out",
        "18: no count and card · what is this",
        "Looks like **Boros Energy** ⚪🔴",
        "4 Guide of Souls",
        "the player will be new",
        "[Report as Boros Energy]",
        "[Keep list only]",
    ):
        assert told in text, text


async def test_a_preview_changes_nothing(desk_at_event: TeamDesk) -> None:
    before = everything(desk_at_event)

    await paste(desk_at_event, "Jane Doe", ENERGY)

    assert everything(desk_at_event) == before
    assert desk_at_event.rows(DECKS) == []
    assert desk_at_event.rows("select id from scooty_private.players where guild_id = %s") == []


async def test_reporting_keeps_the_list_and_makes_a_sure_report(desk_at_event: TeamDesk) -> None:
    conclusion = await saved(desk_at_event, "Jane Doe", press=ENERGY_REPORT)

    [(name, main, side, companion, added_by)] = desk_at_event.rows(DECKS)
    assert (name, companion, added_by) == ("Jane Doe", None, SAM.user_id)
    assert sum(each["count"] for each in main) == 60
    assert sum(each["count"] for each in side) == 15
    [report] = desk_at_event.rows(REPORTS)
    assert report[:2] == ("Jane Doe", "Boros Energy")
    assert report[11:14] == ("decklist", "sure", SAM.user_id)
    text = as_text(conclusion.response)
    assert "List of Jane Doe kept" in text
    assert "**Boros Energy**" in text
    assert "[↩️Undo]" in text


async def test_a_report_of_a_list_counts_like_any_other(desk_at_event: TeamDesk) -> None:
    twin = desk_at_event.other_guild()
    await twin.open_event()
    await twin.scouted("Jane Doe", "Boros Energy", source="decklist")

    await saved(desk_at_event, "Jane Doe", press=ENERGY_REPORT)

    counted = everything(desk_at_event)[1:]
    alike = everything(twin)[1:]
    assert [row[:4] for row in counted[0]] == [row[:4] for row in alike[0]]
    assert counted[1] == alike[1]


async def test_keeping_the_list_alone_reports_nothing(desk_at_event: TeamDesk) -> None:
    await saved(desk_at_event, "Jane Doe")

    assert desk_at_event.rows(REPORTS) == []
    assert [row[0] for row in desk_at_event.rows(DECKS)] == ["Jane Doe"]
    told = await desk_at_event.says("check", name="Jane Doe")
    assert "roster; nobody has reported them yet" in told


async def test_another_archetype_is_reported_when_it_is_chosen(desk_at_event: TeamDesk) -> None:
    previewed = await paste(desk_at_event, "Jane Doe", ENERGY)
    ((burn,),) = desk_at_event.rows(
        "select id from scooty_private.archetypes where guild_id = 0 and name = 'Burn'"
    )
    import_id = button(previewed, ENERGY_REPORT).split(":")[2]

    done = await desk_at_event.choose(f"deck:other@1:{import_id}", str(burn))

    assert done.verdict == "ok"
    assert [row[:2] for row in desk_at_event.rows(REPORTS)] == [("Jane Doe", "Burn")]


async def test_a_deck_that_no_rule_knows_gets_no_suggestion(desk_at_event: TeamDesk) -> None:
    previewed = await paste(desk_at_event, "Jane Doe", HOME_BREW)

    text = as_text(previewed.response)
    assert "No rule knows this deck" in text
    assert "Report as" not in text


async def test_a_newer_list_takes_the_place_of_the_older_and_says_so(
    desk_at_event: TeamDesk,
) -> None:
    await saved(desk_at_event, "Jane Doe", by=ROBIN)
    previewed = await paste(desk_at_event, "Doe, Jane", HOME_BREW)

    done = await desk_at_event.press(button(previewed, "Keep list only"))

    assert f"Takes the place of the list that <@{ROBIN.user_id}>" in as_text(previewed.response)
    assert f"The list that <@{ROBIN.user_id}> added" in as_text(done.response)
    [(name, main, _, _, added_by)] = desk_at_event.rows(DECKS)
    assert (name, added_by) == ("Jane Doe", SAM.user_id)
    assert main == [{"count": 60, "card": "Grizzly Bears"}]


async def test_a_request_that_is_repeated_reports_once(desk_at_event: TeamDesk) -> None:
    previewed = await paste(desk_at_event, "Jane Doe", ENERGY)
    report = button(previewed, ENERGY_REPORT)

    first = await desk_at_event.press(report, request_id=77_000_001)
    stored = everything(desk_at_event)
    again = await desk_at_event.press(report, request_id=77_000_001)

    assert as_text(again.response) == as_text(first.response)
    assert everything(desk_at_event) == stored


async def test_what_was_applied_cannot_be_applied_again(desk_at_event: TeamDesk) -> None:
    previewed = await paste(desk_at_event, "Jane Doe", ENERGY)
    report = button(previewed, ENERGY_REPORT)
    await desk_at_event.press(report)

    again = await desk_at_event.press(report)

    assert again.verdict == "refused"
    assert "Nothing to apply" in as_text(again.response)
    assert len(desk_at_event.rows(REPORTS)) == 1


@pytest.mark.parametrize("label", [ENERGY_REPORT, "Keep list only"])
async def test_nobody_else_and_no_other_guild_applies_a_list(
    desk_at_event: TeamDesk, label: str
) -> None:
    pressed = button(await paste(desk_at_event, "Jane Doe", ENERGY), label)
    other = desk_at_event.other_guild()
    await other.open_event()

    by_other = await desk_at_event.press(pressed, by=ROBIN)
    elsewhere = await other.press(pressed)

    assert {by_other.verdict, elsewhere.verdict} == {"refused"}
    assert desk_at_event.rows(DECKS) == other.rows(DECKS) == []


async def test_another_guilds_archetype_cannot_be_reported(desk_at_event: TeamDesk) -> None:
    other = desk_at_event.other_guild()
    await other.command("archetype add", by=CAPTAIN, name="Secret Brew", colours="R")
    ((secret,),) = other.rows("select id from scooty_private.archetypes where guild_id = %s")
    previewed = await paste(desk_at_event, "Jane Doe", ENERGY)
    import_id = button(previewed, ENERGY_REPORT).split(":")[2]

    done = await desk_at_event.press(f"deck:report@1:{import_id}:{secret}")

    assert done.verdict == "refused"
    assert "cannot be reported any more" in as_text(done.response)
    assert desk_at_event.rows(DECKS) == []
    assert desk_at_event.rows(PENDING) == [(1,)]


async def test_a_list_of_an_event_that_is_over_is_not_applied(desk_at_event: TeamDesk) -> None:
    previewed = await paste(desk_at_event, "Jane Doe", ENERGY)
    await desk_at_event.open_event("Another")

    done = await desk_at_event.press(button(previewed, "Keep list only"))

    assert done.verdict == "refused"
    assert "is not the active event any more" in as_text(done.response)
    assert desk_at_event.rows(DECKS) == []


async def test_cancelling_forgets_the_list(desk_at_event: TeamDesk) -> None:
    previewed = await paste(desk_at_event, "Jane Doe", ENERGY)

    await desk_at_event.press(button(previewed, "Cancel"))

    assert desk_at_event.rows(PENDING) == [(0,)]


async def test_without_an_event_nothing_is_kept(team_desk: TeamDesk) -> None:
    done = await paste(team_desk, "Jane Doe", ENERGY)

    assert done.verdict == "refused"
    assert "none is active" in as_text(done.response)
    assert team_desk.rows(PENDING) == [(0,)]


async def test_a_name_that_is_alike_is_pointed_out(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")

    text = as_text((await paste(desk_at_event, "Jnae Doe", ENERGY)).response)

    assert "alike: Jane Doe" in text


async def test_what_a_player_was_reported_as_is_told(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")

    text = as_text((await paste(desk_at_event, "jane doe", ENERGY)).response)

    assert "Reported until now as **Burn**" in text
    assert "will be new" not in text


async def test_the_companion_of_a_list_is_the_reports_companion(desk_at_event: TeamDesk) -> None:
    written = f"Companion\n1 Lurrus of the Dream-Den\n\n{ENERGY}1 Lurrus of the Dream-Den\n"
    previewed = await paste(desk_at_event, "Jane Doe", written)

    done = await desk_at_event.press(button(previewed, ENERGY_REPORT))

    assert "16 in the sideboard" in as_text(previewed.response)
    assert "Companion: Lurrus of the Dream-Den" in as_text(previewed.response)
    assert "Lurrus of the Dream-Den" in as_text(done.response)
    assert desk_at_event.rows(DECKS)[0][3] == "Lurrus of the Dream-Den"
    assert desk_at_event.rows(REPORTS)[0][6] == "Lurrus of the Dream-Den"


@pytest.mark.parametrize(
    ("content", "size", "told"),
    [
        (b"x", 64 * 1024 + 1, "up to 64 KiB"),
        (b"x" * (64 * 1024 + 1), 100, "up to 64 KiB"),
        (None, 100, "could not be fetched"),
        (b"", 0, "No card in it"),
        (b"hello\nthere\n", 12, "1: no count and card · hello"),
        ("".join(f"1 Card{n}x\n" for n in range(251)), 100, "up to 250 different cards"),
    ],
)
async def test_a_file_that_is_no_list_is_refused_with_the_reason(
    desk_at_event: TeamDesk, content: bytes | str | None, size: int, told: str
) -> None:
    done = await upload_deck(desk_at_event, "Jane Doe", content, size=size)

    assert done.verdict == "refused"
    assert told in as_text(done.response)
    assert desk_at_event.rows(PENDING) == [(0,)]


async def test_a_file_is_read_like_a_paste(desk_at_event: TeamDesk) -> None:
    uploaded = await upload_deck(desk_at_event, "Jane Doe", f"\ufeff{ENERGY}".encode("utf-16-le"))

    assert "[Report as Boros Energy]" in as_text(uploaded.response)


async def test_a_form_without_a_name_is_refused(desk_at_event: TeamDesk) -> None:
    done = await paste(desk_at_event, " \u200b ", ENERGY)

    assert done.verdict == "refused"
    assert desk_at_event.rows(PENDING) == [(0,)]


async def test_markdown_and_mentions_in_a_list_show_literally(desk_at_event: TeamDesk) -> None:
    previewed = await paste(desk_at_event, "**Jane**", f"{ENERGY}@everyone [x](y)\n")

    text = as_text(previewed.response)
    assert r"\*\*Jane\*\*" in text
    assert "@everyone" not in text
    assert reply_of(previewed).ephemeral
