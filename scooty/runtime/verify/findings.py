"""What a check says: a fact, and what to do about it when it is a bad one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

State: TypeAlias = Literal["ok", "skipped", "failed"]
"""``skipped``: there was nothing to look at, or something else has to be mended first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report."""

    check: str
    state: State
    fact: str
    todo: str = ""
    """What mends it; empty unless it failed, or where the fact says so itself."""


def ok(check: str, fact: str) -> Finding:
    """Say that all is well."""
    return Finding(check=check, state="ok", fact=fact)


def skipped(check: str, why: str) -> Finding:
    """Say that nothing was looked at."""
    return Finding(check=check, state="skipped", fact=why)


def failed(check: str, fact: str, todo: str = "") -> Finding:
    """Say what is wrong and what mends it."""
    return Finding(check=check, state="failed", fact=fact, todo=todo)
