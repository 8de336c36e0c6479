"""Every answer of every command, in both languages, in two files that people read and review.

Run with ``SCOOTY_REWRITE_ANSWERS=1`` to write the files anew, then read what changed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from actors.discord_gateway.limits import find_breach
from scooty.core.mishaps import command_crashed, command_timed_out, permit_denied
from scooty.core.storage.port import NoActiveEvent
from scooty.domain.ids import PlayerId, ReportId
from scooty.errors import StorageUnavailable, WriteNotQueued
from scooty.features.events.calls import EventCreated, EventNameTaken, EventQueued
from scooty.features.registry import route
from scooty.features.reports.calls.looking_up import (
    NobodyFound,
    OnlyQueued,
    PlayerMatch,
    SeveralPlayers,
)
from scooty.features.reports.calls.recording import (
    DraftGone,
    NotYourReport,
    ReportGone,
    ReportQueued,
    ReportRecorded,
    ReportUndone,
    UndoQueued,
)
from scooty.features.stats.calls import EventStats
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import InteractionAction

HERE = Path(__file__).parent
AWAY = StorageUnavailable("connection refused", may_have_been_saved=False)
FULL = WriteNotQueued("full", why="full", may_have_been_saved=False)
DISK = WriteNotQueued("disk full", why="disk", may_have_been_saved=False)
LOST = StorageUnavailable("no answer", may_have_been_saved=True)
SCOUT = {"opponent": "Jane Doe", "archetype": "Jeskai Control"}
CREATE = "admin create-event"


def situations(g: Any, known: Any) -> dict[str, tuple[InteractionAction, dict[str, Any]]]:
    """Each situation: what somebody does, and what storage answers."""
    card = known.card()
    scout, check = g.command("scout", **SCOUT), g.command("check", name="Jane Doe")
    create = g.command(CREATE, name="RC Lyon")
    undo, pick = g.press("scout:undo@1:98"), g.press("scout:pick@1:77:2")
    open_player = g.choose("check:open@1", "7")
    near = PlayerMatch(player_id=PlayerId(7), name="Jane Doe", archetype="Jeskai Control")
    other = PlayerMatch(player_id=PlayerId(8), name="Jon Doe", archetype="Burn")
    recorded = ReportRecorded(report_id=ReportId(98), card=card)
    differs = ReportRecorded(
        report_id=ReportId(98),
        card=known.card(conflicts=("Izzet Phoenix",)),
    )
    waits = known.queued()
    also_waits = replace(waits, opponent="Jon Doe", archetype="Burn", comment=None)
    captain = {"administrator": True}
    earlier = known.event.created_at
    return {
        "/scout: saved": (scout, {"outcome": recorded}),
        "/scout: saved, differs": (scout, {"outcome": differs}),
        "/scout: unknown archetype": (
            g.command("scout", opponent="Jane Doe", archetype="*Jeskia*"),
            {"outcome": known.unknown("Jeskai Control", "Jeskai Energy", "Jund")},
        ),
        "/scout: unknown archetype, nothing near": (scout, {"outcome": known.unknown()}),
        "/scout: no active event": (scout, {"outcome": NoActiveEvent()}),
        "/scout: opponent left empty": (g.command("scout", **SCOUT | {"opponent": " \u200b "}), {}),
        "/scout: archetype too long": (g.command("scout", **SCOUT | {"archetype": "x" * 101}), {}),
        "/scout: comment too long": (g.command("scout", **SCOUT, comment="x" * 501), {}),
        "/scout: database away": (scout, {"outcome": AWAY}),
        "/scout: database's answer lost": (scout, {"outcome": LOST}),
        "/scout: queued": (scout, {"outcome": ReportQueued(report=waits)}),
        "/scout: too many are queued": (scout, {"outcome": FULL}),
        "/scout: the disk takes nothing": (scout, {"outcome": DISK}),
        "/scout: in a direct message": (scout, {"guild_id": None}),
        "pick an archetype: saved": (pick, {"outcome": recorded}),
        "pick an archetype: queued": (pick, {"outcome": ReportQueued(report=waits)}),
        "pick an archetype: queued unseen": (pick, {"outcome": ReportQueued(report=None)}),
        "pick an archetype: draft gone": (pick, {"outcome": DraftGone()}),
        "pick an archetype: no active event": (pick, {"outcome": NoActiveEvent()}),
        "pick an archetype: database away": (pick, {"outcome": AWAY}),
        "undo: undone": (
            undo,
            {"outcome": ReportUndone(player_name="Jane Doe", archetype="Jeskai Control")},
        ),
        "undo: queued": (undo, {"outcome": UndoQueued()}),
        "undo: gone": (undo, {"outcome": ReportGone()}),
        "undo: not yours": (undo, {"outcome": NotYourReport()}),
        "undo: database away": (undo, {"outcome": AWAY}),
        "/check: found": (check, {"outcome": card}),
        "/check: found, conflict": (check, {"outcome": known.card(conflicts=("Burn", "Jund"))}),
        "/check: found, one more is queued": (check, {"outcome": replace(card, queued=(waits,))}),
        "/check: only a queued one, database away": (
            check,
            {"outcome": OnlyQueued(reports=(waits,), database_away=True)},
        ),
        "/check: only queued ones of two players": (
            check,
            {"outcome": OnlyQueued(reports=(waits, also_waits), database_away=False)},
        ),
        "/check: several": (check, {"outcome": SeveralPlayers(matches=(near, other))}),
        "/check: a near miss": (check, {"outcome": SeveralPlayers(matches=(near,))}),
        "/check: nobody": (check, {"outcome": NobodyFound()}),
        "/check: found, database away": (
            check,
            {"outcome": replace(known.card(conflicts=("Burn",)), as_of=earlier)},
        ),
        "/check: several, database away": (
            check,
            {"outcome": SeveralPlayers(matches=(near, other), as_of=earlier)},
        ),
        "/check: nobody, database away": (check, {"outcome": NobodyFound(as_of=earlier)}),
        "/check, chosen: gone, database away": (
            open_player,
            {"outcome": NobodyFound(as_of=earlier)},
        ),
        "/check: no active event": (check, {"outcome": NoActiveEvent()}),
        "/check: name left empty": (g.command("check", name="\u202e"), {}),
        "/check: name too long": (g.command("check", name="x" * 101), {}),
        "/check: database away": (check, {"outcome": AWAY}),
        "/check: in a direct message": (check, {"guild_id": None}),
        "open a player: found": (open_player, {"outcome": card}),
        "open a player: gone": (open_player, {"outcome": NobodyFound()}),
        "open a player: no active event": (open_player, {"outcome": NoActiveEvent()}),
        "open a player: database away": (open_player, {"outcome": AWAY}),
        "/admin create-event: created": (
            create,
            {"outcome": EventCreated(event=known.event, previous=None), **captain},
        ),
        "/admin create-event: created, another closed": (
            create,
            {"outcome": EventCreated(event=known.event, previous="RC Turin"), **captain},
        ),
        "/admin create-event: queued": (
            create,
            {"outcome": EventQueued(name="RC Lyon"), **captain},
        ),
        "/admin create-event: name taken": (
            create,
            {"outcome": EventNameTaken(event=known.event), **captain},
        ),
        "/admin create-event: name left empty": (g.command(CREATE, name=" "), captain),
        "/admin create-event: name too long": (g.command(CREATE, name="x" * 101), captain),
        "/admin create-event: not an administrator": (create, {}),
        "/admin create-event: database away": (create, {"outcome": AWAY, **captain}),
        "/admin create-event: database's answer lost": (create, {"outcome": LOST, **captain}),
        "/stats: by archetype": (g.command("stats"), {"outcome": known.stats()}),
        "/stats: by colour": (g.command("stats", by="colour"), {"outcome": known.stats()}),
        "/stats: by scout": (g.command("stats", by="scout"), {"outcome": known.stats()}),
        "/stats: few are known": (g.command("stats"), {"outcome": known.stats(burn=3)}),
        "/stats: nobody yet": (
            g.command("stats"),
            {"outcome": EventStats(event=known.event, seen=0, archetypes=(), scouts=())},
        ),
        "/stats: some are queued, database away": (
            g.command("stats"),
            {"outcome": replace(known.stats(), queued=2, as_of=earlier)},
        ),
        "/stats: no active event": (g.command("stats"), {"outcome": NoActiveEvent()}),
        "/stats: database away": (g.command("stats"), {"outcome": AWAY}),
        "/ping": (g.command("ping"), {}),
        "/ping in detail": (g.command("ping", detail=True), {}),
        "unknown command": (g.command("frobnicate"), {}),
        "button of an older version": (g.press("scout:undo@0:98"), {}),
        "button of another bot": (g.press("whatever"), {}),
        "button without its argument": (g.press("scout:undo@1"), {}),
        "list with a foreign value": (g.choose("check:open@1", "Jane"), {}),
    }


@pytest.mark.parametrize(("locale", "language"), [("en-US", "en"), ("fr", "fr")])
async def test_every_answer_reads_as_it_was_reviewed(
    locale: str,
    language: str,
    ask: Any,
    gestures: Any,
    known: Any,
) -> None:
    pages = []
    for name, (action, how) in situations(gestures, known).items():
        conclusion = await ask(action, locale=locale, **how)
        assert find_breach(conclusion.response, attachment_size_limit=0) is None, name
        pages.append(f"## {name} [{conclusion.verdict}]\n{as_text(conclusion.response)}\n")
    for path in ("scout", "check", CREATE):
        way = route(gestures.command(path))
        for name, conclusion in {
            "a bug": command_crashed(way, locale, reference="7f3a-1"),
            "no answer in time": command_timed_out(way, locale),
            "too many at once": permit_denied(way, locale, retry_at=known.event.created_at),
            "too many at once in the server": permit_denied(
                way, locale, retry_at=known.event.created_at, by_server=True
            ),
        }.items():
            pages.append(
                f"## /{path}: {name} [{conclusion.verdict}]\n{as_text(conclusion.response)}\n"
            )
    text = "\n".join(pages)

    assert text == reviewed(HERE / f"answers.{language}.md", text)
