"""Every SQL function that people cause is declared, and each declaration fits its function."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import psycopg
import pytest

import scooty.features.registry  # noqa: F401 - declares all calls
from scooty.core.call import Call, Write
from scooty.core.shapes import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

UNDECLARED: Final = frozenset(
    {
        *("claim_fire", "read_job", "renew_fire", "set_job_paused", "settle_fire"),
        *("release_lease", "take_lease"),
        *("list_active_guilds", "list_boards", "list_digests", "list_unannounced_rounds"),
        *("close_idle_events", "expire_event", "expire_rest", "note_archive", "unarchived_events"),
        *("health", "list_api_keys", "retire_older_keys", "schema_history"),
    }
)
"""What the program's own jobs, leases, ledger and console call by name."""


def declared(kind: type[Call[Any]]) -> Iterator[type[Call[Any]]]:
    for each in kind.__subclasses__():
        # A dataclass with slots is made twice; the one that its module has counts.
        is_final = getattr(sys.modules[each.__module__], each.__name__, None) is each
        if is_final and "__match_args__" in each.__dict__:
            yield each
        yield from declared(each)


CALLS: Final = tuple(dict.fromkeys(declared(Call)))


def given_by(call: type[Call[Any]]) -> set[str]:
    """Return the names of the arguments that a call is made with."""
    of_caller = {"request_id", *call.of_caller} if issubclass(call, Write) else set()
    return {"guild_id", *of_caller, *shape_of(call).schema().get("properties", {})}


@pytest.fixture
def functions(migrated_database: str) -> dict[str, tuple[set[str], set[str]]]:
    """Of each function, the names of all its arguments, and of those that have no default."""
    with psycopg.connect(migrated_database) as connection:
        rows = connection.execute(
            "select proname, coalesce(proargnames, '{}'), pronargs - pronargdefaults from pg_proc"
            " where pronamespace = 'scooty'::regnamespace"
        ).fetchall()
    return {name: (set(names), set(names[:required])) for name, names, required in rows}


def test_every_function_is_declared_but_for_those_of_no_guild(
    functions: dict[str, tuple[set[str], set[str]]],
) -> None:
    names = {call.function for call in CALLS}

    assert names <= functions.keys()
    assert functions.keys() - names == UNDECLARED


def test_every_declaration_gives_what_its_function_takes(
    functions: dict[str, tuple[set[str], set[str]]],
) -> None:
    # One that says itself what it is called with is called for real by the tests of its feature.
    plain = [call for call in CALLS if call.arguments is Call.arguments]
    wrong = {
        call.__name__: (given_by(call) - names, required - given_by(call))
        for call in plain
        for names, required in [functions[call.function]]
        if not required <= given_by(call) <= names
    }

    assert len(plain) > len(CALLS) // 2
    assert wrong == {}
