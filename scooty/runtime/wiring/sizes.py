"""How much everybody may have in hand, and for how long."""

from __future__ import annotations

from typing import Final

AT_ONCE: Final = 64
"""Messages in hand of the actors on every interaction's way."""
MAILBOX: Final = 256
INTAKE: Final = 1024
"""Interactions that may wait: about as many as can be answered within Discord's 3 s. A shorter
queue would refuse people whom a moment's patience would have served."""
HUNG_AFTER_S: Final = 8.0
"""Longer than any database deadline, short enough to matter between pairings and first card."""
