"""Lines that the drills leave for the end of pytest's output, passed or not."""

from __future__ import annotations

findings: list[str] = []
