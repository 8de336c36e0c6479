"""``/deck show`` at a desk, over a real database: the list, in columns and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Reply
from scooty.domain.roles import Role
from scooty.features.decks.commands import deck_add, deck_show
from scooty.features.registry import COMMANDS
from tests.desk_fixture.decks import ENERGY, ENERGY_REPORT, saved
from tests.desk_fixture.desk import CAPTAIN
from tests.desk_fixture.reading import as_text, button, reply_of

if TYPE_CHECKING:
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk


def copied(shown: Conclusion) -> str:
    """Return the text of the file."""
    (file,) = reply_of(shown).files
    return file.content.decode()


async def test_a_list_shows_both_boards_who_added_it_and_the_archetype(
    desk_at_event: TeamDesk,
) -> None:
    await saved(desk_at_event, "Jane Doe", press=ENERGY_REPORT)

    shown = await desk_at_event.command("deck show", player="Jane Doe")

    text = as_text(shown.response)
    for told in (
        "List of Jane Doe",
        "**Boros Energy** ⚪🔴 · sure",
        "Main deck (60): 4 Guide of Souls",
        "Sideboard (15): 3 Wear // Tear",
        "⏱ Before you sit down only",
        "(file) decklist.txt",
    ):
        assert told in text, text
    assert reply_of(shown).ephemeral


async def test_the_file_can_be_pasted_again(desk_at_event: TeamDesk) -> None:
    await saved(desk_at_event, "Jane Doe", f"Companion\n1 Yorion, Sky Nomad\n\n{ENERGY}")
    once = copied(await desk_at_event.command("deck show", player="Jane Doe"))

    await saved(desk_at_event, "Jane Doe", once)

    assert copied(await desk_at_event.command("deck show", player="Jane Doe")) == once
    assert once.startswith("Companion\n1 Yorion, Sky Nomad\n\nDeck\n4 Guide of Souls\n")


async def test_a_list_of_many_long_names_fits_and_says_what_is_left_out(
    desk_at_event: TeamDesk,
) -> None:
    names = [f"*{n} {'_a' * 40}" for n in range(120)]
    written = "".join(f"1 {name}\n" for name in names)
    await saved(desk_at_event, "Jane Doe", written[:3_900])

    shown = await desk_at_event.command("deck show", player="Jane Doe")

    assert "more cards in the file" in as_text(shown.response)
    assert all(f"1 {name}\n" in copied(shown) for name in names[:44])


async def test_a_player_is_found_by_words_in_any_order(desk_at_event: TeamDesk) -> None:
    await saved(desk_at_event, "Jane Doe")

    assert "List of Jane Doe" in await desk_at_event.says("deck show", player="Doe Jane")


async def test_names_that_are_alike_can_be_chosen(desk_at_event: TeamDesk) -> None:
    await saved(desk_at_event, "Jane Doe")
    await desk_at_event.scouted("Jane Dow")
    several = await desk_at_event.command("deck show", player="Jnae Doe")
    [row] = reply_of(several).rows
    [select] = row.components
    ((player_id,),) = desk_at_event.rows(
        "select player_id from scooty_private.decklists where guild_id = %s"
    )

    chosen = await desk_at_event.choose(select.custom_id, str(player_id))

    assert "Jane Dow" not in as_text(several.response)
    assert "List of Jane Doe" in as_text(chosen.response)
    assert isinstance(chosen.response, Reply)


async def test_the_button_under_what_was_kept_shows_the_list(desk_at_event: TeamDesk) -> None:
    kept = await saved(desk_at_event, "Jane Doe")

    shown = await desk_at_event.press(button(kept, "Decklist"))

    assert "List of Jane Doe" in as_text(shown.response)


async def test_a_known_player_without_a_list_is_told_apart_from_nobody(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe")

    known = await desk_at_event.says("deck show", player="Jane Doe")
    nobody = await desk_at_event.says("deck show", player="Zebulon")

    assert "There is no list of Jane Doe in **Open**" in known
    assert "No player with a name like Zebulon" in nobody


async def test_a_list_of_an_earlier_event_is_shown_when_that_is_asked_for(
    desk_at_event: TeamDesk,
) -> None:
    await saved(desk_at_event, "Jane Doe")
    ((event_id,),) = desk_at_event.rows("select id from scooty_private.events where guild_id = %s")
    await desk_at_event.open_event("Another")

    now = await desk_at_event.says("deck show", player="Jane Doe")
    earlier = await desk_at_event.says("deck show", player="Jane Doe", event=str(event_id))
    unknown = await desk_at_event.command("deck show", player="Jane Doe", event="Opne")

    assert "There is no list of Jane Doe in **Another**" in now
    assert "List of Jane Doe" in earlier
    assert unknown.verdict == "refused"


async def test_nothing_is_shown_in_a_draft(desk_at_event: TeamDesk) -> None:
    await saved(desk_at_event, "Jane Doe")
    await desk_at_event.command("event phase", by=CAPTAIN, phase="draft")

    shown = await desk_at_event.command("deck show", player="Jane Doe")

    assert shown.verdict == "refused"
    assert "nobody may have notes" in as_text(shown.response)
    assert "Guide of Souls" not in as_text(shown.response)
    assert reply_of(shown).files == ()


async def test_another_guild_sees_nothing(desk_at_event: TeamDesk) -> None:
    kept = await saved(desk_at_event, "Jane Doe")
    other = desk_at_event.other_guild()
    await other.open_event()

    by_name = await other.command("deck show", player="Jane Doe")
    by_button = await other.press(button(kept, "Decklist"))

    assert {by_name.verdict, by_button.verdict} == {"refused"}
    assert "Guide of Souls" not in as_text(by_name.response) + as_text(by_button.response)


async def test_without_an_event_the_way_to_one_is_told(team_desk: TeamDesk) -> None:
    shown = await team_desk.command("deck show", player="Jane Doe")

    assert shown.verdict == "refused"


def test_readers_look_and_only_scouts_add() -> None:
    assert COMMANDS["deck show"].role is Role.READER
    assert COMMANDS["deck add"].role is Role.SCOUT
    components = (*deck_add.FEATURE.components, *deck_show.FEATURE.components)
    assert {each.verb.verb: each.role for each in components} == {
        **dict.fromkeys(("paste", "report", "other", "keep", "cancel"), Role.SCOUT),
        **dict.fromkeys(("open", "choose"), Role.READER),
    }


async def test_a_card_of_check_opens_the_list_that_is_there(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe")
    before = await desk_at_event.says("check", name="Jane Doe")
    await saved(desk_at_event, "Jane Doe")

    card = await desk_at_event.command("check", name="Jane Doe")
    shown = await desk_at_event.press(button(card, "Decklist"))

    assert "Decklist" not in before
    assert "List of Jane Doe" in as_text(shown.response)
