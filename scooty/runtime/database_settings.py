"""Which database the settings name, and what is wrong with them when they name none or two.

Supabase is reached by a secret key, which may do everything; or by the project's public key
together with a key of our own, which the SQL functions check. The public key alone is refused: it
is known to everybody, so whoever has it would read and write what the team stores.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import urlsplit

from scooty.errors import ConfigError

if TYPE_CHECKING:
    from pydantic import SecretStr

    from scooty.runtime.config import Settings

DB_KEY_SHORTEST: Final = 32
"""It is kept as a plain SHA-256, which is safe for a long random key and for nothing shorter."""
_REST: Final = "/rest/v1"
_JWT_PARTS: Final = 3
_MAKE_ONE: Final = """python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """The bot runs a PostgreSQL of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenPostgres:
    """Somebody's PostgreSQL."""

    url: SecretStr


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSupabase:
    """A Supabase project's API."""

    url: str
    key: SecretStr
    key_setting: str
    """The variable that holds the key."""
    db_key: SecretStr | None
    """The key that the SQL functions check; only beside the public key."""


Database: TypeAlias = Embedded | GivenPostgres | GivenSupabase


def choose_database(settings: Settings) -> Database:
    """Return the one database that the settings name.

    Raises:
        ConfigError: When they name two, or one that cannot be opened with them.
    """
    names = _named(settings)
    if settings.db_key is not None and settings.supabase_anon_key is None:
        raise ConfigError(
            "SCOOTY_DB_KEY is set, but it is used only together with SUPABASE_ANON_KEY. "
            "Leave it out, or set both and leave SUPABASE_KEY out."
        )
    if settings.database_url is not None:
        if names:
            raise ConfigError(
                f"DATABASE_URL and {' and '.join(names)} are set, which are two databases. "
                "Leave DATABASE_URL out to use Supabase's API, or leave the others out."
            )
        return GivenPostgres(url=settings.database_url)
    if not names:
        return Embedded()
    return _choose_supabase(settings, names)


def project_url(text: str) -> str:
    """Return a project's address without what people copy along with it.

    Raises:
        ValueError: When it is not one, or would send the keys unencrypted over a network.
    """
    url = text.strip().rstrip("/").removesuffix(_REST).rstrip("/")
    parts = urlsplit(url)
    is_own_machine = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not parts.hostname or not (parts.scheme == "https" or is_own_machine):
        raise ValueError
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError
    return url


def _named(settings: Settings) -> list[str]:
    return [
        name
        for name, value in (
            ("SUPABASE_URL", settings.supabase_url),
            ("SUPABASE_KEY", settings.supabase_key),
            ("SUPABASE_ANON_KEY", settings.supabase_anon_key),
        )
        if value is not None
    ]


def _choose_supabase(settings: Settings, names: list[str]) -> GivenSupabase:
    if settings.supabase_url is None:
        raise ConfigError(f"SUPABASE_URL is missing: set it beside {' and '.join(names)}.")
    match settings.supabase_key, settings.supabase_anon_key:
        case None, None:
            raise ConfigError(
                "SUPABASE_URL is set without a key. Set SUPABASE_KEY to a secret or service-role "
                "key of the project (Project Settings, API Keys)."
            )
        case None, anon_key if anon_key is not None:
            return _with_public_key(settings, settings.supabase_url, anon_key)
        case key, None if key is not None:
            return _with_secret_key(settings.supabase_url, key)
        case _:
            raise ConfigError(
                "SUPABASE_KEY and SUPABASE_ANON_KEY are both set. SUPABASE_KEY is enough: leave "
                "SUPABASE_ANON_KEY out."
            )


def _with_secret_key(url: str, key: SecretStr) -> GivenSupabase:
    if _kind(key) == "public":
        raise ConfigError(
            "SUPABASE_KEY holds the project's public key, with which nobody may do anything. Set "
            "it to a secret or service-role key, or move it to SUPABASE_ANON_KEY and set "
            "SCOOTY_DB_KEY too."
        )
    return GivenSupabase(url=url, key=key, key_setting="SUPABASE_KEY", db_key=None)


def _with_public_key(settings: Settings, url: str, key: SecretStr) -> GivenSupabase:
    if _kind(key) == "secret":
        raise ConfigError(
            "SUPABASE_ANON_KEY holds a secret key of the project. Move it to SUPABASE_KEY."
        )
    if settings.db_key is None:
        raise ConfigError(
            "SUPABASE_ANON_KEY alone is refused: that key is public, so everybody who has it "
            "could read and change what the team stores. Set SUPABASE_KEY to a secret or "
            "service-role key instead; or set SCOOTY_DB_KEY to a key of your own "
            f"({_MAKE_ONE}) and run what `scooty migrate --print` prints."
        )
    return GivenSupabase(url=url, key=key, key_setting="SUPABASE_ANON_KEY", db_key=settings.db_key)


def _kind(key: SecretStr) -> Literal["secret", "public", "unknown"]:
    """Tell what a key may do, from its form; the project itself has the last word."""
    text = key.get_secret_value()
    if text.startswith("sb_"):
        return "secret" if text.startswith("sb_secret_") else "public"
    match _role_in(text):
        case "service_role":
            return "secret"
        case "anon":
            return "public"
        case _:
            return "unknown"


def _role_in(token: str) -> object:
    parts = token.split(".")
    if len(parts) != _JWT_PARTS:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return None
    return claims.get("role") if isinstance(claims, dict) else None
