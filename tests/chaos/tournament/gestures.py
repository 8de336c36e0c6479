"""What people do at their pages, and how they read what comes back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import aiohttp

from tests.chaos.tournament.model import ModelReport

if TYPE_CHECKING:
    from sandbox.client import Person
    from sandbox.client_outcomes import Outcome
    from tests.chaos.tournament.model import TeamModel

__all__ = [
    "button_of",
    "confirmed",
    "delete",
    "download",
    "edit",
    "read_contributors",
    "read_coverage",
    "read_field",
    "scout",
    "text_of",
    "undo",
]

_FIELD_LINE: Final = re.compile(
    r"`[█░]+` (?:[\d.]+\N{NARROW NO-BREAK SPACE}?% \((\d+)\)|(\d+)) · \*\*(.+?)\*\*"
)
_SCOUT_LINE: Final = re.compile(r"<@(\d+)> · (\d+) players? · (\d+) reports?")
_COVERAGE: Final = re.compile(r"(\d+) of (\d+) players? (?:is|are) known")


def text_of(outcome: Outcome) -> str:
    """Return all that a person reads."""
    assert outcome.ok, outcome.error
    assert outcome.message is not None
    embeds = outcome.message["embeds"]
    return "\n".join(
        [outcome.content, *(f"{e.get('title', '')}\n{e.get('description', '')}" for e in embeds)]
    )


def button_of(outcome: Outcome, beginning: str) -> tuple[str, str]:
    """Return message and id of the first button whose id begins so."""
    assert outcome.message is not None, outcome.error
    for row in outcome.message["components"]:
        for button in row["components"]:
            if str(button.get("custom_id", "")).startswith(beginning):
                return outcome.message["id"], button["custom_id"]
    raise AssertionError(f"no {beginning} in {outcome.message['components']}\n{text_of(outcome)}")


async def confirmed(person: Person, asked: Outcome, beginning: str) -> Outcome:
    """Press the button that a preview or a question ends with."""
    outcome = await person.press(*button_of(asked, beginning))
    assert outcome.ok, outcome.error
    return outcome


async def scout(  # noqa: PLR0913 - a report has that many parts
    person: Person,
    who: int,
    model: TeamModel,
    player: str,
    archetype: str,
    *,
    round_number: int,
    source: str = "seen",
    confidence: str = "sure",
    comment: str | None = None,
    typed: str | None = None,
) -> tuple[ModelReport, Outcome]:
    """Report somebody, and note it in the model."""
    options: dict[str, Any] = {"opponent": typed or player, "archetype": archetype}
    options |= {"round": round_number, "source": source, "confidence": confidence}
    if comment is not None:
        options["comment"] = comment
    outcome = await person.command("scout", **options)
    _, undo_id = button_of(outcome, "scout:undo")
    report = ModelReport(
        id=int(undo_id.rpartition(":")[2]),
        player=player,
        archetype=archetype,
        reporter=who,
        round=round_number,
        source=source,
        confidence=confidence,
        comment=comment,
    )
    model.report(report)
    return report, outcome


async def undo(person: Person, model: TeamModel, report: ModelReport, outcome: Outcome) -> None:
    """Press Undo under a report."""
    undone = await person.press(*button_of(outcome, "scout:undo"))
    assert text_of(undone).startswith("\n↩️"), text_of(undone)
    model.reports[report.id].counts = False


async def edit(person: Person, model: TeamModel, report: ModelReport, **changes: str) -> None:
    """Change fields of a report in its form."""
    opened = await person.command("report edit", report=str(report.id))
    assert opened.modal is not None, text_of(opened)
    fields = {field["custom_id"]: field.get("value") or "" for field in _inputs(opened.modal)}
    saved = await person.submit(opened, **{**fields, **changes})
    assert "✅" in text_of(saved), text_of(saved)
    kept = model.reports[report.id]
    kept.archetype = changes.get("archetype", kept.archetype)
    kept.comment = changes.get("comment", kept.comment or "") or None


def _inputs(part: Any) -> list[Any]:
    """Find the inputs of a form, however they are wrapped."""
    if isinstance(part, list):
        return [each for one in part for each in _inputs(one)]
    if not isinstance(part, dict):
        return []
    if part.get("type") == 4:
        return [part]
    return [each for one in part.values() for each in _inputs(one)]


async def delete(captain: Person, model: TeamModel, report: ModelReport) -> None:
    """Delete somebody's report."""
    asked = await captain.command("report delete", report=str(report.id))
    await confirmed(captain, asked, "report:")
    model.reports[report.id].counts = False


async def download(outcome: Outcome) -> bytes:
    """Fetch the file of an answer."""
    assert outcome.message is not None, outcome.error
    (attachment,) = outcome.message["attachments"]
    async with (
        aiohttp.ClientSession() as session,
        session.get(attachment["url"], raise_for_status=True) as response,
    ):
        return await response.read()


def read_field(outcome: Outcome) -> dict[str, int]:
    """Read players by archetype out of ``/stats``."""
    found = _FIELD_LINE.findall(text_of(outcome))
    return {name: int(shared or bare) for shared, bare, name in found}


def read_coverage(outcome: Outcome) -> tuple[int, int]:
    """Read known and seen players out of ``/stats``."""
    match = _COVERAGE.search(text_of(outcome))
    assert match is not None, text_of(outcome)
    return int(match[1]), int(match[2])


def read_contributors(outcome: Outcome) -> dict[int, tuple[int, int]]:
    """Read reports and players by reporter out of ``/stats by:scout``."""
    found = _SCOUT_LINE.findall(text_of(outcome))
    return {int(who): (int(reports), int(players)) for who, players, reports in found}
