"""What a database's schema has to be, and whether what is recorded in it fits.

A *step* is a numbered SQL text that is applied once and then never edited; what was applied is
recorded with a checksum. The *definitions* (functions and the like, which have no data) are one
script that replaces them all, run whenever its text differs from the one that ran last.

A database may be *newer* than the program: a version was rolled back, or two run side by side in a
deploy. The older program then uses it as it is, and changes nothing. That it can is the product's
promise: steps only add, functions keep their arguments and what they return.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from actors.repository.errors import MigrationError

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFINITIONS: Final = 0
"""The number under which the definitions are recorded; steps count from 1."""
LOCK: Final = 7_306_016_422_617_813_090
"""The advisory lock under which a schema is changed; any number, but always the same one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One numbered change of the schema."""

    number: int
    """From 1, without gaps."""
    name: str
    sql: str

    @override
    def __str__(self) -> str:
        return self.name if self.number == DEFINITIONS else f"{self.number:04}_{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrations:
    """A schema as this version of the program wants it."""

    functions_schema: str
    """Where the callable functions are."""
    history_schema: str
    """Where the table ``migrations`` is kept; created when missing."""
    steps: tuple[Step, ...]
    """In order."""
    definitions: str
    """SQL that replaces all functions, whatever was there before."""

    def everything(self) -> tuple[Step, ...]:
        """Return the steps, then the definitions as if they were one."""
        return (
            *self.steps,
            Step(number=DEFINITIONS, name="definitions", sql=self.definitions),
        )


def checksum(text: str) -> str:
    """Return what stands for a text in the history; line endings make no difference."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def check_history(recorded: Mapping[int, tuple[str, str]], migrations: Migrations) -> None:
    """Refuse a database that was not made by these steps, and perhaps by later ones.

    Args:
        recorded: By number, the name and checksum of what was applied.
        migrations: What this program wants.

    Raises:
        MigrationError: When a person is needed; the sentence says for which step.
    """
    steps = {step.number: step for step in migrations.steps}
    for number, (_, recorded_checksum) in sorted(recorded.items()):
        if number in steps and checksum(steps[number].sql) != recorded_checksum:
            raise MigrationError(
                f"migration {steps[number]} differs from the one that was applied to this"
                " database; an applied migration is never edited, write a new one"
            )
    missed = set(steps) - set(recorded)
    if missed and min(missed) < max(recorded, default=0):
        raise MigrationError(
            f"migration {steps[min(missed)]} was never applied to this database, though a later"
            " one was; it must get a number after the last one"
        )


def missing_steps(
    recorded: Mapping[int, tuple[str, str]], migrations: Migrations
) -> tuple[Step, ...]:
    """Return what is not recorded with its present text, the definitions last.

    Nothing is missing in a newer database: its definitions are not for an older program to replace.
    """
    if newer_steps(recorded, migrations):
        return ()
    return tuple(
        step
        for step in migrations.everything()
        if recorded.get(step.number, ("", ""))[1] != checksum(step.sql)
    )


def newer_steps(recorded: Mapping[int, tuple[str, str]], migrations: Migrations) -> tuple[str, ...]:
    """Return the names of what a newer version of the program has applied."""
    last = max((step.number for step in migrations.steps), default=0)
    return tuple(
        f"{number:04}_{name}" for number, (name, _) in sorted(recorded.items()) if number > last
    )


def create_history(schema: str) -> str:
    """Return the SQL that makes the place where applied steps are recorded, if it is missing."""
    return (
        f"create schema if not exists {schema};"
        f"create table if not exists {schema}.migrations ("
        " number integer primary key, name text not null, checksum text not null,"
        " applied_at timestamptz not null default clock_timestamp());"
    )
