"""Ports for servers that are told where to listen."""

from __future__ import annotations

import socket
import sys

__all__ = ["free_port"]

_reserved: list[socket.socket] = []


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody else is given while this run lasts.

    A port that is only looked up may be somebody else's a moment later. On Linux a socket that is
    bound and does not listen keeps the port from everybody who lets the system choose, and from
    nobody who asks for it by number with SO_REUSEADDR, as servers do. Elsewhere it would keep the
    server out too, and the port is only looked up.

    Source: socket(7), SO_REUSEADDR
    """
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    port: int = holder.getsockname()[1]
    if sys.platform == "linux":
        _reserved.append(holder)
    else:
        holder.close()
    return port
