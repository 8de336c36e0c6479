"""Every answer of ``/predict``, in both languages, in two files that people review.

Run with ``SCOOTY_REWRITE_ANSWERS=1`` to write the files anew, then read what changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.desk_fixture.desk import CAPTAIN
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scooty.core.dispatch import Conclusion
    from tests.desk_fixture.desk import TeamDesk

HERE = Path(__file__).parent / "answers"
NOTED = {
    "Boros Energy": "Guide of Souls, Ragavan",
    "Jeskai Control": "Counterspell; Teferi, Ragavan",
    "Mill": "Hedron Crab, Ragavan",
}


def note(desk: TeamDesk) -> None:
    """Let each archetype's reports name its cards, one of them *as markdown*."""
    with psycopg.connect(desk.dsn, autocommit=True) as connection:
        for archetype, cards in NOTED.items():
            connection.execute(
                """
                update scooty_private.reports r set key_cards = %s
                from scooty_private.archetypes a
                where r.guild_id = %s and a.id = r.archetype_id and a.name = %s
                """,
                (cards, desk.guild_id, archetype),
            )
        connection.execute(
            """
            insert into scooty_private.decklists (
              guild_id, event_id, player_id, main, side, added_by
            )
            select guild_id, event_id, player_id,
              '[{"count": 4, "card": "Ragavan, Nimble *Pilferer*"}]', '[]', 7
            from scooty_private.reports where guild_id = %s order by id limit 1
            on conflict do nothing
            """,
            (desk.guild_id,),
        )


async def story(desk: TeamDesk) -> AsyncIterator[tuple[str, Conclusion]]:
    """One event, from nothing known to a sure report."""
    yield "no event", await desk.command("predict", player="Jane *Doe*", cards="Ragavan")
    await desk.open_event("Spring *Open*")
    yield "nobody of that name", await desk.command("predict", player="Jane *Doe*")
    yield "few decks", await desk.command("predict", player="Jane *Doe*", cards="Ragavan")
    decks = list(NOTED)
    for number in range(12):
        await desk.scouted(f"Rival {number}", decks[number % 3])
    await desk.scouted("Jane *Doe*", "Boros Energy")
    note(desk)
    yield "sure, no cards", await desk.command("predict", player="jane *doe*")
    yield (
        "sure, other cards",
        await desk.command("predict", player="jane *doe*", cards="Counterspell, Teferi"),
    )
    yield (
        "several alike",
        await desk.command("predict", player="Rival", cards="Ragavan, Storm _Crow_"),
    )
    await desk.open_event("Summer *Open*")
    for number in range(12):
        await desk.scouted(f"Rival {number}", decks[number % 3])
    note(desk)
    yield "only a past", await desk.command("predict", player="jane *doe*")
    yield (
        "cards and a past",
        await desk.command("predict", player="jane *doe*", cards="4 Counterspell\nTeferi"),
    )
    await desk.scouted("Somebody *New*", "Mill", confidence="guess")
    yield "no clue", await desk.command("predict", player="somebody *new*")
    yield (
        "a guess was reported",
        await desk.command("predict", player="somebody *new*", cards="Hedron Crab, ragavan"),
    )
    yield "misspelt", await desk.command("predict", player="Somebdy Nw")
    yield "typing", await desk.typing("predict", "player", player="somebody")
    yield "no letter", await desk.command("predict", player="?!")
    yield "long", await desk.command("predict", player="Jane", cards="a" * 501)
    await desk.command("event phase", by=CAPTAIN, phase="draft")
    yield "draft", await desk.command("predict", player="jane *doe*", cards="Ragavan")


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_answer_reads_as_it_was_reviewed(language: str, team_desk: TeamDesk) -> None:
    desk = team_desk if language == "en" else team_desk.in_french()

    parts = [f"## {case}\n{as_text(done.response)}" async for case, done in story(desk)]
    text = "\n\n".join(parts) + "\n"

    assert text == reviewed(HERE / f"predict.{language}.md", text)
