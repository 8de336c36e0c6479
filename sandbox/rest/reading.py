"""Reads a request's body: JSON, or multipart with ``payload_json`` and ``files[n]``.

Source: https://discord.com/developers/docs/reference#uploading-files
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson
from aiohttp import BodyPartReader, web

from sandbox.rest.errors import RestError, one_problem
from sandbox.rest.router import Upload

if TYPE_CHECKING:
    from sandbox.wire import JsonObject

ATTACHMENT_SIZE_LIMIT: Final = 10 * 1024 * 1024
"""Source: reference#uploading-files, the default limit for every file."""
REQUEST_SIZE_LIMIT: Final = 25 * 1024 * 1024
_UPLOADS_ALLOWED: Final = 10


async def read_body(
    request: web.BaseRequest,
) -> tuple[JsonObject | list[JsonObject] | None, tuple[Upload, ...]]:
    """Return the JSON of a request and its files.

    Raises:
        RestError: For JSON that does not parse (50109) and for files over the limit (40005).
    """
    if not request.body_exists:
        return None, ()
    try:
        return await _read(request.clone(client_max_size=REQUEST_SIZE_LIMIT))
    except web.HTTPRequestEntityTooLarge as error:
        raise RestError(413, 40005, "Request entity too large") from error


async def _read(
    request: web.BaseRequest,
) -> tuple[JsonObject | list[JsonObject] | None, tuple[Upload, ...]]:
    content_type = request.content_type
    if content_type == "multipart/form-data":
        return await _read_multipart(request)
    raw = await request.read()
    if not raw:
        return None, ()
    if content_type != "application/json":
        raise one_problem(
            None,
            "CONTENT_TYPE_INVALID",
            "Expected \"Content-Type\" header to be one of {'application/json'}.",
        )
    return _parse(raw), ()


async def _read_multipart(
    request: web.BaseRequest,
) -> tuple[JsonObject | list[JsonObject] | None, tuple[Upload, ...]]:
    body: JsonObject | list[JsonObject] | None = None
    uploads: list[Upload] = []
    total = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read(decode=True))
        total += len(content)
        if total > REQUEST_SIZE_LIMIT:
            raise RestError(413, 40005, "Request entity too large")
        if part.name == "payload_json":
            body = _parse(content)
        elif part.filename is not None:
            uploads.append(_upload(part, content))
        elif part.name is not None:
            body = body if isinstance(body, dict) else {}
            body[part.name] = content.decode()
    if len(uploads) > _UPLOADS_ALLOWED:
        raise RestError(400, 30015, "Maximum number of attachments reached (10)")
    return body, tuple(uploads)


def _upload(part: BodyPartReader, content: bytes) -> Upload:
    if len(content) > ATTACHMENT_SIZE_LIMIT:
        raise RestError(413, 40005, "Request entity too large")
    return Upload(
        field_name=part.name or "",
        filename=part.filename or "unknown",
        content_type=part.headers.get("Content-Type", "application/octet-stream"),
        content=content,
    )


def _parse(raw: bytes) -> JsonObject | list[JsonObject] | None:
    try:
        parsed = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise RestError(400, 50109, "The request body contains invalid JSON.") from error
    if parsed is None or isinstance(parsed, dict | list):
        return parsed
    raise RestError(400, 50109, "The request body contains invalid JSON.")
