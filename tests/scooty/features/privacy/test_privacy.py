"""What is held about whom, and what is said of it."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scooty.core.attaching import fitting_file
from scooty.features.privacy.replies import ERASE_ME
from tests.desk_fixture.desk import CAPTAIN, ROBIN, SAM
from tests.desk_fixture.held import StuckOutbox
from tests.desk_fixture.planted_round import plant_round
from tests.desk_fixture.reading import as_text, reply_of, reviewed

if TYPE_CHECKING:
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent


async def own_file(desk: TeamDesk, **how: Any) -> dict[str, Any]:
    """Return what the file about somebody holds."""
    conclusion = await desk.command("privacy my-data", **how)
    (file,) = reply_of(conclusion).files
    held: dict[str, Any] = json.loads(file.content)
    return held


async def test_the_file_about_a_member_holds_what_they_did_and_nothing_of_others(
    desk_at_event: TeamDesk,
) -> None:
    await desk_at_event.scouted("Jane Doe", "Jeskai Control", by=SAM, comment="keeps four")
    await desk_at_event.scouted("Jon Roe", "Boros Energy", by=ROBIN)
    await desk_at_event.command("scout", by=SAM, opponent="Ann Poe", archetype="zzz")

    held = (await own_file(desk_at_event, by=SAM))["stored"]

    (report,) = held["reports"]
    assert (report["player"], report["archetype"]) == ("Jane Doe", "Jeskai Control")
    assert (report["comment"], report["event"]) == ("keeps four", "Open")
    assert [draft["opponent"] for draft in held["drafts"]] == ["Ann Poe"]
    assert [deed["action"] for deed in held["actions"]] == ["report"]
    assert held["events_created"] == []


async def test_the_file_about_a_member_holds_their_part_in_the_rounds(
    desk_at_event: TeamDesk,
) -> None:
    for name in ("Jane Doe", "Jon Roe"):
        await desk_at_event.scouted(name, by=ROBIN)
    plant_round(desk_at_event, "Jane Doe", "Jon Roe", by=SAM, watcher=ROBIN)

    held = (await own_file(desk_at_event, by=SAM))["stored"]
    of_the_watcher = (await own_file(desk_at_event, by=ROBIN))["stored"]

    assert (held["linked_player"]["player"], held["linked_player"]["linked_by_you"]) == (
        "Jane Doe",
        True,
    )
    assert [made["player"] for made in held["assignments_made"]] == ["Jon Roe"]
    assert held["assigned_to_watch"] == []
    assert [applied["round"] for applied in held["rounds_applied"]] == [1]
    (told,) = held["results_told"]
    assert (told["player"], told["opponent"], told["outcome"]) == ("Jane Doe", "Jon Roe", "win")
    assert held["decklists_added"][0]["main"] == [{"count": 4, "card": "Ragavan"}]
    assert [watched["player"] for watched in of_the_watcher["assigned_to_watch"]] == ["Jon Roe"]
    assert of_the_watcher["linked_player"] is None
    assert str(SAM.user_id) not in json.dumps(of_the_watcher)


async def test_the_file_about_a_captain_holds_what_they_set(desk_at_event: TeamDesk) -> None:
    desk_at_event.execute(
        "insert into scooty_private.guild_settings (guild_id, language, updated_by)"
        " select e.guild_id, 'fr', e.created_by from scooty_private.events e"
        " where e.guild_id = %s",
    )

    held = (await own_file(desk_at_event, by=CAPTAIN))["stored"]

    assert [event["name"] for event in held["events_created"]] == ["Open"]
    assert held["settings_changed_last"]["language"] == "fr"


async def test_the_file_says_nothing_of_another_server(desk_at_event: TeamDesk) -> None:
    await desk_at_event.scouted("Jane Doe", by=SAM)

    held = (await own_file(desk_at_event.other_guild(), by=SAM))["stored"]

    assert held["reports"] == held["actions"] == []


async def test_a_file_that_is_too_big_is_zipped_and_one_that_stays_so_is_refused() -> None:
    content = b"a" * 10_000

    whole = await fitting_file("a.json", content, 10_000)
    zipped = await fitting_file("a.json", content, 9_999)
    none = await fitting_file("a.json", content, 50)

    assert whole is not None
    assert zipped is not None
    assert (whole.name, zipped.name, none) == ("a.json", "a.json.zip", None)
    assert zipfile.ZipFile(BytesIO(zipped.content)).read("a.json") == content


async def test_every_answer_of_privacy_reads_as_it_was_reviewed(desk_at_event: TeamDesk) -> None:
    for language, desk in (("en", desk_at_event), ("fr", desk_at_event.in_french())):
        pages = {
            "/privacy policy": await desk.command("privacy policy"),
            "/privacy my-data": await desk.command("privacy my-data"),
            "/privacy my-data: the outbox is silent": await replace(
                desk, ports=replace(desk.ports, waiting=StuckOutbox())
            ).command("privacy my-data"),
            "/privacy retention: nothing is closed": await desk.command("privacy retention"),
            "/privacy delete-me": await desk.command("privacy delete-me"),
        }
        for name in ("Jane Doe", "Jon *Roe*"):
            await desk.scouted(name, by=SAM, comment="played Jane Doe in round 2")
        pages["/privacy forget-player: nobody"] = await desk.command(
            "privacy forget-player", by=CAPTAIN, name="Ann Poe"
        )
        asked = await desk.command("privacy forget-player", by=CAPTAIN, name="Jane Doe")
        pages["/privacy forget-player"] = asked
        button = reply_of(asked).rows[0].components[0].custom_id
        pages["/privacy forget-player: not a captain"] = await desk.press(button, by=SAM)
        pages["forget"] = await desk.press(button, by=CAPTAIN)
        pages["forget: gone"] = await desk.press(button, by=CAPTAIN)
        pages["forget: the outbox is stuck"] = await replace(
            desk, ports=replace(desk.ports, waiting=StuckOutbox())
        ).press(ERASE_ME())
        pages["erase me"] = await desk.press(ERASE_ME())
        text = "\n".join(
            f"## {name} [{page.verdict}]\n{as_text(page.response)}\n"
            for name, page in pages.items()
        )

        assert text == reviewed(HERE / f"answers/privacy.{language}.md", text)
