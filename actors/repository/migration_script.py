"""All migrations as one SQL statement, for a person who pastes it into a database's editor.

One statement is one transaction, whatever the editor does around it: all of it happens or nothing.
It looks at what is recorded first, so it may be run again, and over a database of any former
version; it records the same as `bring_up_to_date` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.repository.schema import DEFINITIONS, LOCK, checksum, create_history

if TYPE_CHECKING:
    from actors.repository.schema import Migrations, Step


def migration_script(migrations: Migrations, *, afterwards: str = "") -> str:
    """Return one ``do`` statement that brings a database up to date.

    Args:
        migrations: The schema that is wanted.
        afterwards: SQL to run last in the same transaction, every time.
    """
    schema = migrations.history_schema
    body = "\n".join(
        [
            f"perform pg_advisory_xact_lock({LOCK});",
            create_history(schema),
            _refuse_newer(migrations),
            *(_apply_once(schema, step) for step in migrations.everything()),
            *([f"execute {_quoted(afterwards)};"] if afterwards else []),
        ]
    )
    return f"do {_quoted(f'declare recorded text; begin{chr(10)}{body}{chr(10)}end')};\n"


def _refuse_newer(migrations: Migrations) -> str:
    last = max((step.number for step in migrations.steps), default=0)
    return (
        f"if exists (select from {migrations.history_schema}.migrations where number > {last}) then"
        " raise exception 'this database was made by a newer version of the program';"
        " end if;"
    )


def _apply_once(schema: str, step: Step) -> str:
    table, number, wanted = f"{schema}.migrations", step.number, checksum(step.sql)
    return f"""\
select checksum into recorded from {table} where number = {number};
if recorded is distinct from '{wanted}' then
  {_refusal_of_edits(table, step)}
  execute {_quoted(step.sql)};
  insert into {table} (number, name, checksum) values ({number}, '{step.name}', '{wanted}')
  on conflict (number) do update
    set checksum = excluded.checksum, applied_at = excluded.applied_at;
end if;"""  # noqa: S608 - our own constants


def _refusal_of_edits(table: str, step: Step) -> str:
    if step.number == DEFINITIONS:
        return ""
    return f"""\
if recorded is not null or exists (select from {table} where number > {step.number}) then
    raise exception 'migration {step} is not the one that this database needs';
  end if;"""


def _quoted(text: str) -> str:
    """Quote with dollars, by a tag that the text itself does not use."""
    number = 1
    while f"$script_{number}$" in text:
        number += 1
    return f"$script_{number}$\n{text}\n$script_{number}$"
