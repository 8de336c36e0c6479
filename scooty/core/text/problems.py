"""What people read when something was not done: what happened, whether it was saved, what to do."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, Literal, assert_never

from scooty.core.text.notices import notice
from scooty.core.text.style import Tone, not_before, role_mention

if TYPE_CHECKING:
    from datetime import datetime

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.roles import TeamRoles

_ROLES_NAMED: Final = 5
"""Of those that would help; one is enough."""


class Effect(Enum):
    """What a request changes when it succeeds; an error says that it did not, or may have.

    Three keys of the catalogues: the title when it was not done, the title when nobody knows,
    and what to do then.
    """

    NOTHING = ("problem.not_done", "problem.not_done", "problem.unchanged")
    REPORT = ("problem.not_saved", "problem.perhaps_saved", "problem.look_before_repeating")
    REPORT_EDIT = ("problem.not_saved", "problem.perhaps_saved", "report.problem.look")
    REPORT_DELETION = (
        "report.problem.not_deleted",
        "report.problem.perhaps_deleted",
        "report.problem.look",
    )
    UNDO = ("problem.not_undone", "problem.perhaps_undone", "problem.press_again")
    SETTING = ("problem.not_done", "problem.perhaps_done", "problem.look_at_setup")
    JOB = ("problem.not_done", "problem.perhaps_done", "problem.look_at_jobs")
    EVENT_CHANGE = ("problem.not_saved", "problem.perhaps_saved", "event.look_first")
    PLAYERS = ("problem.not_done", "problem.perhaps_done", "player.look_at_list")
    IMPORT = ("problem.not_saved", "problem.perhaps_saved", "import.look_first")
    RESULT = ("problem.not_saved", "problem.perhaps_saved", "result.tell_again")
    ROUND = ("problem.not_saved", "problem.perhaps_saved", "round_file.look_first")
    DECK = ("problem.not_saved", "problem.perhaps_saved", "deck.look_first")
    PREVIEW = ("problem.not_done", "problem.perhaps_done", "import.preview_again")
    ASSIGNMENT = ("problem.not_done", "problem.perhaps_done", "coverage.look_first")
    BOARD = ("problem.not_done", "problem.perhaps_done", "live.look_first")
    ARCHETYPE = ("problem.not_saved", "problem.perhaps_saved", "archetype.look_first")
    ERASURE = ("problem.not_erased", "problem.perhaps_erased", "problem.erase_again")
    TEAM = ("problem.not_done", "problem.perhaps_done", "team.look_first")
    EVENT = ("problem.not_created", "problem.perhaps_created", "problem.create_again")

    @property
    def not_done(self) -> str:
        """The title's key when nothing was changed."""
        return self.value[0]

    @property
    def perhaps_done(self) -> str:
        """The title's key when nobody knows."""
        return self.value[1]

    @property
    def advice(self) -> str:
        """The key of what to do when nobody knows."""
        return self.value[2]


def database_away(
    t: Translator,
    effect: Effect,
    *,
    may_have_been_saved: bool,
    not_queued: Literal["full", "disk"] | None = None,
) -> Reply:
    """Say that the database is away, and whether what was asked may be stored all the same.

    Args:
        t: The person's language.
        effect: What the request changes.
        may_have_been_saved: The database may have done it before it went away.
        not_queued: Why it cannot wait here for the database, where that was tried.
    """
    if effect is Effect.NOTHING:
        return notice(Tone.FAILED, t(effect.not_done), t("problem.database_away.read"))
    if may_have_been_saved:
        return _unknown_end(t, effect, t("problem.answer_lost"))
    match not_queued:
        case "full":
            text = t("problem.queue_full")
        case "disk":
            text = t("problem.queue_closed")
        case None:
            text = t("problem.database_away.write")
        case _:
            assert_never(not_queued)
    return notice(Tone.FAILED, t(effect.not_done), text)


def took_too_long(t: Translator, effect: Effect) -> Reply:
    """Say that no answer came in time."""
    return _unknown_end(t, effect, t("problem.too_slow"))


def crashed(t: Translator, effect: Effect, *, reference: str) -> Reply:
    """Admit a bug, with the reference under which operators find it in the log."""
    return _unknown_end(t, effect, t("problem.crashed"), t("problem.reference", id=reference))


def _unknown_end(t: Translator, effect: Effect, happened: str, *more: str) -> Reply:
    """Say what happened when it is not known whether anything was changed, and what to do."""
    text = " ".join((happened, t(effect.advice), *more))
    return notice(Tone.FAILED, t(effect.perhaps_done), text)


def slow_down(
    t: Translator, effect: Effect, *, retry_at: datetime, by_server: bool = False
) -> Reply:
    """Say when the person may go on; ``by_server``: they did nothing wrong, all together did."""
    key = "problem.slow_down.server" if by_server else "problem.slow_down"
    return _refused(t, effect, t(key, when=not_before(retry_at)))


def unusable_input(t: Translator, effect: Effect, sentence: str) -> Reply:
    """Show the sentence of a `UserError`, which is in the person's language already."""
    return _refused(t, effect, sentence)


def captains_only(t: Translator, effect: Effect) -> Reply:
    """Say that the command is for captains."""
    return _refused(t, effect, t("problem.captains_only"))


def scouts_only(t: Translator, effect: Effect) -> Reply:
    """Say that the command is for scouts and captains."""
    return _refused(t, effect, t("problem.scouts_only"))


def no_role(t: Translator, effect: Effect, roles: TeamRoles) -> Reply:
    """Say to somebody without a role in the team which roles of the server would give one."""
    granting = (*sorted(roles.scouts), *sorted(roles.readers)) or sorted(roles.captains)
    named = ", ".join(map(role_mention, granting[:_ROLES_NAMED]))
    return _refused(t, effect, t("problem.no_role", roles=named))


def roles_unknown(t: Translator, effect: Effect) -> Reply:
    """Say that nobody can tell now who may look up: the database is away."""
    return notice(Tone.FAILED, t(effect.not_done), t("problem.roles_unknown"))


def not_in_direct_messages(t: Translator, effect: Effect) -> Reply:
    """Say that scouting is a server's own affair."""
    return _refused(t, effect, t("problem.direct_message"))


def unknown_command(t: Translator) -> Reply:
    """Say that the picker shows a command that this version does not have."""
    return _refused(t, Effect.NOTHING, t("problem.unknown_command"))


def stale_component(t: Translator) -> Reply:
    """Say that a button, list or form is from an older version."""
    return _refused(t, Effect.NOTHING, t("problem.stale"))


def _refused(t: Translator, effect: Effect, text: str) -> Reply:
    return notice(Tone.REFUSED, t(effect.not_done), text)
