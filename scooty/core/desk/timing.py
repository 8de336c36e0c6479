"""How long the desk waits for what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTiming:
    """Deadlines in seconds. Discord wants the first answer within 3 s of the person's gesture.

    Source: https://discord.com/developers/docs/interactions/receiving-and-responding
    """

    defer_after_s: float = 0.8
    """Counted from when the gateway received the interaction."""
    too_late_after_s: float = 2.5
    """One that has waited so long (the desk was restarting) is run only if Discord gives it more
    time: of the 3 s, too little is left to run it and to answer."""
    permit_s: float = 0.1
    """A limiter that is away costs a command no more than this."""
    choices_s: float = 1.5
    """Typing is answered with no choices after this; later ones would come too late."""
    command_s: float = 6.0
    """A command that is not done by then is given up with a sentence: longer than the database's
    own deadlines, shorter than the time after which the desk itself would count as hung."""
    answer_s: float = 15.0
    """Long enough for a gateway that is restarting, after a deferral."""
    defer_s: float = 2.0
