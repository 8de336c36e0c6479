"""The held index by itself: what SQL cannot be made to do yet, and forms that are no index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest

from scooty.core.cached.held_index import HeldIndex
from scooty.core.shapes import shape_of
from scooty.core.suggestions import (
    Index,
    IndexChange,
    IndexedArchetype,
    IndexedOpponent,
    ListedOpponent,
)
from scooty.domain.ids import ArchetypeId, EventId, MemberId, PlayerId, ReportId
from scooty.errors import StorageError

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue

EVENT = EventId(5)
BURN = IndexedArchetype(
    id=ArchetypeId(1),
    name="Burn",
    colours="R",
    report_count=3,
    name_keys=("burn", "red deck wins"),
)


def opponent(number: int, *name_keys: str, report_id: int | None = None) -> IndexedOpponent:
    """A player whose newest report is the later the higher its id."""
    id_ = number if report_id is None else report_id
    return IndexedOpponent(
        player_id=PlayerId(number),
        name=name_keys[0],
        archetype="Burn",
        reporter_id=MemberId(9),
        reporter_name="Sam",
        report_count=1,
        report_id=ReportId(id_),
        reported_us=id_ * 1000,
        name_keys=name_keys,
    )


def change(entry: IndexedOpponent, *, archetype_id: int = 1, event_id: int = EVENT) -> IndexChange:
    return IndexChange(
        event_id=EventId(event_id),
        opponent=entry,
        archetype_id=ArchetypeId(archetype_id),
        archetype_report_count=4,
    )


def held(*opponents: IndexedOpponent) -> HeldIndex:
    return HeldIndex(Index(event_id=EVENT, opponents=opponents, archetypes=(BURN,)))


def names(index: HeldIndex, text_key: str) -> list[str] | None:
    found = index.suggest_opponents(text_key)
    return None if found is None else [each.name for each in found]


def test_a_player_is_found_by_every_spelling_and_once() -> None:
    index = held(opponent(1, "robert jones", "bob jones"), opponent(2, "bobby tables"))

    assert names(index, "bob") == ["bobby tables", "robert jones"]
    assert names(index, "rob") == ["robert jones"]
    assert names(index, "jones bob") == ["robert jones"]


def test_typed_words_have_to_fit_one_spelling_together() -> None:
    index = held(opponent(1, "robert jones", "bob smith"))

    assert names(index, "bob jones") is None


def test_names_that_begin_as_typed_come_before_those_with_a_later_word_that_does() -> None:
    index = held(opponent(1, "jane doe"), opponent(2, "ann jansen"), opponent(3, "jan smit"))

    assert names(index, "jan") == ["jan smit", "jane doe", "ann jansen"]


def test_not_more_than_discord_shows_are_suggested() -> None:
    index = held(*(opponent(number, f"jane {number}") for number in range(1, 40)))

    assert names(index, "") == [f"jane {number}" for number in range(39, 14, -1)]
    assert names(index, "jane") == [f"jane {number}" for number in range(39, 14, -1)]


def test_a_new_spelling_takes_the_place_of_the_former() -> None:
    index = held(opponent(1, "jane doe"))

    assert index.apply(change(opponent(1, "jane roe", report_id=2)))

    assert names(index, "jane doe") is None
    assert names(index, "roe") == ["jane roe"]


def test_a_change_that_is_in_the_copy_already_changes_nothing() -> None:
    index = held(opponent(1, "jane doe"), opponent(2, "jon doe"))

    for _ in range(2):
        assert index.apply(change(opponent(1, "jane doe", report_id=7)))

    assert names(index, "") == ["jane doe", "jon doe"]
    [burn] = index.suggest_archetypes("burn", None) or ()
    assert burn.report_count == 4


def test_a_change_of_another_event_changes_nothing() -> None:
    index = held(opponent(1, "jane doe"))

    assert index.apply(change(opponent(2, "jon doe"), event_id=EVENT + 1))

    assert names(index, "") == ["jane doe"]


def test_a_copy_that_does_not_know_the_archetype_has_to_be_read_anew() -> None:
    assert not held().apply(change(opponent(1, "jane doe"), archetype_id=2))


def test_archetypes_are_found_by_name_alias_and_colours_and_counted_most_first() -> None:
    more = BURN._replace(
        id=ArchetypeId(2), name="Red Prison", report_count=8, name_keys=("red prison",)
    )
    index = HeldIndex(Index(event_id=EVENT, opponents=(), archetypes=(BURN, more)))

    def found(text_key: str, colours: str | None = None) -> list[str] | None:
        suggested = index.suggest_archetypes(text_key, colours)
        return None if suggested is None else [each.name for each in suggested]

    assert found("red") == ["Red Prison", "Burn"]
    assert found("wins red") == ["Burn"]
    assert found("r", "R") == ["Red Prison", "Burn"]
    assert found("blue") is None


def test_an_event_without_reports_suggests_nobody_and_leaves_nothing_to_ask() -> None:
    assert held().suggest_opponents("jane") == ()


ROW: list[JsonValue] = [1, "secret", "Burn", 2, "Sam", 3, 4, 5, ["secret"]]
ROWS: list[JsonValue] = [ROW]
NO_TEXTS: list[JsonValue] = ["secret", 1]


@pytest.mark.parametrize(
    "rows",
    [
        None,
        {},
        ["secret"],
        [[]],
        [ROW[:-1]],
        [[*ROW, 1]],
        [["secret", *ROW[1:]]],
        [[True, *ROW[1:]]],
        [[*ROW[:-1], "secret"]],
        [[*ROW[:-1], NO_TEXTS]],
    ],
)
def test_an_index_of_another_form_is_an_error_that_holds_no_value(rows: JsonValue) -> None:
    assert index_of({"event_id": 1, "opponents": ROWS, "archetypes": []}).opponents
    forms: list[JsonValue] = [{"event_id": 1, "opponents": rows, "archetypes": []}, rows]
    for wrong in forms:
        with pytest.raises(StorageError) as caught:
            index_of(wrong)
        assert "secret" not in str(caught.value)


@pytest.mark.parametrize("missing", ["event_id", "opponent", "archetype_id"])
def test_a_change_of_another_form_is_an_error(missing: str) -> None:
    whole: dict[str, JsonValue] = {
        "event_id": 1,
        "opponent": ROW,
        "archetype_id": 2,
        "archetype_report_count": 3,
    }
    shape = shape_of(IndexChange)
    assert shape.read(orjson.dumps(whole)).opponent.player_id == 1

    with pytest.raises(StorageError):
        shape.read(orjson.dumps({key: value for key, value in whole.items() if key != missing}))


def listed(number: int, *name_keys: str) -> ListedOpponent:
    """A player on the roster of whom nothing was reported."""
    return ListedOpponent(PlayerId(number), name_keys[0], name_keys)


def test_the_first_report_of_a_player_on_the_roster_moves_them_up() -> None:
    roster = (listed(1, "bob zimmer"), listed(2, "ann bobson"))
    index = HeldIndex(
        Index(
            event_id=EVENT,
            opponents=(opponent(3, "bobby tables"),),
            archetypes=(BURN,),
            listed=roster,
        )
    )
    before = names(index, "bob")

    index.apply(change(opponent(2, "ann bobson", report_id=9)))

    assert before == ["bobby tables", "bob zimmer", "ann bobson"]
    assert names(index, "bob") == ["bobby tables", "ann bobson", "bob zimmer"]
    assert names(index, "") == ["ann bobson", "bobby tables", "bob zimmer"]


def test_an_index_that_an_older_program_wrote_has_no_roster() -> None:
    assert index_of({"event_id": 5, "opponents": [], "archetypes": []}).listed == ()


def test_an_index_is_read_as_it_was_written() -> None:
    index = Index(
        event_id=EVENT,
        opponents=(opponent(3, "bobby tables"),),
        archetypes=(BURN,),
        listed=(listed(1, "bob"),),
    )

    assert index_of(orjson.loads(shape_of(Index).write(index))) == index


def index_of(value: JsonValue) -> Index:
    """Read an index."""
    index: Index = shape_of(Index).read(orjson.dumps(value))
    return index
