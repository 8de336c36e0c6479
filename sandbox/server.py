"""One port that serves everything: REST, gateway, files, the page and its socket."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Self

from aiohttp import WSCloseCode, web

from sandbox.config import SandboxConfig
from sandbox.gateway_socket import serve_gateway
from sandbox.page_files import find_page_file
from sandbox.page_socket import serve_page_socket
from sandbox.persistence import load_world, save_world
from sandbox.rest.app import serve_rest
from sandbox.state import State
from sandbox.wire import API_PREFIX

if TYPE_CHECKING:
    from types import TracebackType

_TICK_S: Final = 0.25
"""Time between two batches of trace lines."""
_TICKS_A_SAVE: Final = 8
_LOOPBACK_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Sandbox:
    """A running Discord: ``async with Sandbox(SandboxConfig()) as sandbox: sandbox.base_url``.

    Args:
        config: The defaults suit tests: a free port and nothing kept on disk.
    """

    def __init__(self, config: SandboxConfig | None = None) -> None:
        self.config = config or SandboxConfig()
        self.state = State.build(self.config)
        self._runner: web.ServerRunner | None = None
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def base_url(self) -> str:
        """``http://127.0.0.1:PORT``, without a slash at the end."""
        return self.state.base_url

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Bind the port and serve.

        Raises:
            OSError: When the port is taken.
        """
        state = self.state
        server = web.Server(self._serve, access_log=None)
        self._runner = web.ServerRunner(server, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.config.host, self.config.port)
        await site.start()
        address = self._runner.addresses[0]
        host = f"[{self.config.host}]" if ":" in self.config.host else self.config.host
        state.base_url = f"http://{host}:{address[1]}"
        load_world(state)
        state.gateway.on_presence = self._presence_changed
        self._tasks = [
            asyncio.create_task(state.interactions.expire_forever()),
            asyncio.create_task(self._tick_forever()),
        ]

    async def stop(self) -> None:
        """Say goodbye to everybody and free the port."""
        state = self.state
        state.gateway.on_presence = lambda _online: None
        for site in self._runner.sites if self._runner is not None else ():
            # First, or those who are sent away would come back to a sandbox that is going.
            await site.stop()
        for link in list(state.connections):
            link.close_soon(WSCloseCode.GOING_AWAY, "the sandbox stops")
        farewells = [each.close(code=WSCloseCode.GOING_AWAY) for each in state.page_sockets]
        await asyncio.gather(*farewells, return_exceptions=True)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()
        state.request_log.flush()
        save_world(state)

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith(API_PREFIX):
            return await serve_rest(self.state, request)
        if path.rstrip("/") == "/gw":
            return await serve_gateway(self.state, request)
        if not _is_from_this_machine(request):
            return web.Response(status=403, text="The sandbox serves this machine only.")
        if path == "/page/ws":
            return await serve_page_socket(self.state, request)
        if path.startswith("/cdn/"):
            return self._serve_file(path.removeprefix("/cdn/"))
        return find_page_file(path)

    def _serve_file(self, path: str) -> web.Response:
        found = self.state.files.find(path)
        if found is None:
            return web.Response(status=404, text="no such file")
        content_type, content = found
        headers = {"Content-Type": content_type, "X-Content-Type-Options": "nosniff"}
        return web.Response(body=content, headers=headers)

    def _presence_changed(self, online: bool) -> None:  # noqa: FBT001 - a listener's one argument
        pages = self.state.pages
        pages.broadcast({"t": "bot", "online": online})
        if online:
            for viewer in pages.viewers:
                viewer.bot_came_online()

    async def _tick_forever(self) -> None:
        ticks = 0
        while True:
            await asyncio.sleep(_TICK_S)
            ticks += 1
            self._send_trace()
            self.state.request_log.flush()
            if ticks % _TICKS_A_SAVE == 0:
                save_world(self.state)

    def _send_trace(self) -> None:
        watching = [viewer for viewer in self.state.pages.viewers if viewer.wants_trace]
        if not watching:
            return
        self.state.pages.send_trace(watching, self.state.trace)


def _is_from_this_machine(request: web.BaseRequest) -> bool:
    # A web page elsewhere could point its own name at 127.0.0.1 and speak to the page's socket
    # through the visitor's browser; its Host and Origin give it away.
    host = request.host.rsplit(":", 1)[0]
    origin = request.headers.get("Origin", "")
    return host in _LOOPBACK_NAMES and (not origin or origin.endswith(f"//{request.host}"))
