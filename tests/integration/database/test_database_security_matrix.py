"""Every function, tried by everybody who may not: strangers, wrong keys, and other guilds.

``pytest -rP tests/integration/database/test_database_security_matrix.py`` prints the matrix.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import httpx
import psycopg
import pytest

from tests.postgrest_stand_in.scooty_project import (
    PUBLIC_KEY,
    SECRET_KEY,
    ScootyProject,
    running_scooty_project,
)
from tests.postgrest_stand_in.server import JWT_SECRET
from tests.postgrest_stand_in.tokens import mint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres_fixture.server import RealPostgres

HOME: Final = 1_100_000_000_000_000_001
"""The guild that has something to hide."""
BUSY: Final = HOME + 1
"""A guild with an event of its own, so that nothing stops before it looks for players."""
FRESH: Final = HOME + 2
SECRETS: Final = ("Hidden Open", "Jane Secretname", "cuts a land", "Confidant", "Drafted Player")
REQUEST: Final = 1_400_000_000_000_000_000
DRAFT: Final = REQUEST + 1
NEWER_KEY: Final = "the-key-that-takes-the-place-of-the-first"
RETIRED_KEY: Final = "a-key-that-was-valid-and-then-was-retired"
THIRD_KEY: Final = "a-key-for-which-there-was-no-place-any-more"
UNPUBLISHED: Final = ("scooty", "scooty_private", "extensions", "pg_catalog")

ARGUMENTS: Final = """
    select p.proname, coalesce(p.proargnames, '{}'),
      array(select format_type(t, null) from unnest(p.proargtypes) with ordinality u (t, n)
        order by n)
    from pg_proc p where p.pronamespace = 'scooty_api'::regnamespace order by p.proname
"""
GUILD_TABLES: Final = """
    select c.oid::regclass::text from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'guild_id'
    where c.relnamespace = 'scooty_private'::regnamespace and c.relkind = 'r'
