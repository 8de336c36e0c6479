"""The SQL that PostgREST would send for a function or a table, and how its rows are shaped."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import sql

from tests.postgrest_stand_in.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.postgrest_stand_in.asked import Asked
    from tests.postgrest_stand_in.catalogue import Function

__all__ = ["Query", "call_query", "insert_query", "table_query"]

_OPERATORS = {"eq": "=", "neq": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_FILTER = re.compile(rf"({'|'.join(_OPERATORS)})\.(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One statement that returns ``(total, count, rows as JSON text, first row as JSON text)``."""

    statement: sql.Composed
    parameters: Mapping[str, object]


def call_query(function: Function, asked: Asked, arguments: Mapping[str, Any]) -> Query:
    """Build the call of a function; what the query string asks for is done to its rows."""
    types = {argument.name: argument.type for argument in function.arguments}
    given = [name for name in arguments if name in types]
    passed = sql.SQL(", ").join(
        sql.SQL("{0} => args.{0}").format(sql.Identifier(name)) for name in given
    )
    name = sql.Identifier(function.schema, function.name)
    alias = sql.Identifier(function.alias)
    rows = sql.SQL("{} as {}").format(
        sql.SQL("{}({})").format(name, passed),
        alias if function.returns == "row" else sql.SQL("{}(v)").format(alias),
    )
    if given:
        declared = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(n), _raw(types[n])) for n in given
        )
        rows = sql.SQL("json_to_record(%(arguments)s::json) as args ({}), lateral {}").format(
            declared, rows
        )
    shaping = asked.shaping()
    columns = _columns(shaping, alias) if function.returns == "row" else sql.SQL("v")
    source = sql.SQL("select {} from {}").format(columns, rows)
    return Query(
        statement=_shaped(source, alias, shaping, is_row=function.returns == "row"),
        parameters={"arguments": json.dumps(arguments)},
    )


def table_query(schema: str, name: str, asked: Asked) -> Query:
    """Build the reading of a table.

    Raises:
        Refusal: When a filter has no operator.
    """
    table, alias = sql.Identifier(schema, name), sql.Identifier(name)
    parameters: dict[str, object] = {}
    conditions: list[sql.Composable] = [sql.SQL("true")]
    for place, (column, value) in enumerate(asked.filters()):
        operator, operand = _filter(value)
        parameters[f"filter_{place}"] = operand
        conditions.append(
            sql.SQL("{} {} {}").format(
                sql.Identifier(column), _raw(operator), sql.Placeholder(f"filter_{place}")
            )
        )
    shaping = asked.shaping()
    source = sql.SQL("select {} from {} where {}{}").format(
        _columns(shaping, alias), table, sql.SQL(" and ").join(conditions), _order(shaping, alias)
    )
    unordered = {key: value for key, value in shaping.items() if key != "order"}
    return Query(statement=_shaped(source, alias, unordered, is_row=True), parameters=parameters)


def insert_query(schema: str, name: str, row: Mapping[str, Any]) -> Query:
    """Build the insertion of one row; it returns nothing."""
    columns = sql.SQL(", ").join(sql.Identifier(column) for column in row)
    statement = sql.SQL(
        "insert into {0} ({1}) select {1} from json_populate_record(null::{0}, %(row)s::json)"
    ).format(sql.Identifier(schema, name), columns)
    return Query(statement=statement, parameters={"row": json.dumps(row)})


def _shaped(
    source: sql.Composed, alias: sql.Identifier, shaping: Mapping[str, str], *, is_row: bool
) -> sql.Composed:
    limited = sql.SQL("select * from source as {}{}{}{}").format(
        alias,
        _order(shaping, alias),
        sql.SQL(f" limit {int(shaping['limit'])}" if "limit" in shaping else ""),
        sql.SQL(f" offset {int(shaping['offset'])}" if "offset" in shaping else ""),
    )
    value = sql.SQL("t" if is_row else "t.v")
    return sql.SQL(
        "with source as ({0}), limited as ({1})"
        " select (select count(*) from source), count(*),"
        " coalesce(json_agg({2})::text, '[]'), coalesce((json_agg({2}) -> 0)::text, 'null')"
        " from limited t"
    ).format(source, limited, value)


def _columns(shaping: Mapping[str, str], alias: sql.Identifier) -> sql.Composable:
    if shaping.get("select", "*") == "*":
        return sql.SQL("{}.*").format(alias)
    names = shaping["select"].split(",")
    return sql.SQL(", ").join(sql.SQL("{}.{}").format(alias, sql.Identifier(n)) for n in names)


def _order(shaping: Mapping[str, str], alias: sql.Identifier) -> sql.Composable:
    if "order" not in shaping:
        return sql.SQL("")
    terms = [term.partition(".") for term in shaping["order"].split(",")]
    return sql.SQL(" order by {}").format(
        sql.SQL(", ").join(
            sql.SQL("{}.{} {}").format(
                alias, sql.Identifier(column), sql.SQL("desc" if way == "desc" else "asc")
            )
            for column, _, way in terms
        )
    )


def _filter(value: str) -> tuple[str, str]:
    parsed = _FILTER.fullmatch(value)
    if parsed is None:
        raise Refusal(
            400,
            "PGRST100",
            f'"failed to parse filter ({value})" (line 1, column 1)',
            f'unexpected "{value[:1]}" expecting "not" or operator (eq, gt, ...)',
        )
    return _OPERATORS[parsed[1]], parsed[2]


def _raw(text: str) -> sql.SQL:
    """Take text of the catalogue, or of a constant here, as SQL."""
    return sql.SQL(text)
