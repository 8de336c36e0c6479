"""The stand-in answers the recorded requests as the real PostgREST did."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
import pytest

from tests.postgrest_stand_in.roles import make_supabase_roles
from tests.postgrest_stand_in.server import running_stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHARED = os.environ.get("SCOOTY_SHARED")
_FOLDER = Path(_SHARED or ".") / "postgrest"
_ALREADY_THERE = "insert into api.scouts (opponent, deck) values ('Z', 'Burn')"
_LEFT_OUT = "select nextval(pg_get_serial_sequence('api.scouts', 'id'))"
"""A case of that run that is not among the recordings used up an id."""
_BEFORE = {"check -> 23514": _LEFT_OUT}
_WITHOUT_BODY = {"root"}

pytestmark = pytest.mark.skipif(
    not (_FOLDER / "exchanges.json").is_file(),
    reason="SCOOTY_SHARED does not name the folder with postgrest/exchanges.json",
)


def exchanges() -> list[dict[str, Any]]:
    return json.loads((_FOLDER / "exchanges.json").read_text("utf-8"))  # type: ignore[no-any-return]


@pytest.fixture
def recorded_schema(fresh_database: str) -> Iterator[str]:
    make_supabase_roles(fresh_database)
    with psycopg.connect(fresh_database, autocommit=True) as connection:
        connection.execute("create role scooty_bot nologin; grant scooty_bot to authenticator")
        connection.execute((_FOLDER / "schema.sql").read_bytes())
        connection.execute(_ALREADY_THERE)
    yield fresh_database
    with psycopg.connect(fresh_database, autocommit=True) as connection:
        connection.execute("alter role anon reset all")


def said(answer: httpx.Response, recorded: dict[str, Any]) -> dict[str, Any]:
    """Return an answer in the form of the recordings, with the headers that they have."""
    return {
        "status": answer.status_code,
        "reason": answer.reason_phrase,
        "headers": {name: answer.headers.get(name) for name in recorded["headers"]},
        "text": answer.text,
    }


def test_all_recorded_exchanges_are_answered_alike(recorded_schema: str) -> None:
    recordings = exchanges()
    differences = []

    with (
        psycopg.connect(recorded_schema, autocommit=True) as connection,
        running_stand_in(recorded_schema, schemas=["api"]) as stand_in,
        httpx.Client(base_url=stand_in.url, headers={"Accept": "*/*"}) as client,
    ):
        for number, recorded in enumerate(recordings):
            if recorded["name"] in _BEFORE:
                connection.execute(_BEFORE[recorded["name"]].encode())
            answer = client.request(
                recorded["method"],
                recorded["path"],
                content=None if recorded["body"] is None else recorded["body"].encode(),
                headers=recorded["req_headers"],
            )
            expected = {key: recorded[key] for key in ("status", "reason", "headers", "text")}
            heard = said(answer, recorded)
            if recorded["name"] in _WITHOUT_BODY:
                for side in (expected, heard):
                    del side["text"], side["headers"]["content-length"]
            if heard != expected:
                differences.append((number, recorded["name"], expected, heard))

    assert len(recordings) == 90
    assert differences == []
