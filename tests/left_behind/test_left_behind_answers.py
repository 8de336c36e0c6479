"""Answers that an older version stored for its requests: a request that comes again gets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.types.json import Jsonb
from pydantic import SecretStr

import scooty.features.registry  # noqa: F401 - declares all calls
from actors.repository import apply_migrations
from scooty.core.call import Write
from scooty.core.shapes import shape_of
from scooty.core.storage.migrations import MIGRATIONS
from tests.integration.database.recorded_level import call

_STORED: Final = Path(__file__).parent / "answers_0369c7e.json"
ROWS: Final[list[dict[str, Any]]] = json.loads(_STORED.read_text(encoding="utf-8"))
_GUILD: Final = 77
NAMED_ANEW: Final = {"merge_players", "undo_merge"}
"""They store who was meant, and answer with the names of now; here there are none."""


def declared() -> dict[str, type[Write[Any]]]:
    """Return the declarations of all functions that write, by the function's name."""
    found: dict[str, type[Write[Any]]] = {}
    classes: list[type[Any]] = [Write]
    while classes:
        each = classes.pop()
        classes += each.__subclasses__()
        if "function" in each.__dict__:
            found[each.function] = each
    return found


DECLARED: Final = declared()


def test_a_repeated_request_gets_the_answer_that_an_older_version_stored(
    fresh_database: str,
) -> None:
    apply_migrations(SecretStr(fresh_database), MIGRATIONS)
    unlike = []

    with psycopg.connect(fresh_database, autocommit=True) as connection:
        for request_id, row in enumerate(ROWS, start=1):
            stored, function = row["answer"], row["function"]
            connection.execute(
                "insert into scooty_private.answered_requests (guild_id, request_id, answer)"
                " values (%s, %s, %s)",
                (_GUILD, request_id, Jsonb(stored)),
            )
            arguments = {"guild_id": _GUILD, "request_id": request_id, **row["arguments"]}
            answer = call(connection, function, arguments)
            if answer != stored and function not in NAMED_ANEW:
                unlike.append(f"{function}: {stored['outcome']}")
            read = shape_of(DECLARED[function].answers()).read(json.dumps(answer).encode())
            assert read.outcome == stored["outcome"]

    assert unlike == []
