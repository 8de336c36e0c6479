"""100,000 generated inputs for each format: nothing raises, and every line is accounted for."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Final, TypeAlias

import pytest

from scooty.domain.files import (
    DecklistFile,
    FileTooLarge,
    PairingsFile,
    RosterFile,
    StandingsFile,
    Unit,
    parse_decklist,
    parse_pairings,
    parse_roster,
    parse_standings,
)
from scooty.domain.files.source import lines_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(300)]

INPUTS: Final = 100_000
SEED: Final = 20_261_124
Parsed: TypeAlias = RosterFile | PairingsFile | StandingsFile | DecklistFile
PARSERS: Final[dict[str, Callable[[bytes | str], Parsed | FileTooLarge]]] = {
    "roster": parse_roster,
    "pairings": parse_pairings,
    "standings": parse_standings,
    "decklist": parse_decklist,
}
PIECES: Final = (
    *("Doe, Jane", "Rick Roe", "Élodie O'Poe", "jdoe#12345", "4 Aces", "Doe / Roe / Poe", "Bye"),
    *(" ", "  ", "\t", ",", ";", "|", "\n", "\n\n", "\r\n", "\r", " - ", " vs. ", " vs ", " v "),
    *("12", "(9)", "3-0-1", "66.5%", "999999999", "\u0661\u0662", "\u00b2", "1e999", "NaN"),
    *("Jane Doe won 2-1-0", "1-1-0 Draw", "Not reported", "was awarded a bye", "Round 5"),
    *("Table,Player 1,Player 2,Result\n", "Rank\tName\tPoints\n", "Nom;Prénom\n", "Name\n"),
    *("4 Moth (DOM) 207\n", "SB: 2 Lamp\n", "Sideboard\n", "Companion\n", "Deck\n", "60 Plains\n"),
    *('"', "'", "[", "]", "{", "}", ":", "null", "true", '"name"', '"Team"', '"Players"'),
    *('[{"name": "Jane Doe"}]', '{"tables": [', '{"Competitors": [', '"table": "Byes"'),
    *("\0", "\ufeff", "\u202e", "\u200d", "\ud800", "\u2028", "\x85", "\x1c", "İ", "ß", "🦋"),
)
JSON_KEYS: Final = (
    *("name", "DisplayName", "Username", "Team", "Players", "players", "tables", "table", "round"),
    *("Competitors", "TableNumber", "ResultString", "winner", "standing", "points", "decklist"),
    *("playerName1", "playerName2", "Player1", "Player2", "Result", "Rank", "data", "content"),
)
JSON_LEAVES: Final = ("null", "true", "7", "-1", "1e999", "NaN", "9" * 30, '"Jane Doe"', '""')


def texts(rng: random.Random) -> str | bytes:
    kind = rng.random()
    if kind < 0.4:
        return "".join(rng.choices(PIECES, k=rng.randrange(12)))
    if kind < 0.8:
        return f"[{json_value(rng, 3)}, {json_value(rng, 4)}]"
    if kind < 0.9:
        return rng.randbytes(rng.randrange(60))
    line = "".join(rng.choices(PIECES, k=4))
    return "\n".join([line] * rng.randrange(1, 5))


def json_value(rng: random.Random, depth: int) -> str:
    kind = rng.random()
    if depth == 0 or kind < 0.15:
        return rng.choice(JSON_LEAVES)
    if kind < 0.45:
        return f"[{', '.join(json_value(rng, depth - 1) for _ in range(rng.randrange(4)))}]"
    pairs = (
        f'"{rng.choice(JSON_KEYS)}": {json_value(rng, depth - 1)}' for _ in range(rng.randrange(5))
    )
    return f"{{{', '.join(pairs)}}}"


@pytest.mark.parametrize("form", PARSERS)
def test_no_generated_input_raises_or_loses_a_line(form: str) -> None:
    rng, counts = random.Random(f"{SEED} {form}"), Counter[str]()  # noqa: S311 - a fixed seed

    for _ in range(INPUTS):
        content = texts(rng)
        found = PARSERS[form](content)
        assert not isinstance(found, FileTooLarge)
        account(content, found, counts)

    print(f"\n{form}: {INPUTS} inputs, {dict(sorted(counts.items()))}")  # noqa: T201 - the drill's finding
    assert counts["entries"] > INPUTS / 100
    assert counts["skipped"] > INPUTS / 10


def account(content: str | bytes, found: Parsed, counts: Counter[str]) -> None:
    numbers = [one.number for one in found.entries] + [one.number for one in found.skipped]
    assert len(numbers) == len(set(numbers)), content
    counts["entries"] += len(found.entries)
    counts["skipped"] += len(found.skipped)
    counts.update(f"skipped {one.reason}" for one in found.skipped)
    if isinstance(found, DecklistFile) or found.numbered_by is Unit.LINE:
        text = text_of(content)
        assert isinstance(text, str)
        assert sorted(numbers) == [line.number for line in lines_of(text)], content
    else:
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), content
