"""A port for health, metrics and pages, answered by another actor."""

from actors.http_server.actor import HttpServer
from actors.http_server.messages import (
    BoundPort,
    GetBoundPort,
    HttpRequestReceived,
    HttpResponse,
    HttpServerMessage,
)

__all__ = [
    "BoundPort",
    "GetBoundPort",
    "HttpRequestReceived",
    "HttpResponse",
    "HttpServer",
    "HttpServerMessage",
]
