"""``/predict``: a guess with its reasons, over a real database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from scooty.core.text.style import NEXT
from scooty.domain.roles import Role
from scooty.features.predictions.calls.predictions import ReadEvidence
from scooty.features.predictions.rules.calibration import FEWEST_TRIALS
from scooty.features.predictions.rules.prediction import FEWEST_DECKS
from scooty.features.registry import COMMANDS
from tests.desk_fixture.desk import CAPTAIN, ROBIN
from tests.desk_fixture.large_field import fill_active_event, list_decks
from tests.desk_fixture.reading import as_text

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk


def note_cards(
    desk: TeamDesk, name: str, *, key_cards: str | None = None, **columns: str | None
) -> None:
    """Let the reports of a player name cards."""
    given = {"key_cards": key_cards, **columns}
    sets = ", ".join(f"{column} = %({column})s" for column in given)
    statement = f"""
        update scooty_private.reports r set {sets} from scooty_private.players p
        where r.guild_id = %(guild)s and p.guild_id = r.guild_id and p.id = r.player_id
          and p.name = %(name)s
    """  # noqa: S608 - names of this file's columns
    with psycopg.connect(desk.dsn, autocommit=True) as connection:
        connection.execute(statement.encode(), {**given, "guild": desk.guild_id, "name": name})


def list_deck(desk: TeamDesk, name: str, *cards: str) -> None:
    """Add a player's decklist."""
    statement = """
        insert into scooty_private.decklists (
          guild_id, event_id, player_id, main, side, added_by
        )
        select e.guild_id, e.event_id, e.player_id, (
          select jsonb_agg(jsonb_build_object('count', 4, 'card', c))
          from unnest(%(cards)s::text[]) c
        ), '[]', 7
        from scooty_private.event_players e
        join scooty_private.players p on p.guild_id = e.guild_id and p.id = e.player_id
        where e.guild_id = %(guild)s and p.name = %(name)s
    """
    given = {"guild": desk.guild_id, "name": name, "cards": list(cards)}
    with psycopg.connect(desk.dsn, autocommit=True) as connection:
        connection.execute(statement.encode(), given)


async def field(desk: TeamDesk, *, first: int = 0) -> None:
    """Report eight on Burn with bolts and four on Jeskai Control with memory lapses."""
    for n in range(first, first + 12):
        burns = n % 3 < 2
        await desk.scouted(f"Rival {n}", "Burn" if burns else "Jeskai Control")
        cards = "Lightning Bolt, Shock" if burns else "Memory Lapse; Terminus"
        note_cards(desk, f"Rival {n}", key_cards=cards)


@pytest.fixture
async def desk(desk_at_event: TeamDesk) -> TeamDesk:
    """An event of which enough is known, and somebody of whom nothing is."""
    await field(desk_at_event)
    await desk_at_event.command("player import", by=CAPTAIN, text="Jane Doe")
    [[pending]] = desk_at_event.rows(
        "select max(request_id) from scooty_private.pending_imports where guild_id = %s"
    )
    await desk_at_event.press(f"player:apply@1:{pending}", by=CAPTAIN)
    return desk_at_event


async def test_cards_rank_archetypes_with_the_reasons_and_what_that_is_worth(
    desk: TeamDesk,
) -> None:
    said = await desk.says("predict", player="Jane Doe", cards="terminus; Memory Lapse")

    assert "a guess, not a report" in said
    first, second = said.index("1\\. **Jeskai Control**"), said.index("2\\. **Burn**")
    assert first < second
    assert "Memory Lapse: in 4 of its 4 described decks, in 0 of 8 others" in said
    assert "4 of 12 known players" in said
    assert "of 12 such predictions in this event, 12 named the deck" in said
    assert "Before you sit down only" in said


async def test_a_part_of_the_name_of_a_listed_card_is_the_card(desk: TeamDesk) -> None:
    for n in (2, 5, 8):
        list_deck(desk, f"Rival {n}", "Odric, Lunarch Marshal", "Memory Lapse")

    said = await desk.says("predict", player="Jane Doe", cards="Odric\n2 memory lapse")

    assert "Odric, Lunarch Marshal: in 3 of its 4 described decks" in said
    assert "**Seen now** Memory Lapse ·\N{NO-BREAK SPACE}Odric, Lunarch Marshal" in said


async def test_a_companions_comma_parts_no_cards(desk: TeamDesk) -> None:
    for n in (2, 5, 8):
        note_cards(desk, f"Rival {n}", companion="Kaheera, the Orphanguard")

    said = await desk.says("predict", player="Jane Doe", cards="Kaheera")

    assert "Kaheera, the Orphanguard: in 3 of its" in said


