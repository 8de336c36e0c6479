"""What an SQL function is to the program: one class declares it, whoever calls it fills it in.

    @dataclass(frozen=True, slots=True, kw_only=True)
    class UndoResult(Write[ResultUndone | ResultGone | ResultNotYours]):
        told_request_id: RequestId

    answer = await calls.write(request.caller, UndoResult(told_request_id=...))

The class's name is the function's (``undo_result``), its fields are the function's arguments, its
type argument is what the function answers. All else is derived: the call (`arguments`), the reading
of the answer (`scooty.core.shapes`), its place in the cache, the row of the journal.

An answer is a frozen dataclass whose field ``outcome`` is the literal that the function names it
by. One that has no such field is never read from JSON: it is this process's own, as `ReportQueued`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast, get_args, get_origin

from typing_extensions import override

from scooty.core.changes import ANYTHING_CHANGED, SETTINGS_CHANGED
from scooty.core.shapes import shape_of

if TYPE_CHECKING:
    from datetime import datetime

    from actors.repository.messages import JsonValue
    from scooty.core.cached.view import GuildView
    from scooty.core.changes import Change
    from scooty.domain.ids import GuildId, MemberId, RequestId

R = TypeVar("R")
_HUMP = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks for a change, where, and in which request."""

    guild_id: GuildId
    member_id: MemberId
    request_id: RequestId
    """Keys what is written: the same request again changes nothing more."""
    as_captain: bool = False
    """A captain has all of the guild's reports, others their own."""


class Call(Generic[R]):
    """A call of one SQL function of a guild, whose id is its first argument."""

    __slots__ = ()
    function: ClassVar[str]
    """The function's name; that of the class unless it says another one."""

    @override
    def __init_subclass__(cls) -> None:
        if "function" not in cls.__dict__:
            cls.function = _HUMP.sub("_", cls.__name__).lower()

    @classmethod
    def answers(cls) -> Any:
        """Return the type of what the function answers."""
        for base in cls.__dict__["__orig_bases__"]:
            if issubclass(get_origin(base) or object, Call):
                return get_args(base)[0]
        raise TypeError(f"{cls.__name__} does not say what it answers")

    def arguments(self) -> dict[str, JsonValue]:
        """Return the function's arguments by name; what the caller is asked for stays out.

        A class overrides this where SQL wants more of a field than people typed, such as its keys.
        """
        return shape_of(self.__class__).as_json(self)


class Read(Call[R]):
    """A call that changes nothing."""

    __slots__ = ()
    is_kept: ClassVar[bool] = False
    """The cache keeps the answer until something changes in the guild, and shows it, with its time
    in the field ``as_of``, while the database is away; an answer without that field is not shown
    then."""
    despite_reports: ClassVar[bool] = False
    """A new report does not change the answer."""
    patience_s: ClassVar[float] = 1.0
    """How long a slow database is waited for when there is something of earlier to show instead."""

    def is_current(self, view: GuildView, answer: R, position: int) -> bool:  # noqa: ARG002
        """Tell whether an answer that was read at a position of the guild's log is right still."""
        if self.despite_reports:
            return view.had_only_reports_since(position)
        return view.is_unchanged_since(position)

    def dated(self, answer: R, as_of: datetime) -> R | None:
        """Return an answer as one of an earlier time; None where that is nothing to go by."""
        if not hasattr(answer, "as_of"):
            return None
        dated: R = replace(cast("Any", answer), as_of=as_of)
        return dated


class Write(Call[R]):
    """A call that may change something, once for each request."""

    __slots__ = ()
    of_caller: ClassVar[tuple[str, ...]] = ("member_id",)
    """Which fields of the `Caller` are arguments too, besides guild and request."""
    changes_settings: ClassVar[bool] = False
    """The team's settings may be others after it."""
    is_large: ClassVar[bool] = False
    """It writes thousands of rows, and gets the time for it."""

    def change(self, answer: R) -> Change:  # noqa: ARG002 - for those that know more
        """Say what of the guild's kept answers may not be used after this answer."""
        return SETTINGS_CHANGED if self.changes_settings else ANYTHING_CHANGED
