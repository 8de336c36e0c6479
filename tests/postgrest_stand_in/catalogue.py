"""PostgREST's schema cache: which functions and tables the exposed schemas have."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from tests.postgrest_stand_in.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import psycopg

__all__ = ["Argument", "Catalogue", "Function", "load_catalogue"]

_FUNCTIONS = """
    select n.nspname, p.proname, p.proargnames, p.pronargs, p.pronargdefaults,
      array(select format_type(t, null) from unnest(p.proargtypes) with ordinality u (t, n)
        order by n) as types,
      p.provolatile, p.proretset, r.typname, r.typtype, r.typrelid <> 0,
      p.proargmodes::text[] && '{o,b,t}', coalesce(c.relname, p.proname),
      coalesce(p.proconfig, '{}')
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    join pg_type r on r.oid = p.prorettype
    left join pg_class c on c.oid = r.typrelid
    where n.nspname = any(%s) and p.prokind = 'f'
    order by p.oid
"""
_TABLES = """
    select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = any(%s) and c.relkind in ('r', 'v')
"""
_ROLE_SETTINGS = "select rolname, rolconfig from pg_roles where rolconfig is not null"
_HOISTED = ("statement_timeout", "plan_filter.statement_cost_limit")
"""Settings of a function that PostgREST applies to the transaction around it.

Source: https://docs.postgrest.org/en/v14/references/transactions.html
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One named argument of a function."""

    name: str
    type: str
    is_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function of an exposed schema."""

    schema: str
    name: str
    arguments: tuple[Argument, ...]
    is_volatile: bool
    returns: Literal["void", "scalar", "row"]
    returns_set: bool
    alias: str
    """What PostgREST calls its rows in a query: the table of its row type, if it has one."""
    settings: tuple[str, ...]
    """``name=value``, for the transaction."""

    def takes(self, names: frozenset[str]) -> bool:
        """Tell whether it can be called with exactly these arguments."""
        required = {argument.name for argument in self.arguments if argument.is_required}
        return required <= names <= {argument.name for argument in self.arguments}

    def described(self) -> str:
        """Return it as the sentence about ambiguous functions does."""
        arguments = ", ".join(f"{a.name} => {a.type}" for a in self.arguments)
        return f"{self.schema}.{self.name}({arguments})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything that may be reached."""

    functions: tuple[Function, ...]
    tables: frozenset[tuple[str, str]]
    role_settings: dict[str, tuple[str, ...]]

    def find_function(self, schema: str, name: str, names: Iterable[str]) -> Function:
        """Return the one function that fits.

        Raises:
            Refusal: When none does, or several.
        """
        given = frozenset(names)
        named = [f for f in self.functions if (f.schema, f.name) == (schema, name)]
        fitting = [function for function in named if function.takes(given)]
        if len(fitting) > 1:
            raise _ambiguous(fitting)
        if not fitting:
            raise _unknown(schema, name, given, named)
        return fitting[0]

    def require_table(self, schema: str, name: str) -> None:
        """Refuse a table that is not there.

        Raises:
            Refusal: With the most similar name, if there is one.
        """
        if (schema, name) in self.tables:
            return
        near = get_close_matches(name, [t for s, t in self.tables if s == schema], 1)
        raise Refusal(
            404,
            "PGRST205",
            f"Could not find the table '{schema}.{name}' in the schema cache",
            None,
            f"Perhaps you meant the table '{schema}.{near[0]}'" if near else None,
        )


async def load_catalogue(connection: psycopg.AsyncConnection, schemas: Sequence[str]) -> Catalogue:
    """Read the catalogue anew."""
    functions = await (await connection.execute(_FUNCTIONS, (list(schemas),))).fetchall()
    tables = await (await connection.execute(_TABLES, (list(schemas),))).fetchall()
    settings = await (await connection.execute(_ROLE_SETTINGS)).fetchall()
    return Catalogue(
        functions=tuple(_function(*row) for row in functions),
        tables=frozenset((schema, name) for schema, name in tables),
        role_settings={role: tuple(config) for role, config in settings},
    )


def _function(  # noqa: PLR0913, PLR0917 - the columns of the query, in its order
    schema: str,
    name: str,
    names: list[str] | None,
    count: int,
    defaults: int,
    types: list[str],
    volatility: str,
    returns_set: bool,  # noqa: FBT001 - a column
    result: str,
    kind: str,
    is_row: bool,  # noqa: FBT001 - a column
    has_out: bool | None,  # noqa: FBT001 - a column
    alias: str,
    config: list[str],
) -> Function:
    arguments = tuple(
        Argument(name=argument, type=type_, is_required=place < count - defaults)
        for place, (argument, type_) in enumerate(zip(names or [], types, strict=False))
    )
    composite = is_row or kind == "c" or bool(has_out)
    return Function(
        schema=schema,
        name=name,
        arguments=arguments,
        is_volatile=volatility == "v",
        returns="row" if composite else "void" if result == "void" else "scalar",
        returns_set=returns_set,
        alias=alias,
        settings=tuple(s for s in config if s.partition("=")[0] in _HOISTED),
    )


def _ambiguous(functions: Sequence[Function]) -> Refusal:
    choices = ", ".join(function.described() for function in functions)
    return Refusal(
        300,
        "PGRST203",
        f"Could not choose the best candidate function between: {choices}",
        None,
        "Try renaming the parameters or the function itself in the database so function"
        " overloading can be resolved",
    )


def _unknown(schema: str, name: str, given: frozenset[str], named: Sequence[Function]) -> Refusal:
    listed = ", ".join(sorted(given))
    searched = f"with parameters {listed}" if given else "without parameters"
    called = f"({listed})" if given else " without parameters"
    known = [", ".join(sorted(a.name for a in function.arguments)) for function in named]
    near = get_close_matches(listed, known, 1, cutoff=0.3) if given else []
    return Refusal(
        404,
        "PGRST202",
        f"Could not find the function {schema}.{name}{called} in the schema cache",
        f"Searched for the function {schema}.{name} {searched} or with a single unnamed json/jsonb"
        " parameter, but no matches were found in the schema cache.",
        f"Perhaps you meant to call the function {schema}.{name}({near[0]})" if near else None,
    )
