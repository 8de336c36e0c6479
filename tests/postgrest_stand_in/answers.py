"""Successes as PostgREST says them: the status, the range and the body of what came back."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web

from tests.postgrest_stand_in.asked import CSV_TYPE, JSON_TYPE, OBJECT_TYPE
from tests.postgrest_stand_in.refusals import Refusal

if TYPE_CHECKING:
    from tests.postgrest_stand_in.asked import Asked
    from tests.postgrest_stand_in.catalogue import Function

__all__ = ["VARY", "answer_call", "answer_table"]

VARY = {"Vary": "Accept, Prefer, Range"}

Rows = tuple[int, int, str, str]
"""Total, count, all as JSON text, the first as JSON text."""


def answer_call(asked: Asked, function: Function, rows: Rows) -> web.Response:
    """Answer a function's call."""
    if function.returns == "void":
        return web.Response(status=204, headers={**_profile(asked), **VARY})
    if function.returns_set:
        return _answer_rows(asked, rows, {})
    total, count, _, first = rows
    body = first if asked.accept != CSV_TYPE else _as_csv(f"[{first}]")
    return _answer(asked, body, count, total, {})


def answer_table(asked: Asked, rows: Rows) -> web.Response:
    """Answer the reading of a table."""
    query = urlencode(sorted(asked.query))
    location = f"/{'/'.join(asked.path)}" + (f"?{query}" if query else "")
    return _answer_rows(asked, rows, {"Content-Location": location})


def _answer_rows(asked: Asked, rows: Rows, headers: dict[str, str]) -> web.Response:
    total, count, everything, first = rows
    offset = int(asked.shaping().get("offset", 0))
    if asked.counts and offset and offset >= total:
        raise Refusal(
            416,
            "PGRST103",
            "Requested range not satisfiable",
            f"An offset of {offset} was requested, but there are only {total} rows.",
            reason="Requested Range Not Satisfiable",
            headers={
                **headers,
                **VARY,
                "Content-Range": f"*/{total}",
                "Preference-Applied": "count=exact",
            },
        )
    if asked.accept == OBJECT_TYPE:
        if count != 1:
            raise Refusal(
                406,
                "PGRST116",
                "Cannot coerce the result to a single JSON object",
                f"The result contains {count} rows",
            )
        return _answer(asked, first, count, total, headers)
    body = _as_csv(everything) if asked.accept == CSV_TYPE else everything
    return _answer(asked, body, count, total, headers)


def _answer(
    asked: Asked, body: str, count: int, total: int, headers: dict[str, str]
) -> web.Response:
    offset = int(asked.shaping().get("offset", 0))
    span = f"{offset}-{offset + count - 1}" if count else "*"
    return web.Response(
        status=206 if asked.counts and count < total else 200,
        body=b"" if asked.method == "HEAD" else body.encode(),
        headers={
            "Content-Range": f"{span}/{total if asked.counts else '*'}",
            "Content-Type": f"{asked.accept or JSON_TYPE}; charset=utf-8",
            **({"Preference-Applied": "count=exact"} if asked.counts else {}),
            **_profile(asked),
            **VARY,
            **headers,
        },
    )


def _profile(asked: Asked) -> dict[str, str]:
    return {"Content-Profile": asked.profile} if asked.profile else {}


def _as_csv(rows: str) -> str:
    objects = json.loads(rows)
    output = io.StringIO()
    writer = csv.DictWriter(output, objects[0] if objects else (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(objects)
    return output.getvalue().rstrip("\n")
