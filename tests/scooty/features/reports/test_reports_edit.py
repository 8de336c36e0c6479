"""``/report edit`` and the two forms, over a real database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from actors.discord_gateway.replies import Button, Reply, ShowModal
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.reading import as_text

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import Person
    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

SECOND_CAPTAIN = replace(ROBIN, is_administrator=True)


def newest(desk: TeamDesk) -> int:
    [[report_id]] = desk.rows("select max(id) from scooty_private.reports where guild_id = %s")
    return int(report_id)


async def opened(desk: TeamDesk, report: int | str, *, by: Person = SAM) -> ShowModal:
    form = (await desk.command("report edit", by=by, report=str(report))).response
    assert isinstance(form, ShowModal), as_text(form)
    return form


async def saved(
    desk: TeamDesk,
    form: ShowModal,
    *,
    by: Person = SAM,
    request_id: int | None = None,
    **typed: str,
) -> Conclusion:
    """Submit a form as it was opened, but for what is typed."""
    fields = {each.custom_id: each.value or "" for each in form.inputs} | typed
    return await desk.submit(form.custom_id, by=by, request_id=request_id, **fields)


async def details(desk: TeamDesk, report_id: int) -> ShowModal:
    form = (await desk.press(f"report:details@1:{report_id}")).response
    assert isinstance(form, ShowModal), as_text(form)
    return form


async def test_what_was_edited_is_on_the_card(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn", comment="plays fast")
    form = await opened(desk_at_event, newest(desk_at_event))

    edited = await saved(desk_at_event, form, archetype="jeskai control", comment="*slow* player")

    assert edited.verdict == "ok"
    card = await desk_at_event.says("check", name="Jane Doe")
    assert "Jeskai Control" in card
    assert r"\*slow\* player" in card
    assert "Burn" not in card
    assert "plays fast" not in card


async def test_each_field_can_be_given_in_one_of_the_two_forms(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    report_id = newest(desk_at_event)

    await saved(
        desk_at_event,
        await opened(desk_at_event, report_id),
        round="ronde 5",
        table_number="T12",
        variant="with red",
        comment="keeps bad hands",
    )
    await saved(
        desk_at_event,
        await details(desk_at_event, report_id),
        colours="rouge et bleu",
        companion="Lurrus",
        key_cards="4 Force of Will\n2 Daze",
        sideboard="Blood Moon",
        play_pattern="counters the first spell",
    )

    assert desk_at_event.rows(
        "select round, table_number, variant, comment, colours, companion, key_cards, sideboard,"
        " play_pattern, revision from scooty_private.reports where guild_id = %s"
    ) == [
        (
            5,
            12,
            "with red",
            "keeps bad hands",
            "UR",
            "Lurrus",
            "4 Force of Will, 2 Daze",
            "Blood Moon",
            "counters the first spell",
            3,
        )
    ]


async def test_a_form_is_filled_in_with_what_the_report_says(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn", comment="fast")
    report_id = newest(desk_at_event)
    await saved(desk_at_event, await details(desk_at_event, report_id), colours="colorless")

    edit, more = await opened(desk_at_event, report_id), await details(desk_at_event, report_id)

    values = {each.custom_id: each.value for each in (*edit.inputs, *more.inputs)}
    assert (values["archetype"], values["comment"]) == ("Burn", "fast")
    assert values["colours"] == "colourless"
    assert "Nothing to change" in as_text((await saved(desk_at_event, edit)).response)
    assert "Nothing to change" in as_text((await saved(desk_at_event, more)).response)


async def test_of_two_captains_editing_at_once_the_second_overwrites_nothing(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    report_id = newest(desk_at_event)
    first = await opened(desk_at_event, report_id, by=CAPTAIN)
    second = await opened(desk_at_event, report_id, by=SECOND_CAPTAIN)
    await saved(desk_at_event, first, by=CAPTAIN, comment="the first captain's")

    late = await saved(desk_at_event, second, by=SECOND_CAPTAIN, comment="the second captain's")

    assert late.verdict == "refused"
    text = as_text(late.response)
    assert "the first captain's" in text
    assert "You typed: Comment: the second captain's" in text
    assert desk_at_event.rows(
        "select comment, revision from scooty_private.reports where guild_id = %s"
    ) == [("the first captain's", 2)]
    assert isinstance(late.response, Reply)
    again = late.response.rows[0].components[0]
    assert isinstance(again, Button)
    newer = (await desk_at_event.press(again.custom_id, by=SECOND_CAPTAIN)).response
    assert isinstance(newer, ShowModal)
    assert newer.inputs[1].value == "the first captain's"
    assert (
        await saved(desk_at_event, newer, by=SECOND_CAPTAIN, comment="after all")
    ).verdict == "ok"


async def test_an_unknown_archetype_saves_nothing_and_names_the_nearest(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    form = await opened(desk_at_event, newest(desk_at_event))

    refused = await saved(desk_at_event, form, archetype="Jeskay Contrl", comment="kept for me")

    assert refused.verdict == "refused"
    text = as_text(refused.response)
    assert "Jeskai Control" in text
    assert text.count("**") == 6
    assert "kept for me" in text
    assert desk_at_event.rows(
        "select revision, comment from scooty_private.reports where guild_id = %s"
    ) == [(1, None)]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("round", "0"),
        ("round", "31"),
        ("round", "third"),
        ("table_number", "10000"),
        ("table_number", "-1"),
        ("comment", "x" * 501),
        ("archetype", "..."),
    ],
)
async def test_what_cannot_be_used_saves_nothing(
    desk_at_event: TeamDesk, field: str, typed: str
) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    form = await opened(desk_at_event, newest(desk_at_event))

    filled = {each.custom_id: each.value or "" for each in form.inputs}
    typed_in = filled | {"variant": "red", field: typed}
    refused = await desk_at_event.submit(form.custom_id, by=SAM, request_id=None, **typed_in)

    assert refused.verdict == "refused"
    assert "You typed: Variant: red" in as_text(refused.response)
    assert desk_at_event.rows(
        "select revision, variant from scooty_private.reports where guild_id = %s"
    ) == [(1, None)]


async def test_a_repeated_submission_is_one_change(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    form = await opened(desk_at_event, newest(desk_at_event))
    first = await saved(desk_at_event, form, request_id=form_request(desk_at_event), comment="once")

    again = await saved(desk_at_event, form, request_id=form_request(desk_at_event), comment="once")

    assert again == first
    assert desk_at_event.rows(
        "select revision from scooty_private.report_revisions where guild_id = %s"
    ) == [(1,)]


def form_request(desk: TeamDesk) -> int:
    return desk.guild_id + 1_000_000_000_000


async def test_nobody_edits_a_colleagues_report_but_captains(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    report_id = newest(desk_at_event)
    form = await opened(desk_at_event, report_id, by=CAPTAIN)

    asked = await desk_at_event.command("report edit", by=ROBIN, report=str(report_id))
    pressed = await desk_at_event.press(f"report:details@1:{report_id}", by=ROBIN)
    submitted = await saved(desk_at_event, form, by=ROBIN, comment="not mine")

    assert {each.verdict for each in (asked, pressed, submitted)} == {"refused"}
    assert (await saved(desk_at_event, form, by=CAPTAIN, comment="a captain's")).verdict == "ok"


async def test_another_guild_has_no_such_report(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn", comment="secret")
    form = await opened(desk_at_event, newest(desk_at_event))
    elsewhere = desk_at_event.other_guild()

    refused = await saved(elsewhere, form, by=CAPTAIN, comment="overwritten")

    assert refused.verdict == "refused"
    assert "secret" not in as_text(refused.response)
    assert desk_at_event.rows("select comment from scooty_private.reports where guild_id = %s") == [
        ("secret",)
    ]


@pytest.mark.parametrize("typed", ["#999999999", "999999999", "Jane Doe", "0", "9" * 25])
async def test_an_unknown_number_is_an_error(desk_at_event: TeamDesk, typed: str) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")

    for path in ("report edit", "report history", "report delete", "admin delete-scout"):
        answered = await desk_at_event.command(path, by=CAPTAIN, report=typed)
        assert answered.verdict == "refused"
        assert "No such report" in as_text(answered.response)


async def test_a_number_may_be_typed_in_three_ways(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    report_id = newest(desk_at_event)

    for typed in (f"{report_id}", f"#{report_id}", f"#{report_id} Jane Doe · Burn · 3 min ago"):
        assert str(report_id) in (await opened(desk_at_event, typed)).custom_id


async def test_a_form_of_an_impossible_revision_is_stale(desk_at_event: TeamDesk) -> None:
    conclusion = await desk_at_event.submit(f"report:save-edit@1:1:{2**40}", archetype="Burn")

    assert conclusion.verdict == "refused"


async def test_an_archetype_that_is_not_offered_any_more_is_kept(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", "Burn")
    await desk_at_event.command("archetype retire", by=CAPTAIN, archetype="Burn")
    form = await opened(desk_at_event, newest(desk_at_event))

    edited = await saved(desk_at_event, form, comment="still on it")
    typed_anew = await saved(
        desk_at_event, await opened(desk_at_event, newest(desk_at_event)), archetype="burn!"
    )

    assert edited.verdict == "ok"
    assert "Archetype" not in as_text(edited.response)
    assert "There is no archetype" in as_text(typed_anew.response)


async def test_after_scouting_a_report_can_be_edited_and_detailed(desk_at_event: TeamDesk) -> None:
    answer = (await desk_at_event.command("scout", opponent="Jane Doe", archetype="Burn")).response
    assert isinstance(answer, Reply)

    buttons = {
        part.label: part.custom_id
        for row in answer.rows
        for part in row.components
        if isinstance(part, Button)
    }

    for label in ("Edit", "Details"):
        form = (await desk_at_event.press(buttons[label])).response
        assert isinstance(form, ShowModal)
        assert len(form.inputs) == 5


async def test_the_longest_texts_fit_into_every_answer(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("*" * 99 + "a", "Jeskai Control", comment="_" * 500)
    report_id = newest(desk_at_event)
    for revision, mark in enumerate("*_~`|", start=1):
        long, short = mark * 500, mark * 100
        for at in (revision, revision - 1):
            await desk_at_event.submit(
                f"report:save-details@1:{report_id}:{at}",
                colours="WUBRG" if revision % 2 else "",
                companion=short,
                key_cards=long,
                sideboard=long,
                play_pattern=long,
            )
    await desk_at_event.submit(
        f"report:save-edit@1:{report_id}:6", comment="|" * 500, variant="|" * 100
    )

    stale = await desk_at_event.submit(
        f"report:save-edit@1:{report_id}:1", comment="`" * 500, archetype="a" + "`" * 99
    )
    asked = await desk_at_event.command("report delete", report=str(report_id))
    history = await desk_at_event.says("report history", report=str(report_id))

    assert stale.verdict == "refused"
    assert as_text(asked.response).count("**") == 2 * 8
    assert [f"**{revision}**" in history for revision in range(1, 8)] == [True] * 7
