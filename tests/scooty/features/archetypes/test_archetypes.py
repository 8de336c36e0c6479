"""``/archetype`` at a desk, over a real database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.replies import OfferChoices
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text, reply_of

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent


def button(conclusion: Conclusion, place: int) -> str:
    return reply_of(conclusion).rows[0].components[place].custom_id


async def done(desk: TeamDesk, path: str, **options: str | bool) -> str:
    conclusion = await desk.command(path, by=CAPTAIN, request_id=None, **options)
    assert conclusion.verdict == "ok", as_text(conclusion.response)
    return as_text(conclusion.response)


async def refused(desk: TeamDesk, path: str, **options: str | bool) -> str:
    conclusion = await desk.command(path, by=CAPTAIN, request_id=None, **options)
    assert conclusion.verdict == "refused", as_text(conclusion.response)
    return as_text(conclusion.response)


async def offered(desk: TeamDesk, text: str) -> list[str]:
    typed = await desk.typing("scout", "archetype", archetype=text)
    assert isinstance(typed.response, OfferChoices)
    return [str(choice.value) for choice in typed.response.choices]


async def test_an_archetype_that_was_added_is_reported_by_each_of_its_names(
    desk_at_event: TeamDesk,
) -> None:
    await done(
        desk_at_event,
        "archetype add",
        name="Turbo Otters",
        colours="bleu et rouge",
        format="Modern, Legacy",
        emoji="🦦",
        colour="#00FF7f",
        aliases="TO, Otter Pile",
    )

    await desk_at_event.scouted("Jane Doe", "otter pile")

    assert "Turbo Otters" in await desk_at_event.says("check", name="Jane Doe")
    assert desk_at_event.rows(
        "select name, colours, formats, emoji, display_colour from scooty_private.archetypes"
        " where guild_id = %s"
    ) == [("Turbo Otters", "UR", ["modern", "legacy"], "🦦", 0x00FF7F)]


async def test_a_repeated_request_adds_nothing_and_answers_the_same(team_desk: TeamDesk) -> None:
    first = await team_desk.command("archetype add", by=CAPTAIN, request_id=71, name="Turbo Otters")
    again = await team_desk.command("archetype add", by=CAPTAIN, request_id=71, name="Turbo Otters")

    assert again == first
    assert await offered(team_desk, "turbo") == ["Turbo Otters"]


async def test_a_name_in_use_is_refused_with_what_it_belongs_to(team_desk: TeamDesk) -> None:
    await done(team_desk, "archetype add", name="Turbo Otters")

    assert "Turbo Otters" in await refused(team_desk, "archetype add", name="turbo  OTTERS")
    assert "Mono-Red Aggro" in await refused(team_desk, "archetype add", name="X1", aliases="rdw")
    assert "Mono-Red Aggro" in await refused(
        team_desk, "archetype alias", archetype="Burn", alias="RDW"
    )
    assert "Mono-Red Aggro" in await refused(
        team_desk, "archetype edit", archetype="Burn", name="RDW"
    )
    assert await offered(team_desk, "x1") != ["X1"]


async def test_a_starter_renamed_in_one_guild_keeps_its_name_in_the_other(
    desk_at_event: TeamDesk,
) -> None:
    other = desk_at_event.other_guild()
    await other.command("admin create-event", by=CAPTAIN, name="Open")
    for desk in (desk_at_event, other):
        await desk.scouted("Jane Doe", "Burn")

    await done(desk_at_event, "archetype edit", archetype="burn", name="Lava Spikes", colours="WR")

    assert "Lava Spikes" in await desk_at_event.says("check", name="Jane Doe")
    assert "Lava Spikes" not in await other.says("check", name="Jane Doe")
    assert await offered(desk_at_event, "lava") == ["Lava Spikes"]
    await desk_at_event.scouted("Rick Roe", "Burn")
    assert "Lava Spikes" in await desk_at_event.says("check", name="Rick Roe")
    assert "Burn" in await offered(other, "burn")
    assert "Lava Spikes" not in await offered(other, "lava")
    assert other.rows("select * from scooty_private.archetypes where guild_id = %s") == []


async def test_a_starter_with_a_copy_is_offered_once(desk_at_event: TeamDesk) -> None:
    before = await offered(desk_at_event, "")

    await done(desk_at_event, "archetype edit", archetype="Yawgmoth", emoji="🧙")

    assert await offered(desk_at_event, "") == before
    assert await offered(desk_at_event, "yawg") == ["Yawgmoth"]


async def test_an_alias_is_added_and_removed_but_never_the_proper_name(
    desk_at_event: TeamDesk,
) -> None:
    alias = {"archetype": "Burn", "alias": "Bolt Bolt"}
    await done(desk_at_event, "archetype alias", **alias)
    await desk_at_event.scouted("Jane Doe", "bolt bolt")

    await done(desk_at_event, "archetype alias", **alias, remove=True)

    assert (await desk_at_event.command("scout", opponent="A", archetype="bolt bolt")).verdict == (
        "refused"
    )
    await refused(desk_at_event, "archetype alias", **alias, remove=True)
    for name in ("Burn", "burn!"):
        await refused(
            desk_at_event, "archetype alias", archetype="Boros Burn", alias=name, remove=True
        )


async def test_a_retired_archetype_stays_on_cards_and_comes_back(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")

    assert "1 report" in await done(desk_at_event, "archetype retire", archetype="Burn")

    assert "Burn" in await desk_at_event.says("check", name="Jane Doe")
    assert "Burn" not in await offered(desk_at_event, "burn")
    told = await desk_at_event.command("scout", opponent="Rick Roe", archetype="Boros Burn")
    assert told.verdict == "refused"
    assert "the team has retired **Burn**" in as_text(told.response)
    assert "retired" in await refused(
        desk_at_event, "archetype edit", archetype="Burn", colours="R"
    )
    assert "retired" in await refused(desk_at_event, "archetype add", name="Burn")
    await done(desk_at_event, "archetype retire", archetype="Burn", restore=True)
    await desk_at_event.scouted("Rick Roe", "Burn")
    await refused(desk_at_event, "archetype retire", archetype="Burn", restore=True)


async def test_a_merge_shows_first_what_it_changes_and_then_does_it(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    await desk_at_event.scouted("Jane Doe", "Mono-Red Aggro", by=ROBIN)

    shown = await desk_at_event.command(
        "archetype merge", by=CAPTAIN, archetype="Burn", into="Mono-Red Aggro"
    )
    assert "1 report, 1 player, 1 event" in as_text(shown.response)
    assert "Burn" in await offered(desk_at_event, "burn")
    merged = await desk_at_event.press(button(shown, 0), by=CAPTAIN)

    assert merged.verdict == "ok"
    card = await desk_at_event.says("check", name="Jane Doe")
    assert "Burn" not in card
    assert "Mono-Red Aggro" in card
    await desk_at_event.scouted("Rick Roe", "Boros Burn")
    assert "Mono-Red Aggro" in await desk_at_event.says("check", name="Rick Roe")
    stale = await desk_at_event.press(button(shown, 0), by=CAPTAIN)
    assert stale.verdict == "refused"


async def test_a_merge_that_is_cancelled_changes_nothing(desk_at_event: TeamDesk) -> None:
    shown = await desk_at_event.command(
        "archetype merge", by=CAPTAIN, archetype="Burn", into="Mill"
    )

    assert (await desk_at_event.press(button(shown, 1), by=CAPTAIN)).verdict == "ok"

    assert desk_at_event.rows("select * from scooty_private.archetypes where guild_id = %s") == []


async def test_a_merge_by_the_ids_of_another_guild_is_refused(desk_at_event: TeamDesk) -> None:
    await done(desk_at_event, "archetype add", name="Turbo Otters")
    shown = await desk_at_event.command(
        "archetype merge", by=CAPTAIN, archetype="Turbo Otters", into="Mill"
    )
    other = desk_at_event.other_guild()

    pressed = await other.press(button(shown, 0), by=CAPTAIN)

    assert pressed.verdict == "refused"
    assert other.rows("select * from scooty_private.archetypes where guild_id = %s") == []
    assert await offered(desk_at_event, "turbo") == ["Turbo Otters"]
    assert await offered(other, "turbo") != ["Turbo Otters"]


async def test_a_button_of_a_draft_still_leads_to_what_was_meant_after_a_merge(
    desk_at_event: TeamDesk,
) -> None:
    draft = await desk_at_event.command("scout", opponent="Jane Doe", archetype="Burnn")
    shown = await desk_at_event.command(
        "archetype merge", by=CAPTAIN, archetype="Burn", into="Mill"
    )
    await desk_at_event.press(button(shown, 0), by=CAPTAIN)

    picked = await desk_at_event.press(button(draft, 0), by=SAM)

    assert picked.verdict == "ok"
    assert "Mill" in as_text(picked.response)


@pytest.mark.parametrize(
    "options",
    [
        {"colours": "purple"},
        {"format": "chess"},
        {"emoji": "<@1300000000000000001>"},
        {"emoji": "🦦🦦"},
        {"colour": "#12345"},
        {"aliases": "a, !!"},
        {"aliases": ",".join(f"x{n}" for n in range(21))},
        {"name": "x" * 101},
    ],
)
async def test_what_cannot_be_understood_is_refused_and_adds_nothing(
    team_desk: TeamDesk, options: dict[str, str]
) -> None:
    await refused(team_desk, "archetype add", **{"name": "Turbo Otters", **options})

    assert team_desk.rows("select * from scooty_private.archetypes where guild_id = %s") == []


async def test_an_edit_of_nothing_and_of_nobody_is_refused(team_desk: TeamDesk) -> None:
    await refused(team_desk, "archetype edit", archetype="Burn")
    assert "Burn" in await refused(team_desk, "archetype edit", archetype="Burnn", colours="R")
    assert "zzz" in await refused(team_desk, "archetype merge", archetype="Burn", into="zzz")
    await refused(team_desk, "archetype merge", archetype="Burn", into="Boros Burn")


async def test_emoji_and_colour_are_taken_away_again(team_desk: TeamDesk) -> None:
    await done(team_desk, "archetype edit", archetype="Burn", emoji="<:burn:123456789012345678>")
    await done(team_desk, "archetype edit", archetype="Burn", colour="#000000", format="none")
    sql = "select emoji, display_colour, formats from scooty_private.archetypes where guild_id = %s"
    assert team_desk.rows(sql) == [("<:burn:123456789012345678>", 0, [])]

    await done(team_desk, "archetype edit", archetype="Burn", emoji="none", colour="aucune")

    assert team_desk.rows(sql) == [(None, None, [])]


async def test_the_list_is_paged_by_format_with_the_most_reported_first(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Mill")
    await done(desk_at_event, "archetype retire", archetype="Burn")

    first = await desk_at_event.command("archetype list", by=SAM, format="modern")
    later = await desk_at_event.press(button(first, 1), by=SAM)

    lines = as_text(first.response).splitlines()
    assert lines[1].startswith("**Mill**")
    assert "Page 2" in as_text(later.response)
    assert "Mill" not in as_text(later.response)


async def test_the_earlier_names_do_the_same(desk_at_event: TeamDesk) -> None:
    await done(desk_at_event, "admin archetype add", name="Turbo Otters")
    assert "Turbo Otters" in await done(
        desk_at_event, "admin archetype remove", archetype="Turbo Otters"
    )

    assert "Page 1" in await done(desk_at_event, "admin archetype list")


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("archetype add", {"name": "X1"}),
        ("archetype edit", {"archetype": "Burn", "colours": "R"}),
        ("archetype alias", {"archetype": "Burn", "alias": "X1"}),
        ("archetype merge", {"archetype": "Burn", "into": "Mill"}),
        ("archetype retire", {"archetype": "Burn"}),
    ],
)
async def test_only_captains_change_archetypes(
    team_desk: TeamDesk, path: str, options: dict[str, str]
) -> None:
    assert (await team_desk.command(path, by=SAM, request_id=None, **options)).verdict == "refused"

    assert team_desk.rows("select * from scooty_private.archetypes where guild_id = %s") == []


async def test_formats_are_completed_one_after_the_other(team_desk: TeamDesk) -> None:
    typed = await team_desk.typing("archetype add", "format", by=CAPTAIN, format="modern, p")

    assert isinstance(typed.response, OfferChoices)
    assert [choice.value for choice in typed.response.choices] == [
        "Modern, Pioneer",
        "Modern, Pauper",
        "Modern, Premodern",
    ]
