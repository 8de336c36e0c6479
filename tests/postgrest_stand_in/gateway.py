"""The gateway before PostgREST at Supabase: it knows API keys, and makes tokens of them.

None of this is among the recordings. It follows Supabase's documentation and the answers that
people quote in its issues, and is stricter than the real one in one point: a key that is no token
is never taken as a Bearer token.

Source: https://supabase.com/docs/guides/api/api-keys
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from tests.postgrest_stand_in.tokens import mint

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PREFIX", "Gateway"]

PREFIX = "/rest/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """What opens the project."""

    jwt_secret: str = field(repr=False)
    opaque_keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Keys that are no tokens, and the role of each."""

    def token_key(self, role: str) -> str:
        """Return a key of the old kind: a token for ``role``."""
        return mint(self.jwt_secret, iss="supabase", role=role)

    def authorization(self, headers: Mapping[str, str]) -> str:
        """Return the ``Authorization`` that PostgREST gets.

        Raises:
            web.HTTPException: When the key is missing or unknown.
        """
        key = headers.get("apikey", "")
        if not key:
            raise _refused("No API key found in request", "No `apikey` request header was found.")
        if key in self.opaque_keys:
            given = headers.get("Authorization")
            return given or f"Bearer {mint(self.jwt_secret, role=self.opaque_keys[key])}"
        if key not in {self.token_key(role) for role in ("anon", "service_role")}:
            raise _refused("Invalid API key", "Double check your API key.")
        return headers.get("Authorization", f"Bearer {key}")


def _refused(message: str, hint: str) -> web.HTTPUnauthorized:
    text = f'{{"message":"{message}","hint":"{hint}"}}'
    return web.HTTPUnauthorized(text=text, content_type="application/json")
