"""What people do when pairings are up, and how they read what comes back."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final

from tests.chaos.tournament.gestures import button_of, text_of

if TYPE_CHECKING:
    from sandbox.client import Person
    from sandbox.client_outcomes import Outcome
    from tests.chaos.tournament.pairing_files import Match, RoundFile

__all__ = [
    "applied",
    "assign",
    "import_round",
    "read_brief",
    "read_opponent",
    "read_record",
    "read_round_coverage",
    "uploaded",
]

_COVERAGE: Final = {
    "known": re.compile(r"(\d+) of \d+ players? known"),
    "all": re.compile(r"\d+ of (\d+) players? known"),
    "claimed": re.compile(r"(\d+) claimed"),
    "unclaimed": re.compile(r"(\d+) unclaimed"),
    "team": re.compile(r"(\d+) of your team not reported"),
}
_BRIEF: Final = {
    "known": re.compile(r"(\d+) opponents? known"),
    "unknown": re.compile(r"(\d+) unknown"),
    "ourselves": re.compile(r"(\d+) pairings? among ourselves"),
    "bye": re.compile(r"(\d+) byes?\b"),
    "without": re.compile(r"(\d+) without a pairing"),
}
_TITLE: Final = re.compile(r"Round (\d+)(?: · table (\d+))? · (.+)")
_DECK: Final = re.compile(r"^\*\*(.+?)\*\*", re.MULTILINE)
_RECORD: Final = re.compile(r"`(\d+)-(\d+)(?:-\d+)?`")
_BYE: Final = re.compile(r"Round \d+: you have a bye")


async def import_round(captain: Person, number: int, matches: list[Match], file: RoundFile) -> str:
    """Upload a round and apply it; returns what is said when it is up."""
    content = uploaded(file.write(matches, number), f"round.{file.extension}")
    preview = await captain.command("pairings import", round=number, file=content)
    return await applied(captain, preview, "pairings:apply")


def uploaded(text: str, filename: str = "file.txt") -> dict[str, str]:
    """Return a file as the page sends it."""
    return {"filename": filename, "base64": b64encode(text.encode()).decode()}


async def applied(captain: Person, preview: Outcome, beginning: str) -> str:
    """Press the button under a preview; returns what the message says when it is done."""
    text_of(preview)  # it is one, and no error
    message_id, apply = button_of(preview, beginning)
    pressed = await captain.press(message_id, apply)
    assert pressed.ok, pressed.error
    view = await captain.wait_until(lambda view: _title(view.find(message_id)).startswith("✅"))
    message: Any = view.find(message_id)
    return str(message["embeds"][0]["description"])


def _title(message: Any) -> str:
    return "" if message is None else str(message["embeds"][0].get("title", ""))


async def assign(captain: Person, member: int, player: str) -> None:
    """Let a member watch a player."""
    done = await captain.command("assign", member=str(member), player=player)
    assert f"**{player}** from now on" in text_of(done), text_of(done)


def read_opponent(outcome: Outcome) -> tuple[int | None, str | None, str | None]:
    """Read table, opponent and deck out of ``/opponent``; nothing of all that in a bye.

    Of a teammate no deck is shown.
    """
    text = text_of(outcome)
    if _BYE.search(text):
        return None, None, None
    title = _TITLE.search(text)
    assert title is not None, text
    told, deck = text[title.end() :], None
    if "of your own team" not in told and "Nobody has reported" not in told:
        found = _DECK.search(told)
        assert found is not None, text
        deck = found[1]
    return int(title[2]), title[3], deck


def read_record(outcome: Outcome) -> tuple[int, int]:
    """Read wins and losses, the first that are told, out of ``/team record`` or ``/matchup``."""
    text = text_of(outcome)
    found = _RECORD.search(text)
    if found is None:
        assert "No result was told yet" in text, text
        return 0, 0
    return int(found[1]), int(found[2])


def read_round_coverage(outcome: Outcome) -> tuple[int, ...]:
    """Read known, all, claimed, unclaimed, and the team's unreported, out of ``/coverage``."""
    text = text_of(outcome)
    found = {name: pattern.search(text) for name, pattern in _COVERAGE.items()}
    return tuple(int(match[1]) if match else 0 for match in found.values())


def read_brief(outcome: Outcome) -> dict[str, int]:
    """Read the line of figures of ``/round brief``."""
    [line] = [each for each in text_of(outcome).split("\n") if re.match(r"\d+ teammates?\b", each)]
    found = {name: pattern.search(line) for name, pattern in _BRIEF.items()}
    return {name: int(match[1]) for name, match in found.items() if match}
