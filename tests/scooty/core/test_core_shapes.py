"""JSON by the types of dataclasses: what is read, and all that is refused without a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, NewType

import pytest
from pydantic import Field

from scooty.core.shapes import Moment, UnknownShapeError, shape_of

PlayerId = NewType("PlayerId", int)


class Source(StrEnum):
    SEEN = "seen"


class Row(NamedTuple):
    id: PlayerId
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    text: str = field(repr=False)
    source: Source = Source.SEEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    outcome: Literal["found"] = "found"
    player_id: PlayerId
    number: Annotated[int | None, Field(alias="round")] = None
    at: Moment
    notes: tuple[Note, ...] = ()
    row: Row | None = None
    letters: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "letters", sum(len(note.text) for note in self.notes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Nobody:
    outcome: Literal["nobody", "no_event"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Never read: this process's own."""


ANSWERS = shape_of(Found | Nobody | Waiting)
FOUND = b"""{
    "outcome": "found", "player_id": 7, "round": 3, "at": "2026-11-24T10:00:00+02:00",
    "notes": [{"text": "Jane", "source": "seen"}], "row": [7, ["jane"]]
}"""


def test_an_answer_is_read_into_its_class_by_its_outcome() -> None:
    found = ANSWERS.read(FOUND)

    assert found == Found(
        player_id=PlayerId(7),
        number=3,
        at=datetime(2026, 11, 24, 8, tzinfo=UTC),
        notes=(Note(text="Jane"),),
        row=Row(PlayerId(7), ("jane",)),
    )
    assert found.letters == 4
    assert found.at.tzinfo is UTC
    assert ANSWERS.read(b'{"outcome": "no_event"}') == Nobody(outcome="no_event")


def test_what_is_written_is_read_again() -> None:
    found = ANSWERS.read(FOUND)

    assert ANSWERS.read(ANSWERS.write(found)) == found


def test_a_tuple_of_answers_is_read_each_by_its_outcome() -> None:
    answers = shape_of(tuple[Found | Nobody, ...])

    assert answers.read(b'[{"outcome": "nobody"}]') == (Nobody(outcome="nobody"),)
    with pytest.raises(UnknownShapeError):
        answers.read(b'[{"outcome": "Jane"}]')


@pytest.mark.parametrize(
    ("json", "place"),
    [
        (FOUND.replace(b"7, ", b"true, ", 1), "found.player_id: int_type"),
        (FOUND.replace(b"7, ", b'"7", ', 1), "found.player_id: int_type"),
        (FOUND.replace(b'"Jane"', b"12"), "found.notes.0.text: string_type"),
        (FOUND.replace(b'"seen"', b'"Jane"'), "found.notes.0.source: enum"),
        (FOUND.replace(b"+02:00", b""), "found.at: timezone_aware"),
        (FOUND.replace(b'"2026-11-24T10:00:00+02:00"', b"1795000000"), "found.at: datetime_type"),
        (b'{"outcome": "found", "player_id": 7}', "found.at: missing"),
        (b'{"outcome": "Jane"}', "all: union_tag_invalid"),
        (b'{"name": "Jane"}', "all: union_tag_not_found"),
        (b'{"outcome": "nobody"', "all: json_invalid"),
        (b"[]", "all: "),
        (b"null", "all: "),
    ],
)
def test_any_other_shape_is_refused_by_its_place_and_never_by_its_value(
    json: bytes, place: str
) -> None:
    with pytest.raises(UnknownShapeError) as raised:
        ANSWERS.read(json)

    assert place in str(raised.value)
    assert "Jane" not in str(raised.value)
    assert not raised.value.is_newer


def test_an_unknown_field_is_refused_and_a_newer_version_s_is_left_out_where_that_is_asked() -> (
    None
):
    newer = FOUND.replace(b'"outcome"', b'"mood": "Jane", "outcome"').replace(
        b'"source"', b'"size": 1, "source"'
    )

    with pytest.raises(UnknownShapeError) as raised:
        ANSWERS.read(newer)

    assert raised.value.is_newer
    assert "found.mood: unexpected_keyword_argument" in str(raised.value)
    assert ANSWERS.read_known(newer) == ANSWERS.read(FOUND)


def test_a_key_that_may_be_a_name_is_not_in_an_error() -> None:
    with pytest.raises(UnknownShapeError) as raised:
        shape_of(dict[str, int]).read(b'{"Jane Doe": "x"}')

    assert "Jane" not in str(raised.value)


def test_the_schema_tells_answers_apart_by_their_outcome() -> None:
    schema = ANSWERS.schema()

    assert schema["discriminator"]["propertyName"] == "outcome"
    assert set(schema["$defs"]) >= {"Found", "Nobody", "Note"}