async def test_a_card_that_nobody_noted_is_named_and_says_nothing(desk: TeamDesk) -> None:
    said = await desk.says("predict", player="Jane Doe", cards="Terminus, Storm Crow, Memory Lapse")

    assert "**In no deck known here**, so without weight: Storm Crow" in said
    assert "1\\. **Jeskai Control**" in said


async def test_without_a_clue_none_is_named_and_it_is_said_what_would_help(desk: TeamDesk) -> None:
    said = await desk.says("predict", player="Jane Doe")

    assert "no guess" in said
    assert "A card that somebody saw would help" in said
    assert "Burn (8), Jeskai Control (4), of 12 known players" in said
    assert "%" not in said


async def test_with_few_decks_none_is_named_and_it_is_said_what_would_help(
    desk_at_event: TeamDesk,
) -> None:
    for n in range(FEWEST_DECKS - 1):
        await desk_at_event.scouted(f"Rival {n}", "Burn")
        note_cards(desk_at_event, f"Rival {n}", key_cards="Lightning Bolt")

    said = await desk_at_event.says("predict", player="Jane Doe", cards="Lightning Bolt")

    assert "no guess" in said
    assert "fewer than 10. Reports with `/scout` would help" in said
    assert "%" not in said


async def test_when_several_fit_as_well_the_cards_that_would_tell_are_named(
    desk_at_event: TeamDesk,
) -> None:
    decks = {"Burn": "Lightning Bolt", "Amulet Titan": "Amulet", "Mill": "Crab"}
    for n in range(15):
        archetype = list(decks)[n % 3]
        await desk_at_event.scouted(f"Rival {n}", archetype)
        note_cards(desk_at_event, f"Rival {n}", key_cards=f"Fetch, {decks[archetype]}")

    said = await desk_at_event.says("predict", player="Jane Doe", cards="Fetch")

    assert "no guess" in said
    assert "Several decks fit about as well, so none is named" in said
    assert "What would help: to see Amulet" in said
    assert ", which would speak for Amulet Titan." in said


async def test_what_the_player_was_seen_with_before_counts(desk: TeamDesk) -> None:
    await desk.scouted("Jane Doe", "Burn", confidence="guess")
    note_cards(desk, "Jane Doe", key_cards="Memory Lapse, Terminus")

    said = await desk.says("predict", player="Jane Doe")

    assert "Reported: **Burn** 🔴 (a guess). That is not counted here" in said
    assert "**Noted before** Memory Lapse ·\N{NO-BREAK SPACE}Terminus" in said
    assert "1\\. **Jeskai Control**" in said


async def test_a_sure_report_makes_a_prediction_unneeded(desk: TeamDesk) -> None:
    await desk.scouted("Jane Doe", "Burn")

    said = await desk.says("predict", player="Jane Doe")

    assert "Reported: **Burn** 🔴 (sure). A prediction is not needed" in said
    assert "\\. **" not in said
    assert "Before you sit down only" in said


async def test_a_sure_report_is_said_first_when_cards_were_typed(desk: TeamDesk) -> None:
    await desk.scouted("Jane Doe", "Burn")

    said = await desk.says("predict", player="Jane Doe", cards="Memory Lapse, Terminus")

    assert said.index("A prediction is not needed") < said.index("1\\. **Jeskai Control**")
    assert "of 12 known players" in said


async def test_what_was_played_in_an_earlier_event_counts_and_is_said(desk: TeamDesk) -> None:
    for name in ("Jane Doe", *(f"Next {n}" for n in range(12))):
        await desk.scouted(name, "Amulet Titan")
    await desk.open_event("Summer Open")
    for n in range(12):
        await desk.scouted(f"Next {n}", "Amulet Titan")

    said = await desk.says("predict", player="Jane Doe")

    assert "1\\. **Amulet Titan**" in said
    assert "what they played in Open" in said
    assert "of 12 other players of this event with a past here, 12 play one" in said
    assert "of 12 such predictions in this event, 12 named" in said


async def test_an_event_of_another_format_is_no_past(team_desk: TeamDesk) -> None:
    await team_desk.command("event create", by=CAPTAIN, name="Legacy Open", format="legacy")
    await team_desk.scouted("Jane Doe", "Amulet Titan")
    await team_desk.command("event create", by=CAPTAIN, name="Modern Open", format="modern")
    await field(team_desk)

    said = await team_desk.says("predict", player="Jane Doe")

    assert "no guess" in said
    assert "Amulet" not in said


