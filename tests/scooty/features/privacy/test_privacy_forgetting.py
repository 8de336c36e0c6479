"""Players whom captains forget."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest

from actors.discord_gateway.replies import OfferChoices, ShowModal
from scooty.features.privacy.replies import ERASE_ME
from tests.desk_fixture.desk import CAPTAIN, SAM
from tests.desk_fixture.held import TEXTS, StuckOutbox, columns
from tests.desk_fixture.planted_round import plant_round
from tests.desk_fixture.reading import as_text, button, reply_of

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk


def places_of_text(dsn: str, *texts: str) -> list[str]:
    """Return the columns of all tables in which one of the texts stands, in whatever case."""
    found = []
    with psycopg.connect(dsn) as connection:
        for table, column in columns(dsn, TEXTS):
            held = connection.execute(
                f"select exists (select from {table} t"  # noqa: S608 - names of the catalogue
                f" where t.{column}::text ilike any (%s))".encode(),
                ([f"%{text}%" for text in texts],),
            ).fetchone()
            found += [f"{table}.{column}"] if held and held[0] else []
    return found


async def forget_button(desk: TeamDesk, name: str) -> str:
    """Ask to forget a player, and return the button's id."""
    conclusion = await desk.command("privacy forget-player", by=CAPTAIN, name=name)
    assert conclusion.verdict == "ok"
    (row,) = reply_of(conclusion).rows
    return row.components[0].custom_id


