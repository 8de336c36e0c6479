"""The routes and how a path finds its own: a tree of segments, literal ones before parameters."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from sandbox.rest.errors import RestError, one_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sandbox.state import State
    from sandbox.wire import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file of a multipart body."""

    field_name: str
    """``files[0]`` and so on."""
    filename: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(slots=True, kw_only=True)
class Call:
    """One request, parsed."""

    route: Route
    params: dict[str, str]
    query: Mapping[str, str]
    body: JsonObject | list[JsonObject] | None = None
    uploads: tuple[Upload, ...] = ()

    @property
    def where(self) -> str:
        """Method and template, the name of the request in traces."""
        return self.route.name

    def fields(self) -> JsonObject:
        """Return the body as an object; a missing body counts as an empty one."""
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise one_problem(
                None, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType"
            )
        return self.body


Answer: TypeAlias = "tuple[int, JsonObject | list[JsonObject] | None]"
"""HTTP status and JSON body; None is an empty body."""
Handler: TypeAlias = "Callable[[State, Call], Answer]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A route's own rate limit: so many requests in so many seconds, for each major parameter."""

    requests: int
    within_s: float


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a template such as ``/channels/{channel_id}/messages``."""

    method: str
    template: str
    handler: Handler
    limit: Limit | None = None
    needs_token: bool = True
    """False where the path itself holds the interaction's token."""
    name: str = field(init=False)
    bucket: str = field(init=False)
    """The X-RateLimit-Bucket hash."""

    def __post_init__(self) -> None:
        name = f"{self.method} {self.template}"
        object.__setattr__(self, "name", name)
        digest = hashlib.sha256(name.encode()).hexdigest()[:32]
        object.__setattr__(self, "bucket", digest)


class _Node:
    __slots__ = ("children", "parameter", "routes")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.parameter: _Node | None = None
        self.routes: dict[str, tuple[Route, tuple[str, ...]]] = {}


class Router:
    """Finds a route by method and path."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._root = _Node()
        for route in routes:
            self._add(route)

    def _add(self, route: Route) -> None:
        node = self._root
        names: list[str] = []
        for segment in route.template.strip("/").split("/"):
            if segment.startswith("{"):
                names.append(segment.strip("{}"))
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.children.setdefault(segment, _Node())
        node.routes[route.method] = (route, tuple(names))

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """Return the route of ``path`` (without the API prefix) and its parameters.

        Raises:
            RestError: 404 for an unknown path, 405 for an unknown method of a known one.
        """
        node = self._root
        values: list[str] = []
        for segment in path.strip("/").split("/"):
            child = node.children.get(segment)
            if child is None:
                child = node.parameter
                values.append(unquote(segment))
            if child is None:
                raise RestError(404, 0, "404: Not Found")
            node = child
        if not node.routes:
            raise RestError(404, 0, "404: Not Found")
        found = node.routes.get(method)
        if found is None:
            raise RestError(405, 0, "405: Method Not Allowed")
        route, names = found
        return route, dict(zip(names, values, strict=True))
