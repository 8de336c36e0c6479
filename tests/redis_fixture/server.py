"""Redis servers for tests: a real one to hurt, or a stand-in where Redis is not installed."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import fakeredis
import pytest

from tests.free_ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["REAL_REDIS", "RealRedis", "guarded_redis", "redis_server", "redis_url"]

REAL_REDIS = shutil.which("redis-server")
_READY = "Ready to accept connections"


class RealRedis:
    """One redis-server process of our own, on one port over any number of lives.

    Args:
        directory: Its working folder; nothing is saved there.
        password: What clients must send, if anything.
    """

    def __init__(self, directory: Path, *, password: str | None = None) -> None:
        self._directory = directory
        self.password = password
        self._process: subprocess.Popen[str] | None = None
        self.port = free_port()

    @property
    def url(self) -> str:
        secret = "" if self.password is None else f":{self.password}@"
        return f"redis://{secret}127.0.0.1:{self.port}/0"

    def start(self, *further_options: str) -> None:
        """Start it; returns when it accepts connections."""
        if REAL_REDIS is None:
            pytest.skip("needs redis-server on the PATH")
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        options += ["--dir", str(self._directory), *further_options]
        if self.password is not None:
            options += ["--requirepass", self.password]
        self._process = subprocess.Popen(
            [REAL_REDIS, *options], stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        seen = []
        for line in self._output():
            seen.append(line)
            if _READY in line:
                return
        pytest.fail("redis-server did not start:\n" + "".join(seen))

    def kill(self) -> None:
        """End it without notice."""
        self._signal(signal.SIGKILL)
        self._reap()

    def freeze(self) -> None:
        """Stop it in its tracks: connections stay open, nothing is answered."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def end(self) -> None:
        """End it, frozen or not, if it runs."""
        if self._process is not None:
            self.kill()

    def command(self, *words: str, password: str | None = None) -> bytes:
        """Send one command past the client under test; returns the first part of the answer."""
        secret = password or self.password
        sentences = [words] if secret is None else [("AUTH", secret), words]
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            for sentence in sentences:
                parts = [f"${len(word.encode())}\r\n{word}\r\n" for word in sentence]
                connection.sendall(f"*{len(sentence)}\r\n{''.join(parts)}".encode())
                answer = connection.recv(65536)
        return answer

    def _output(self) -> Iterator[str]:
        assert self._process is not None
        assert self._process.stdout is not None
        return iter(self._process.stdout)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)

    def _reap(self) -> None:
        assert self._process is not None
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None


@contextmanager
def serve_stand_in() -> Iterator[str]:
    """A fakeredis behind a real socket; yields its URL."""
    server = fakeredis.TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"redis://127.0.0.1:{server.server_address[1]}/0"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RealRedis]:
    """A running real Redis to kill, freeze and thaw; the test skips where there is none."""
    server = RealRedis(tmp_path)
    try:
        server.start()
        yield server
    finally:
        server.end()


@pytest.fixture
def guarded_redis(tmp_path: Path) -> Iterator[RealRedis]:
    """A real Redis with a password, not yet started."""
    server = RealRedis(tmp_path, password=secrets.token_hex(8))
    try:
        yield server
    finally:
        server.end()


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis that stays well: a real one where installed, else the stand-in."""
    if REAL_REDIS is None:
        with serve_stand_in() as url:
            yield url
        return
    server = RealRedis(tmp_path)
    try:
        server.start()
        yield server.url
    finally:
        server.end()