"""
VALUES: Final[dict[str, object]] = {
    "bigint": 1,
    "integer": 1,
    "text": "Secretname",
    "boolean": True,
    "jsonb": {},
    "timestamp with time zone": "2026-11-24T00:00:00Z",
}
CHOSEN: Final = {
    "source": "seen",
    "confidence": "sure",
    "format": "modern",
    "decklists": "open",
    "phase": "draft",
    "result": "win",
}
FOLDED: Final = {"name_key": "jane secretname", "word_key": "jane secretname", "text_key": "jane"}

NAMED: Final[dict[str, object]] = {
    "names": [{"name_key": "secretname", "word_key": "secretname"}],
    "colours": "R",
    "formats": [],
    "proper_key": "burn",
}
"""What the functions of archetypes take that is of a form of its own."""


@dataclass(frozen=True, kw_only=True)
class Function:
    name: str
    arguments: dict[str, str]
    """Name and type."""

    def filled(self, guild_id: int, ids: dict[str, int]) -> dict[str, object]:
        """Return arguments that point at what `HOME` stored, under the given guild."""
        text = dict.fromkeys(("opponent", "reporter_name", "archetype_key"), VALUES["text"])
        reports = [{**ids, **FOLDED, **text, "archetype_word_key": "secretname"}]
        known: dict[str, object] = {
            **ids,
            **FOLDED,
            **CHOSEN,
            **NAMED,
            "guild_id": guild_id,
            "reports": reports,
            "earlier": [[ids["player_id"], 1]],
            "player_ids": [ids["player_id"]],
        }
        return {
            name: known.get(name, VALUES.get(type_.removesuffix("[]"), "1"))
            for name, type_ in self.arguments.items()
        }


@dataclass(frozen=True, kw_only=True)
class Filled:
    project: ScootyProject
    functions: tuple[Function, ...]
    ids: dict[str, int]
    """What identifies a row of `HOME`: its report, player, draft and requests."""


@pytest.fixture(scope="module")
def filled(real_postgres: RealPostgres) -> Iterator[Filled]:
    with (
        running_scooty_project(real_postgres.dsn, "security_matrix") as project,
        psycopg.connect(project.dsn, autocommit=True) as connection,
    ):
        ids = fill(connection)
        exchange_keys(connection, project.db_key.get_secret_value())
        functions = tuple(
            Function(name=name, arguments=dict(zip(names, types, strict=True)))
            for name, names, types in connection.execute(ARGUMENTS.encode()).fetchall()
        )
        yield Filled(project=project, functions=functions, ids=ids)


def fill(connection: psycopg.Connection) -> dict[str, int]:
    connection.execute(
        "select scooty.create_event(%s, %s, 'Hidden Open', 'hidden open', 7)", (HOME, REQUEST)
    )
    record = (
        "select scooty.record_report(%s, %s, 7, 'Confidant', %s, %s, %s, %s, %s, 'cuts a land')"
    )
    row = connection.execute(
        record.encode(),
        (HOME, REQUEST, "Jane Secretname", "jane secretname", "jane secretname", "burn", "burn"),
    ).fetchone()
    assert row is not None
    drafted = connection.execute(
        record.encode(),
        (HOME, DRAFT, "Drafted Player", "drafted player", "drafted player", "zzz", "zzz"),
    ).fetchone()
    assert drafted is not None
    assert drafted[0]["outcome"] == "archetype_unknown"
    return {
        "report_id": row[0]["report_id"],
        "player_id": row[0]["card"]["player_id"],
        "kept_player_id": row[0]["card"]["player_id"],
        "merged_player_id": row[0]["card"]["player_id"],
        "draft_id": DRAFT,
        "request_id": REQUEST,
        "reporter_id": 7,
        "member_id": 7,
    }


def exchange_keys(connection: psycopg.Connection, key: str) -> None:
    """Leave two keys valid, one retired, and one that came too late."""
    add = "select scooty_private.add_api_key(sha256(%s))"
    connection.execute(add.encode(), (RETIRED_KEY.encode(),))
    connection.execute("select scooty_private.retire_api_keys(sha256(%s))", (key.encode(),))
    connection.execute(add.encode(), (NEWER_KEY.encode(),))
    with pytest.raises(psycopg.errors.RaiseException, match="two keys are valid already"):
        connection.execute(add.encode(), (THIRD_KEY.encode(),))


def ask(filled: Filled, headers: dict[str, str]) -> httpx.Client:
    return httpx.Client(
        base_url=f"{filled.project.stand_in.url}/rest/v1",
        headers={"Content-Profile": "scooty_api", "Accept-Profile": "scooty_api", **headers},
    )


def strangers(filled: Filled) -> dict[str, dict[str, str]]:
    """Return the headers of everybody who must get nothing at all."""
    public = {"apikey": PUBLIC_KEY}
    key = filled.project.db_key.get_secret_value()
    signed_in = mint(JWT_SECRET, role="authenticated", sub="somebody")
    forged = mint("another secret", role="service_role")
    return {
        "no key": {},
        "public key": public,
        "empty db key": {**public, "x-scooty-key": ""},
        "wrong db key": {**public, "x-scooty-key": "b" * len(key)},
        "db key of other case": {**public, "x-scooty-key": key.upper()},
        "db key alone": {"x-scooty-key": key},
        "retired db key": {**public, "x-scooty-key": RETIRED_KEY},
        "third db key": {**public, "x-scooty-key": THIRD_KEY},
        "signed-in person": {**public, "Authorization": f"Bearer {signed_in}"},
        "signed in, db key": {
            **public,
            "Authorization": f"Bearer {signed_in}",
            "x-scooty-key": key,
        },
        "forged token": {**public, "Authorization": f"Bearer {forged}"},
    }


def cell(answer: httpx.Response) -> str:
    if answer.status_code == httpx.codes.OK:
        value = answer.json()
        if isinstance(value, list):
            return f"{len(value)} choices"
        return str(value.get("outcome", "answered"))
    return f"{answer.status_code} {answer.json().get('code', '')}".strip()


def refusal(text: str) -> str:
    """Say that it is one; what is none stands as it was answered."""
    return f"refused {text}" if text[:1] == "4" else f"NOT REFUSED: {text}"


def print_matrix(rows: dict[str, list[str]], columns: list[str]) -> None:
    widths = [max(map(len, (c, *(rows[r][i] for r in rows)))) for i, c in enumerate(columns)]
    first = max(map(len, rows))
    for name, cells in {"": columns, **rows}.items():
        line = "  ".join(text.ljust(width) for text, width in zip(cells, widths, strict=True))
        print(f"{name.ljust(first)}  {line}".rstrip())  # noqa: T201 - what the test is also for


def guild_rows(dsn: str, guild_id: int) -> dict[str, list[Any]]:
    with psycopg.connect(dsn) as connection:
        tables = [table for (table,) in connection.execute(GUILD_TABLES.encode()).fetchall()]
        return {
            table: connection.execute(
                f"select to_jsonb(t) from {table} t where guild_id = %s order by t::text".encode(),  # noqa: S608 - names of the catalogue
                (guild_id,),
            ).fetchall()
            for table in tables
        }


def test_strangers_are_refused_every_function(filled: Filled) -> None:
    before = guild_rows(filled.project.dsn, HOME)
    callers = strangers(filled)
    matrix: dict[str, list[str]] = {function.name: [] for function in filled.functions}

    for headers in callers.values():
        with ask(filled, headers) as client:
            for function in filled.functions:
                arguments = function.filled(HOME, filled.ids)
                matrix[function.name].append(
                    cell(client.post(f"/rpc/{function.name}", json=arguments))
                )

    refused = {name: [refusal(text) for text in cells] for name, cells in matrix.items()}
    print_matrix(refused, list(callers))
    assert len(matrix) >= 10
    assert {text for row in matrix.values() for text in row} <= {
        "401",
        "401 42501",
        "403 42501",
        "401 PGRST301",
    }
    assert guild_rows(filled.project.dsn, HOME) == before


def test_another_guild_gets_nothing_of_a_guilds_and_changes_nothing(filled: Filled) -> None:
    before = guild_rows(filled.project.dsn, HOME)
    columns = {"a guild with an event of its own": BUSY, "a fresh guild": FRESH}
    matrix: dict[str, list[str]] = {}
    leaks, failures = [], []

    with ask(filled, {"apikey": SECRET_KEY}) as client:
        own = {"guild_id": BUSY, "request_id": 1, "name": "Own", "name_key": "own", "member_id": 9}
        client.post("/rpc/create_event", json=own)
        for function in filled.functions:
            if "guild_id" not in function.arguments:
                continue
            for guild_id in columns.values():
                arguments = function.filled(guild_id, filled.ids)
                answer = client.post(f"/rpc/{function.name}", json=arguments)
                matrix.setdefault(function.name, []).append(cell(answer))
                if any(secret in answer.text for secret in SECRETS):
                    leaks.append((function.name, answer.text))
                if answer.status_code != httpx.codes.OK:
                    failures.append((function.name, answer.text))

    print_matrix(matrix, list(columns))
    assert len(matrix) >= 8
    assert leaks == []
    assert failures == []
    assert guild_rows(filled.project.dsn, HOME) == before


def test_the_guild_itself_gets_what_others_do_not(filled: Filled) -> None:
    older_key = filled.project.db_key.get_secret_value()
    by_key = [{"apikey": PUBLIC_KEY, "x-scooty-key": key} for key in (older_key, NEWER_KEY)]

    for headers in (*by_key, {"apikey": SECRET_KEY}):
        with ask(filled, headers) as client:
            card = client.post(
                "/rpc/check_player_by_id",
                json={"guild_id": HOME, "player_id": filled.ids["player_id"]},
            )

        assert card.status_code == httpx.codes.OK
        assert "Jane Secretname" in card.text


@pytest.mark.parametrize("schema", UNPUBLISHED)
def test_no_other_schema_is_reached_even_by_the_secret_key(filled: Filled, schema: str) -> None:
    with ask(filled, {"apikey": SECRET_KEY, "Content-Profile": schema}) as client:
        answer = client.post("/rpc/health", json={})

    assert cell(answer) == "406 PGRST106"


def test_no_table_is_published(filled: Filled) -> None:
    with psycopg.connect(filled.project.dsn) as connection:
        tables = connection.execute(
            "select oid::regclass::text from pg_class where relkind in ('r', 'v', 'm', 'S')"
            " and relnamespace in ('scooty_api'::regnamespace, 'scooty'::regnamespace)"
        ).fetchall()

    assert tables == []


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role"])
def test_no_role_of_the_api_reads_a_table_or_calls_an_inner_function(
    filled: Filled, role: str
) -> None:
    allowed = (
        "select c.oid::regclass::text from pg_class c"
        " where c.relnamespace = 'scooty_private'::regnamespace and c.relkind in ('r', 'S')"
        " and has_schema_privilege(%(role)s, c.relnamespace, 'usage')"
        " union all select p.oid::regprocedure::text from pg_proc p"
        " where p.pronamespace::regnamespace::text in ('scooty', 'scooty_private')"
        " and has_function_privilege(%(role)s, p.oid, 'execute')"
    )

    with psycopg.connect(filled.project.dsn) as connection:
        assert connection.execute(allowed, {"role": role}).fetchall() == []
