"""The shapes of short answers over HTTP."""

from __future__ import annotations

import orjson

from actors.http_server.messages import HttpResponse


def sentence(status: int, text: str) -> HttpResponse:
    """Answer with one sentence."""
    return json_reply(status, {"text": text})


def json_reply(status: int, content: dict[str, object]) -> HttpResponse:
    """Answer with an object."""
    return HttpResponse(status=status, content_type="application/json", body=orjson.dumps(content))
