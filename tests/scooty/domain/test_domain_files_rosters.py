"""Rosters as people have them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scooty.domain.files import FileTooLarge, Reason, RosterFile, Unit, parse_roster
from scooty.domain.files.people import natural_name
from scooty.domain.files.source import lines_of
from scooty.domain.names import name_key

GIVEN = st.sampled_from(["Jane", "Élodie", "Rick", "Anne-Lise", "Bo", "D'Arcy", "Ōta"])
FAMILY = st.sampled_from(["Doe", "Roe", "Van Poe", "O'Moe", "Strøm", "Łow", "Zoe-Foe"])
PEOPLE = st.lists(st.tuples(GIVEN, FAMILY), unique=True, min_size=1, max_size=12)


def read(content: bytes | str) -> RosterFile:
    found = parse_roster(content)
    assert not isinstance(found, FileTooLarge)
    return found


def names(content: bytes | str) -> list[str]:
    return [entry.person.name for entry in read(content).entries]


@pytest.mark.parametrize(
    "content",
    [
        "Jane Doe\nRick Roe\n",
        "Doe, Jane\r\nRoe, Rick",
        "1. Doe, Jane\n2. Roe, Rick",
        "1) Jane Doe\n\n2) Rick Roe",
        "1 Jane Doe\n2 Rick Roe",
        "1\tJane Doe\tFR\n2\tRick Roe\tBE",
        "- Jane Doe\n- Rick Roe",
        "Name\nDoe, Jane\nRoe, Rick",
        'Country,Player Name\nFR,"Doe, Jane"\nBE,"Roe, Rick"',
        "Prénom;Nom;Pays\nJane;Doe;FR\nRick;Roe;BE",
        "Nom de famille\tPrénom\nDoe\tJane\nRoe\tRick",
        "Open of Nowhere\nRang,Joueur,Pseudo\n1,Jane Doe,jdoe\n2,Rick Roe,rick",
        '["Jane Doe", "Doe, Jane", "Rick Roe"]',
        '{"players": [{"name": "Jane Doe"}, {"DisplayName": "Roe, Rick"}]}',
        '[{"firstName": "Jane", "lastName": "Doe"}, {"firstName": "Rick", "lastName": "Roe"}]',
    ],
)
def test_a_roster_in_any_usual_form_names_its_players(content: str) -> None:
    assert names(content) == ["Jane Doe", "Rick Roe"]


def test_a_handle_beside_the_name_is_kept() -> None:
    (entry,) = read("Name,Username\nJane Doe,jdoe#12345").entries

    assert (entry.number, entry.person.username) == (2, "jdoe#12345")


def test_a_number_that_begins_a_handle_is_part_of_it() -> None:
    assert names("4 Aces\nJane Doe") == ["4 Aces", "Jane Doe"]


def test_a_dash_or_a_number_inside_a_name_is_no_numbering() -> None:
    assert names("Jane - Doe\nRick  2) Roe") == ["Jane - Doe", "Rick 2) Roe"]


def test_what_is_not_used_is_listed_with_its_line_and_reason() -> None:
    found = read('Name,Country\nJane Doe,FR\nRoe, Rick,BE\n"",FR\n\nDOE JANE,FR\nDoe  Jane,FR')

    assert [(one.number, one.reason) for one in found.skipped] == [
        (1, Reason.HEADING),
        (3, Reason.BROKEN_ROW),
        (4, Reason.NO_NAME),
        (7, Reason.REPEATED),
    ]


def test_broken_json_is_not_taken_for_names() -> None:
    found = read('[{"name": "Jane Doe"},\n{"name": "Rick')

    assert found.entries == ()
    assert [one.reason for one in found.skipped] == [Reason.BROKEN_JSON, Reason.BROKEN_JSON]


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '[{"name": ' + "9" * 5000 + "}]", '["\\ud800"]']
)
def test_json_made_to_break_a_parser_is_skipped(content: str) -> None:
    found = read(content)

    assert found.entries == ()
    assert len(found.skipped) == 1


def test_a_name_above_the_limit_is_skipped() -> None:
    assert read("x" * 101).skipped[0].reason is Reason.NAME_TOO_LONG


@settings(deadline=None)
@given(st.text(max_size=300) | st.binary(max_size=300))
def test_every_line_or_object_of_any_text_is_used_or_skipped(content: str | bytes) -> None:
    found = read(content)
    numbers = [one.number for one in found.entries] + [one.number for one in found.skipped]

    assert len(numbers) == len(set(numbers))
    if found.numbered_by is Unit.LINE and isinstance(content, str):
        text = content.removeprefix("\ufeff").replace("\0", "")
        assert sorted(numbers) == [line.number for line in lines_of(text)]


@settings(deadline=None)
@given(PEOPLE, st.sampled_from(["lines", "numbered", "csv", "tsv", "french", "json"]))
def test_what_is_written_in_a_known_form_is_read_back(
    people: list[tuple[str, str]], form: str
) -> None:
    assert names(render(people, form)) == [f"{first} {last}" for first, last in people]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_turning_a_name_round_keeps_its_key(text: str) -> None:
    turned = natural_name(text)

    assert "," in turned or name_key(turned) == name_key(text)


def render(people: list[tuple[str, str]], form: str) -> str:
    if form == "lines":
        return "\n".join(f"{last}, {first}" for first, last in people)
    if form == "numbered":
        return "\n".join(f"{at}. {first} {last}" for at, (first, last) in enumerate(people, 1))
    if form == "json":
        return json.dumps([{"id": at, "name": f"{f} {n}"} for at, (f, n) in enumerate(people)])
    text = io.StringIO()
    writer = csv.writer(text, delimiter={"csv": ",", "tsv": "\t", "french": ";"}[form])
    if form == "french":
        writer.writerows([("Nom", "Prénom"), *((last, first) for first, last in people)])
    else:
        writer.writerows([("Id", "Player"), *((7, f"{last}, {first}") for first, last in people)])
    return text.getvalue()
