"""What is held about members and players, and its end: by request, and by time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

from typing_extensions import override

from scooty.core.call import Read, Write
from scooty.core.shapes import Moment
from scooty.domain.ids import MemberId, PlayerId
from scooty.domain.names import name_key, word_key
from scooty.features.players.calls.players import PlayerGone

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFile:
    """Everything that is held about a member in a guild."""

    outcome: Literal["file"] = "file"
    content: str = field(repr=False)
    """JSON, for people to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMemberFile(Read[MemberFile]):
    """Return everything that is held about a member."""

    function: ClassVar = "member_file"

    member_id: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberErased:
    """Nothing names the member any more."""

    outcome: Literal["erased"] = "erased"
    reports: int
    """That stay, and name nobody."""
    drafts: int
    """That are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseMember(Write[MemberErased]):
    """Put nobody in the place of whoever asks for it, everywhere in a guild."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerTraces:
    """What would go, should a player be forgotten."""

    player_id: PlayerId
    name: str = field(repr=False)
    name_keys: tuple[str, ...] = field(repr=False)
    """Every spelling, folded."""
    merged: int
    """Players who were merged into this one."""
    events: int
    reports: int
    revisions: int
    drafts: int
    mentions: int
    """Reports of other players whose text holds the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TracesFound:
    """There is such a player."""

    outcome: Literal["player"] = "player"
    player: PlayerTraces


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTraces(Read[TracesFound | PlayerGone]):
    """Return what there is of a player, known by id or by a name in full, however it is spelt."""

    function: ClassVar = "player_traces"

    player_id: PlayerId | None = None
    name: str | None = field(default=None, repr=False)

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "player_id": self.player_id,
            "name_key": None if self.name is None else name_key(self.name),
            "word_key": None if self.name is None else word_key(self.name),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestKnownPlayers(Read[tuple[str, ...]]):
    """Return up to 25 names of players of any event in which the typed words begin words."""

    text: str = field(repr=False)

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {"text_key": name_key(self.text)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerForgotten:
    """Nothing holds the player's name any more."""

    outcome: Literal["forgotten"] = "forgotten"
    reports: int
    mentions: int
    """Reports of other players in which a dash stands for the name now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPlayer(Write[PlayerForgotten | PlayerGone]):
    """Delete a player, with those merged into one, and all that was reported of them."""

    player_id: PlayerId


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedEvent:
    """A closed event, and when it goes."""

    name: str
    goes_at: Moment
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """For how long a guild's events are kept."""

    days: int
    """After an event was closed."""
    is_chosen: bool
    """By the guild's captains; else it is everybody's."""
    events: tuple[EndedEvent, ...]
    """The closed ones that go first, at most ten."""
    event_count: int
    """Of all closed ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRetention(Read[Retention]):
    """Return for how long events are kept, and which go next."""

    function: ClassVar = "retention_overview"