async def test_a_forgotten_player_is_in_no_table(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Zélie %Quux%", "Jeskai Control", comment="Zélie %quux% mulligans")
    await desk_at_event.scouted("Jane Doe", comment="tested with ZÉLIE %QUUX%, and zelie %quux%")
    await desk_at_event.command("scout", opponent="%quux%, zelie", archetype="zzz")
    for statement in (
        (
            "insert into scooty_private.report_revisions (guild_id, report_id, revision, content,"
            ' changed_by) select guild_id, id, 9, \'{"comment": "Zélie %%Quux%% again"}\', 1'
            " from scooty_private.reports where guild_id = %s"
        ),
        (
            "insert into scooty_private.answered_requests (guild_id, request_id, answer)"
            ' values (%s, 5, \'{"player": "Zélie %%Quux%%"}\')'
        ),
    ):
        desk_at_event.execute(statement)
    desk_at_event.execute(
        "insert into scooty_private.pending_imports (guild_id, request_id, kind, content,"
        " created_by, expires_at) select guild_id, 5, 'roster', '[\"Zélie %%Quux%%\"]', 1, now()"
        " from scooty_private.events where guild_id = %s",
    )
    assert len(places_of_text(desk_at_event.dsn, r"\%quux\%")) >= 8
    button = await forget_button(desk_at_event, "zelie %quux%")

    conclusion = await desk_at_event.press(button, by=CAPTAIN)

    assert conclusion.verdict == "ok"
    assert "quux" not in as_text(conclusion.response).lower()
    assert places_of_text(desk_at_event.dsn, r"\%quux\%") == []
    assert "tested with —, and —" in await desk_at_event.says("check", name="Jane Doe")
    assert "Jeskai" not in await desk_at_event.says("stats")


@pytest.mark.parametrize("name", ["2", "null", "comment", 'Jo "Ace" \\ Roe'])
async def test_a_name_that_could_be_a_part_of_json_is_forgotten_and_no_more(
    desk_at_event: TeamDesk, name: str
) -> None:
    await desk_at_event.scouted(name, "Jeskai Control")
    card = await desk_at_event.command(
        "scout",
        opponent="Jane Doe",
        archetype="Boros Energy",
        comment=f"with {name}: slow",
        round=2,
    )
    form = (await desk_at_event.press(button(card, "Edit"))).response
    assert isinstance(form, ShowModal)
    fields = {each.custom_id: each.value or "" for each in form.inputs}
    fields["comment"] = f"{name} again"
    await desk_at_event.submit(form.custom_id, by=SAM, request_id=None, **fields)

    conclusion = await desk_at_event.press(await forget_button(desk_at_event, name), by=CAPTAIN)

    assert conclusion.verdict == "ok"
    assert desk_at_event.rows(
        "select content ->> 'comment', content -> 'round', content ->> 'archetype'"
        " from scooty_private.report_revisions where guild_id = %s"
    ) == [("with —: slow", 2, "Boros Energy")]


async def test_forgetting_a_player_forgets_those_merged_into_them(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Kept Quibble")
    await desk_at_event.scouted("Merged Quibble")
    desk_at_event.execute(
        "update scooty_private.players p set merged_into = k.id from scooty_private.players k"
        " where p.guild_id = %s and p.name = 'Merged Quibble' and k.guild_id = p.guild_id"
        " and k.name = 'Kept Quibble'",
    )
    button = await forget_button(desk_at_event, "merged quibble")

    await desk_at_event.press(button, by=CAPTAIN)

    assert places_of_text(desk_at_event.dsn, "quibble") == []


async def test_the_counts_of_archetypes_follow_when_a_player_is_forgotten(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Boros Energy")
    await desk_at_event.scouted("Jon Roe", "Boros Energy")
    button = await forget_button(desk_at_event, "Jane Doe")

    await desk_at_event.press(button, by=CAPTAIN)

    assert desk_at_event.rows(
        "select report_count from scooty_private.event_archetypes where guild_id = %s"
    ) == [(1,)]


async def test_a_player_of_another_server_cannot_be_forgotten(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe")
    button = await forget_button(desk_at_event, "Jane Doe")
    elsewhere = desk_at_event.other_guild()

    asked = await elsewhere.command("privacy forget-player", by=CAPTAIN, name="Jane Doe")
    pressed = await elsewhere.press(button, by=CAPTAIN)
    offered = await elsewhere.typing("privacy forget-player", "name", by=CAPTAIN, name="jane")

    assert (asked.verdict, pressed.verdict) == ("refused", "refused")
    assert offered.response == OfferChoices(choices=())
    assert "Boros Energy" in await desk_at_event.says("check", name="Jane Doe")


async def test_only_captains_forget_players(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe")
    button = await forget_button(desk_at_event, "Jane Doe")

    asked = await desk_at_event.command("privacy forget-player", by=SAM, name="Jane Doe")
    pressed = await desk_at_event.press(button, by=SAM)

    assert (asked.verdict, pressed.verdict) == ("refused", "refused")
    assert "Boros Energy" in await desk_at_event.says("check", name="Jane Doe")


@pytest.mark.parametrize("typed", ["", "doe", "jane d", "d jane"])
async def test_players_to_forget_are_offered_by_the_beginnings_of_words(
    desk_at_event: TeamDesk, typed: str
) -> None:
    await desk_at_event.scouted("Jane Doe")

    offered = await desk_at_event.typing("privacy forget-player", "name", by=CAPTAIN, name=typed)

    assert as_text(offered.response) == "- Jane Doe = Jane Doe"


@pytest.mark.parametrize(("path", "ended"), [("delete-me", True), ("forget-player", False)])
async def test_nothing_is_erased_while_the_outbox_cannot_be_cleared(
    desk_at_event: TeamDesk, path: str, *, ended: bool
) -> None:
    await desk_at_event.scouted("Jane Doe", by=CAPTAIN)
    button = ERASE_ME() if ended else await forget_button(desk_at_event, "Jane Doe")
    stuck = replace(desk_at_event, ports=replace(desk_at_event.ports, waiting=StuckOutbox()))

    conclusion = await stuck.press(button, by=CAPTAIN)

    assert conclusion.verdict == "refused", path
    assert f"<@{CAPTAIN.user_id}>" in await desk_at_event.says("check", name="Jane Doe")


async def test_a_name_that_was_pasted_with_anothers_list_goes_and_the_cards_stay(
    desk_at_event: TeamDesk,
) -> None:
    for name in ("Quentin Quux", "Jane Doe"):
        await desk_at_event.scouted(name)
    plant_round(desk_at_event, "Quentin Quux", "Jane Doe")
    desk_at_event.execute(
        """update scooty_private.decklists set main = '[{"count": 4, "card": "Ragavan"},"""
        """ {"count": 1, "card": "list of Quentin Quux"}]', companion = 'quentin quux'"""
        " where guild_id = %s"
    )

    await desk_at_event.press(await forget_button(desk_at_event, "Quentin Quux"), by=CAPTAIN)

    assert places_of_text(desk_at_event.dsn, "quentin quux") == []
    assert desk_at_event.rows(
        "select main, companion from scooty_private.decklists where guild_id = %s"
    ) == [([{"count": 4, "card": "Ragavan"}, {"count": 1, "card": "list of —"}], "—")]
    for table in ("pairings", "results", "standings", "team_links"):
        rows = desk_at_event.rows(f"select from scooty_private.{table} where guild_id = %s")
        assert rows == [], table
