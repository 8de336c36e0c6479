"""What people read when something was not done: what happened, whether it was saved, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.rendering.notices import notice
from scooty.rendering.style import Tone, moment_ago

if TYPE_CHECKING:
    from datetime import datetime

    from actors.discord_gateway.messages import Reply
    from scooty.i18n import Translator

__all__ = [
    "captains_only",
    "crashed",
    "database_away",
    "not_in_direct_messages",
    "scouts_only",
    "slow_down",
    "stale_component",
    "took_too_long",
    "unknown_command",
    "unusable_input",
]


def _title(t: Translator, *, writes: bool) -> str:
    return t("problem.not_saved") if writes else t("problem.not_done")


def database_away(t: Translator, *, writes: bool, may_have_been_saved: bool) -> Reply:
    """Say that the database is away, and whether what was asked may be stored all the same."""
    if writes and may_have_been_saved:
        return notice(Tone.FAILED, t("problem.perhaps_saved"), t("problem.answer_lost"))
    text = t("problem.database_away.write") if writes else t("problem.database_away.read")
    return notice(Tone.FAILED, _title(t, writes=writes), text)


def took_too_long(t: Translator, *, writes: bool) -> Reply:
    """Say that no answer came in time."""
    if writes:
        return notice(Tone.FAILED, t("problem.perhaps_saved"), t("problem.answer_lost"))
    return notice(Tone.FAILED, t("problem.not_done"), t("problem.too_slow"))


def crashed(t: Translator, *, writes: bool, reference: str) -> Reply:
    """Admit a bug, with the reference under which operators find it in the log."""
    if writes:
        text = t("problem.crashed.write", reference=reference)
        return notice(Tone.FAILED, t("problem.perhaps_saved"), text)
    text = t("problem.crashed.read", reference=reference)
    return notice(Tone.FAILED, t("problem.not_done"), text)


def slow_down(t: Translator, *, writes: bool, retry_at: datetime) -> Reply:
    """Say when the person may go on."""
    text = t("problem.slow_down", when=moment_ago(retry_at))
    return notice(Tone.REFUSED, _title(t, writes=writes), text)


def unusable_input(t: Translator, sentence: str, *, writes: bool) -> Reply:
    """Show the sentence of a `UserError`, which is in the person's language already."""
    return notice(Tone.REFUSED, _title(t, writes=writes), sentence)


def captains_only(t: Translator, *, writes: bool) -> Reply:
    """Say that the command is for captains."""
    return notice(Tone.REFUSED, _title(t, writes=writes), t("problem.captains_only"))


def scouts_only(t: Translator, *, writes: bool) -> Reply:
    """Say that the command is for scouts and captains."""
    return notice(Tone.REFUSED, _title(t, writes=writes), t("problem.scouts_only"))


def not_in_direct_messages(t: Translator, *, writes: bool) -> Reply:
    """Say that scouting is a server's own affair."""
    return notice(Tone.REFUSED, _title(t, writes=writes), t("problem.direct_message"))


def unknown_command(t: Translator) -> Reply:
    """Say that the picker shows a command that this version does not have."""
    return notice(Tone.REFUSED, t("problem.not_done"), t("problem.unknown_command"))


def stale_component(t: Translator) -> Reply:
    """Say that a button, list or form is from an older version."""
    return notice(Tone.REFUSED, t("problem.not_done"), t("problem.stale"))
