"""Files of reports: every line is used or listed, and what was exported comes back."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scooty.domain.exports import Sheet, neutralise, restore, to_csv
from scooty.domain.files import FileTooLarge, Reason, ReportsFile, Unit, parse_reports
from scooty.domain.files.source import lines_of
from scooty.domain.observations import Confidence, Source
from scooty.features.exports.rules import REPORT_COLUMNS

_WORDS = ("player", "archetype", "Jane", "=1", "'=1", ",", ";", '"', "\n", "\t", "{", "[", "3")
_NAMES = st.sampled_from(["Jane Doe", "Doe, Jane", '=HYPERLINK("x","y")', "'=1", "''+1", "O'Moe"])
_TEXTS = st.none() | st.sampled_from(["keeps four", "+1 card", "'-1", "a; b, c"])


def read(content: bytes | str) -> ReportsFile:
    found = parse_reports(content)
    assert not isinstance(found, FileTooLarge)
    return found


def reason(**row: object) -> Reason:
    """Return why an object is not used."""
    parsed = read(json.dumps([{"player": "Jane Doe", "archetype": "Burn", **row}]))
    assert parsed.entries == ()
    return parsed.skipped[0].reason


@pytest.mark.parametrize(
    "content",
    [
        "player,archetype,round\nJane Doe,Burn,3",
        "Joueur;Archétype;Ronde\nJane Doe;Burn;R3",
        "Opponent\tRound\tDeck\nJane Doe\t3.0\tBurn",
        "Prénom,Nom,Deck,Ronde\nJane,Doe,Burn,ronde 3",
        '{"reports": [{"player": "Jane Doe", "archetype": "Burn", "round": 3}], "players": [{}]}',
        '[{"name": "Jane Doe", "deck": "Burn", "round": "3"}]',
    ],
)
def test_a_table_in_either_language_is_read_by_the_meaning_of_its_headers(content: str) -> None:
    (entry,) = read(content).entries

    assert (entry.player, entry.archetype, entry.round_number) == ("Jane Doe", "Burn", 3)


@pytest.mark.parametrize("source", ["played", "Played against", "affronté"])
@pytest.mark.parametrize("confidence", ["guess", "a guess", "supposition"])
def test_sources_and_confidences_are_read_as_commands_call_them(
    source: str, confidence: str
) -> None:
    (entry,) = read(f"player,deck,source,confidence\nJ,Burn,{source},{confidence}").entries

    assert (entry.source, entry.confidence) == (Source.PLAYED, Confidence.GUESS)


def test_what_a_file_does_not_say_is_nothing() -> None:
    (entry,) = read("player,archetype,colours,reporter_id,reported_at\nJane,Burn,,,").entries

    assert (entry.colours, entry.reporter_id, entry.reported_at) == (None, None, None)


def test_a_colourless_deck_of_an_export_stays_colourless() -> None:
    (entry,) = read('[{"player": "Jane", "archetype": "Tron", "colours": ""}]').entries

    assert entry.colours == ""


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"player": "—"}, Reason.NO_NAME),
        ({"player": "x" * 101}, Reason.NAME_TOO_LONG),
        ({"archetype": ""}, Reason.NO_ARCHETYPE),
        ({"archetype": "x" * 101}, Reason.TEXT_TOO_LONG),
        ({"comment": "x" * 501}, Reason.TEXT_TOO_LONG),
        ({"round": 31}, Reason.BAD_VALUE),
        ({"table": "the red one"}, Reason.BAD_VALUE),
        ({"source": "dreamt"}, Reason.BAD_VALUE),
        ({"confidence": "perhaps"}, Reason.BAD_VALUE),
        ({"colours": "purple"}, Reason.BAD_VALUE),
        ({"reporter_id": "-1"}, Reason.BAD_VALUE),
        ({"reporter_id": str(2**63)}, Reason.BAD_VALUE),
        ({"reporter_id": "Sam"}, Reason.BAD_VALUE),
        ({"reported_at": "yesterday"}, Reason.BAD_VALUE),
        ({"reported_at": "0001-01-01T00:00:00+14:00"}, Reason.BAD_VALUE),
        ({"reported_at": "1999-01-01"}, Reason.BAD_VALUE),
    ],
)
def test_what_cannot_be_is_listed_with_its_reason(row: dict[str, object], expected: Reason) -> None:
    assert reason(**row) is expected


def test_names_without_headers_are_not_guessed_at() -> None:
    parsed = read("Jane Doe  Burn\nRick Roe  Tron")

    assert [each.reason for each in parsed.skipped] == [Reason.NOT_UNDERSTOOD] * 2


@given(
    st.text(max_size=300)
    | st.binary(max_size=300)
    | st.lists(st.sampled_from(_WORDS), max_size=60).map("".join)
    | st.lists(st.sampled_from(_WORDS), max_size=60).map(
        lambda words: "player,archetype,round,reported_at,colours\n" + "".join(words)
    )
)
def test_every_line_or_object_of_any_text_is_used_or_listed(content: str | bytes) -> None:
    parsed = read(content)

    used = [each.number for each in parsed.entries]
    numbers = sorted(used + [each.number for each in parsed.skipped])
    assert len(numbers) == len(set(numbers))
    if parsed.numbered_by is Unit.LINE and isinstance(content, str):
        text = content.removeprefix("\ufeff").replace("\0", "")
        assert numbers == [line.number for line in lines_of(text)]


@given(st.lists(st.tuples(_NAMES, _TEXTS, st.none() | st.integers(1, 30)), max_size=8))
def test_what_was_exported_comes_back_from_csv(
    rows: list[tuple[str, str | None, int | None]],
) -> None:
    at = datetime(2026, 11, 24, 10, 30, 0, 123456, tzinfo=UTC)
    known = {"archetype": "Burn", "source": "told", "confidence": "likely", "reporter": "Sam"}
    full = [
        {**known, "player": name, "comment": comment, "round": number, "reporter_id": "7"}
        | {"reported_at": at.isoformat()}
        for name, comment, number in rows
    ]
    table = tuple(tuple(row.get(column) for column in REPORT_COLUMNS) for row in full)
    written = to_csv(Sheet(name="reports", columns=REPORT_COLUMNS, rows=table))

    parsed = read(written)

    assert [(e.player, e.comment, e.round_number) for e in parsed.entries] == rows
    assert all(e.reported_at == at and e.reporter_id == 7 for e in parsed.entries)


@given(st.text(alphabet="'=+ \tx", max_size=8) | st.text(max_size=20))
def test_any_text_is_restored_as_it_was(text: str) -> None:
    assert restore(str(neutralise(text))) == text


def test_a_table_that_somebody_saved_again_in_another_order_is_restored_too() -> None:
    written = io.StringIO()
    csv.writer(written).writerows([("archetype", "player"), ("Burn", "'=1+1")])

    (entry,) = read(written.getvalue()).entries

    assert entry.player == "=1+1"
