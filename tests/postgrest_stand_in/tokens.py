"""JSON Web Tokens with HS256, and PostgREST's sentences about those it does not take."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from tests.postgrest_stand_in.refusals import Refusal

__all__ = ["claims_of", "mint"]

_PARTS = 3


def mint(secret: str, **claims: object) -> str:
    """Return a signed token."""
    signed = f"{_encoded({'alg': 'HS256', 'typ': 'JWT'})}.{_encoded(claims)}"
    return f"{signed}.{_base64(_signature(secret, signed))}"


def claims_of(authorization: str, secret: str) -> dict[str, Any]:
    """Read the claims of a request; without a token there are none.

    Raises:
        Refusal: When there is a token that cannot be trusted.
    """
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        return {}
    parts = token.split(".")
    if len(parts) != _PARTS:
        raise _refused("PGRST301", f"Expected {_PARTS} parts in JWT; got {len(parts)}")
    try:
        header, claims = (json.loads(_decoded(part)) for part in parts[:2])
        signature = _decoded(parts[2])
    except ValueError:
        raise _refused("PGRST301", "JWT cryptographic operation failed") from None
    signed = token.rpartition(".")[0]
    if header.get("alg") != "HS256" or not hmac.compare_digest(
        signature, _signature(secret, signed)
    ):
        raise _refused(
            "PGRST301",
            "No suitable key or wrong key type",
            "None of the keys was able to decode the JWT",
        )
    _check_times(claims)
    return dict(claims)


def _check_times(claims: dict[str, Any]) -> None:
    if claims.get("exp", time.time() + 1) <= time.time():
        raise _refused("PGRST303", "JWT expired")
    if claims.get("nbf", 0) > time.time():
        raise _refused("PGRST303", "JWT not yet valid")


def _refused(code: str, message: str, details: str | None = None) -> Refusal:
    challenge = f'Bearer error="invalid_token", error_description="{message}"'
    return Refusal(401, code, message, details, headers={"WWW-Authenticate": challenge})


def _signature(secret: str, signed: str) -> bytes:
    return hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()


def _base64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def _encoded(value: object) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
