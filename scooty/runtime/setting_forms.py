"""The forms of settings: what an address and a key must look like.

What these raise carries no text: the value may be a secret, and
`scooty.runtime.config` says the form.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

if TYPE_CHECKING:
    from urllib.parse import SplitResult


def is_loopback_url(url: str) -> bool:
    """Tell whether ``url`` is plain HTTP to this very machine, by number or as ``localhost``."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        return False
    if parts.hostname == "localhost":
        return True
    try:
        return ip_address(parts.hostname).is_loopback
    except ValueError:
        return False


def require_loopback(url: str) -> str:
    """Accept an address on this machine, and leave out the slash at its end.

    Raises:
        ValueError: When it is another one.
    """
    if not is_loopback_url(url):
        raise ValueError
    return url.rstrip("/")


def require_scheme(*schemes: str) -> AfterValidator:
    """Return what accepts a secret address with one of ``schemes``."""

    def check(url: SecretStr) -> SecretStr:
        parts = urlsplit(url.get_secret_value())
        if parts.scheme not in schemes or not _is_whole(parts):
            raise ValueError
        return url

    return AfterValidator(check)


def _is_whole(parts: SplitResult) -> bool:
    """Tell an address from one that an unescaped ``/``, ``?`` or ``#`` in its password has split.

    A client would take pieces of the password for a host or a port, and repeat them in errors.
    """
    account, _, hosts = parts.netloc.rpartition("@")
    ports = [host.rpartition("]")[2].partition(":")[2] for host in hosts.split(",")]
    return all(not port or port.isdecimal() for port in ports) and (
        bool(account) or "@" not in f"{parts.path}{parts.query}{parts.fragment}"
    )


def one_word(shortest: int = 1) -> AfterValidator:
    """Return what accepts a secret key of at least ``shortest`` characters."""

    def check(key: SecretStr) -> SecretStr:
        text = key.get_secret_value()
        # Keys travel in HTTP headers, which hold no spaces at their ends and no other letters.
        if len(text) < shortest or not text.isascii() or not text.isprintable() or " " in text:
            raise ValueError
        return key

    return AfterValidator(check)