async def test_decks_of_earlier_events_are_known_decks(desk: TeamDesk) -> None:
    await desk.open_event("Summer Open")
    await desk.scouted("Somebody", "Burn")

    said = await desk.says("predict", player="Jane Doe", cards="Terminus, Memory Lapse")

    assert "1\\. **Jeskai Control**" in said
    assert "Memory Lapse: in 4 of its 4 described decks" in said
    assert "0 of 1 known players" in said
    assert (
        f"too little data: 0 such predictions in this event, and it takes {FEWEST_TRIALS}" in said
    )


@pytest.mark.parametrize("format_", ["modern", None])
async def test_our_rules_describe_archetypes_before_anybody_noted_a_card(
    format_: str | None, team_desk: TeamDesk
) -> None:
    if format_ is None:
        await team_desk.open_event("Modern Open")
    else:
        await team_desk.command("event create", by=CAPTAIN, name="Modern Open", format=format_)
    for n in range(12):
        await team_desk.scouted(f"Rival {n}", "Amulet Titan" if n % 4 == 0 else "Boros Energy")

    said = await team_desk.says("predict", player="Jane Doe", cards="amulet of vigor, primeval")

    assert "1\\. **Amulet Titan**" in said
    assert "Amulet of Vigor (our rules know it by this card): none of its decks" in said
    assert (
        f"too little data: 0 such predictions in this event, and it takes {FEWEST_TRIALS}" in said
    )


async def test_rules_of_another_format_describe_nothing(team_desk: TeamDesk) -> None:
    await team_desk.command("event create", by=CAPTAIN, name="Pauper Open", format="pauper")
    for n in range(12):
        await team_desk.scouted(f"Rival {n}", "Amulet Titan" if n % 2 else "Boros Energy")

    said = await team_desk.says("predict", player="Jane Doe", cards="Amulet of Vigor")

    assert "**In no deck known here**, so without weight: Amulet of Vigor" in said


async def test_somebody_whom_nobody_knows_is_predicted_from_cards_alone(desk: TeamDesk) -> None:
    said = await desk.says("predict", player="Zoltan *Quux*", cards="Terminus, Memory Lapse")

    assert "Zoltan \\*Quux\\*: a guess" in said
    assert "Nobody here is certain to be called “Zoltan \\*Quux\\*”" in said
    assert "1\\. **Jeskai Control**" in said


async def test_a_name_that_tells_nobody_is_refused_without_cards_with_who_is_alike(
    desk: TeamDesk,
) -> None:
    conclusion = await desk.command("predict", player="Jane")

    assert conclusion.verdict == "refused"
    said = as_text(conclusion.response)
    assert "Perhaps you mean: Jane Doe." in said
    assert "add the cards you saw" in said


async def test_the_words_of_a_name_in_another_order_mean_the_only_player(desk: TeamDesk) -> None:
    said = await desk.says("predict", player="Doe, Jane", cards="Terminus, Memory Lapse")

    assert "Jane Doe: a guess" in said
    assert "certain to be called" not in said


async def test_there_is_no_prediction_while_people_draft(desk: TeamDesk) -> None:
    await desk.command("event phase", by=CAPTAIN, phase="draft")

    conclusion = await desk.command("predict", player="Jane Doe", cards="Terminus")

    assert conclusion.verdict == "refused"
    assert "in which there are no notes" in as_text(conclusion.response)
    await desk.command("event phase", by=CAPTAIN, phase="top_cut")
    assert "a guess" in await desk.says(
        "predict", player="Jane Doe", cards="Terminus, Memory Lapse"
    )


async def test_there_is_no_prediction_without_an_event(team_desk: TeamDesk) -> None:
    conclusion = await team_desk.command("predict", player="Jane Doe", cards="Terminus")

    assert conclusion.verdict == "refused"
    assert "no active event" in as_text(conclusion.response)


@pytest.mark.parametrize(("player", "cards"), [("?", "Terminus"), ("Jane Doe", "x" * 501)])
async def test_what_cannot_be_meant_is_refused(player: str, cards: str, desk: TeamDesk) -> None:
    conclusion = await desk.command("predict", player=player, cards=cards)

    assert conclusion.verdict == "refused"


def test_whoever_may_look_up_may_predict() -> None:
    assert COMMANDS["predict"].role is COMMANDS["check"].role is Role.READER


