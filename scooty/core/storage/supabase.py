"""Scooty's functions in a Supabase project: where they are, and the SQL that brings them there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from actors.repository import Gate, SupabaseProject, migration_script
from scooty.core.storage.migrations import MIGRATIONS

if TYPE_CHECKING:
    from pydantic import SecretStr

_SCHEMA: Final = "scooty_api"
_GATE_HEADER: Final = "x-scooty-key"
_REMEDY: Final = (
    "Print the SQL with `scooty migrate --print`, and run it in the project's SQL Editor"
)
_HEADER: Final = """\
-- Scooty's tables and functions, for a Supabase project.
--
-- 1. Paste all of this into the project's SQL Editor, and run it. It is one transaction: all of it
--    happens or nothing. It may be run again, and over any older version of Scooty.
-- 2. Once: Project Settings, Data API, Exposed schemas: add scooty_api. It holds functions only;
--    leave scooty and scooty_private out.
"""
_ABOUT_KEY: Final = """\
--
-- It lets callers in who send SCOOTY_DB_KEY, beside those who send the key before it; see scooty
-- keys. Only the key's SHA-256 is written here.
"""


def supabase_project(
    *, url: str, key: SecretStr, key_setting: str, db_key: SecretStr | None
) -> SupabaseProject:
    """Say how the functions of a project are called.

    Args:
        url: The project's address, without ``/rest/v1``.
        key: Its secret or its public key.
        key_setting: The variable that holds it.
        db_key: What the functions ask for when the key is public.
    """
    gate = Gate(header=_GATE_HEADER, key=db_key, setting="SCOOTY_DB_KEY") if db_key else None
    return SupabaseProject(
        url=url,
        key=key,
        key_setting=key_setting,
        schema=_SCHEMA,
        history_function="schema_history",
        remedy=_REMEDY,
        gate=gate,
    )


def editor_script(*, db_key: SecretStr | None) -> str:
    """Return the SQL that a person runs in a project's editor.

    Args:
        db_key: The key to let callers in by, beside the secret key; None leaves that as it is.
    """
    if db_key is None:
        # Rights too may be missing: the roles may be younger than the functions.
        script = migration_script(MIGRATIONS, afterwards="select scooty_private.grant_functions()")
        return f"{_HEADER}\n{script}"
    afterwards = f"select scooty_private.add_api_key({_hash_of(db_key)})"
    return f"{_HEADER}{_ABOUT_KEY}\n{migration_script(MIGRATIONS, afterwards=afterwards)}"


def adding_script(db_key: SecretStr) -> str:
    """Return the SQL that lets a key in beside the one before."""
    return f"select scooty_private.add_api_key({_hash_of(db_key)});\n"


def only_key_script(db_key: SecretStr) -> str:
    """Return the SQL after which this key is valid and no other, whatever was before."""
    digest = _hash_of(db_key)
    return (
        f"begin;\nselect scooty_private.retire_api_keys({digest});\n"
        f"select scooty_private.add_api_key({digest});\ncommit;\n"
    )


def fingerprint(db_key: SecretStr) -> str:
    """Return the first letters of a key's hash, as ``list_api_keys`` does."""
    return _digest(db_key)[:8]


def _digest(db_key: SecretStr) -> str:
    return hashlib.sha256(db_key.get_secret_value().encode()).hexdigest()


def _hash_of(db_key: SecretStr) -> str:
    return f"decode('{_digest(db_key)}', 'hex')"