async def test_another_guild_sees_nothing_of_the_past_and_of_the_cards(desk: TeamDesk) -> None:
    await desk.scouted("Jane Doe", "Amulet Titan")
    other = desk.other_guild()
    await other.open_event("Elsewhere")
    for n in range(10):
        await other.scouted(f"Stranger {n}", "Mill")

    nobody = await other.command("predict", by=ROBIN, player="Jane Doe")
    by_cards = await other.says(
        "predict", by=ROBIN, player="Jane Doe", cards="Memory Lapse, Terminus"
    )

    for said in (as_text(nobody.response), by_cards):
        assert "Titan" not in said
        assert "Jeskai" not in said
        assert "Perhaps" not in said
    assert nobody.verdict == "refused"
    assert (
        "**In no deck known here**, so without weight: Memory Lapse ·\N{NO-BREAK SPACE}Terminus"
        in by_cards
    )


async def test_undone_reports_count_nothing(desk: TeamDesk) -> None:
    desk.execute("""
        update scooty_private.reports r set undone_at = now(), undo_request_id = -r.id
        from scooty_private.archetypes a
        where r.guild_id = %s and a.id = r.archetype_id and a.name = 'Jeskai Control'
    """)
    desk.execute("""
        select scooty_private.settle_player(p.guild_id, p.event_id, p.player_id)
        from (select set_config('search_path', 'scooty_private, extensions', false)) c,
          scooty_private.event_players p where p.guild_id = %s
    """)

    said = await desk.says("predict", player="Jane Doe", cards="Terminus")

    assert "**In no deck known here**, so without weight: Terminus" in said


async def test_who_was_forgotten_leaves_no_trace_in_predictions(desk: TeamDesk) -> None:
    await desk.scouted("Quill Sender", "Amulet Titan")
    note_cards(desk, "Quill Sender", key_cards="Amulet of Vigor", sideboard="Cavern")
    list_deck(desk, "Quill Sender", "Primeval Titan")
    note_cards(desk, "Rival 2", key_cards="Memory Lapse, Terminus, Quill Sender")
    await desk.open_event("Summer Open")
    before = await desk.says("predict", player="Quill Sender")
    assert "what they played in Open" in before

    listed = await desk.command("privacy forget-player", by=CAPTAIN, name="Quill Sender")
    [[player]] = desk.rows(
        "select id from scooty_private.players where guild_id = %s and name = 'Quill Sender'"
    )
    assert listed.verdict == "ok"
    gone = await desk.press(f"privacy:forget@1:{player}", by=CAPTAIN)

    assert gone.verdict == "ok", as_text(gone.response)
    answers = [
        await desk.says("predict", player="Jane Doe", cards=cards)
        for cards in ("Amulet of Vigor", "Cavern", "Primeval Titan", "Terminus")
    ]
    assert all("In no deck known here" in said for said in answers[:3])
    assert not any("Titan**" in said or "Quill" in said for said in answers)
    evidence = ReadEvidence(name="Jane Doe", has_cards=True)
    raw: Any = await desk.ports.calls.read(desk.guild_id, evidence)
    assert "Quill" not in f"{raw}{raw.players}{raw.decks}"
    assert "Amulet of" not in f"{raw}{raw.players}{raw.decks}"
    assert "Primeval" not in f"{raw}{raw.players}{raw.decks}"


async def test_a_merged_archetype_is_predicted_as_the_one_that_stayed(desk: TeamDesk) -> None:
    first = await desk.command(
        "archetype merge", by=CAPTAIN, archetype="Jeskai Control", into="Mill"
    )
    [[custom_id]] = [
        [part.custom_id for part in row.components if "merge" in str(part.custom_id)]
        for row in first.response.rows  # type: ignore[union-attr]
    ]

    merged = await desk.press(str(custom_id), by=CAPTAIN)

    assert merged.verdict == "ok", as_text(merged.response)
    said = await desk.says("predict", player="Jane Doe", cards="Terminus, Memory Lapse")
    assert "1\\. **Mill**" in said


async def test_an_event_of_2000_players_with_decklists_is_answered_whole(
    desk_at_event: TeamDesk,
) -> None:
    fill_active_event(desk_at_event, players=2000, reports=2)
    list_decks(desk_at_event)

    said = await desk_at_event.says(
        "predict", player="Player 7", cards="Engine of 8th deck, Printed Card A"
    )

    assert "A prediction is not needed" in said
    assert "of 1999 known players" in said
    assert "such predictions in this event" in said


async def test_a_card_in_every_report_of_many_is_shown_in_short(desk_at_event: TeamDesk) -> None:
    fill_active_event(desk_at_event, players=60)
    cards = ", ".join(f"{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(160))

    said = await desk_at_event.says("predict", player="Somebody", cards=cards[:500])

    assert NEXT.join(("aa", "ab", "ac", "ad", "ae", "af", "ag", "ah")) + " and 117 more" in said
