"""Who watches whom: what is said when that begins, ends, or cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button
from scooty.core.text.custom_ids import Verb
from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone, person, relative_time
from scooty.domain.text import clean
from scooty.features.coverage.calls.assignments import Hindrance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.ids import MemberId
    from scooty.features.coverage.calls.assignments import (
        Assigned,
        NotAssigned,
        NotYourAssignment,
        Released,
        WatchedAlready,
    )

RELEASE: Final = Verb("assign", "release")
"""Arguments: the event's id, the player's."""
HAND_OVER: Final = Verb("assign", "instead")
"""Arguments: the player's id, that of the member who is to watch."""

_HINDRANCES: Final[Mapping[Hindrance, str]] = {
    Hindrance.KNOWN: "assign.known",
    Hindrance.TEAMMATE: "assign.teammate",
    Hindrance.NOT_PLAYING: "assign.not_playing",
    Hindrance.NOBODY_FREE: "assign.nobody_free",
    Hindrance.EVENT_OVER: "assign.event_over",
    Hindrance.NO_EVENT: "coverage.no_event.text",
}


def claimed(done: Assigned, t: Translator) -> str:
    """Say in a line that the reader watches a player."""
    line = t("assign.claimed", player=_player(done.name))
    if done.table is not None:
        line = t("assign.claimed.table", player=_player(done.name), table=done.table)
    return f"{Tone.SAVED.icon} {line}"


def assigned(done: Assigned, t: Translator) -> Reply:
    """Say whom a member watches from now on, and how that ends."""
    who = person(done.member_id, t)
    lines = [t("assign.done.text", member=who, player=_player(done.name))]
    if done.table is not None:
        lines[0] = t("assign.done.table", member=who, player=_player(done.name), table=done.table)
    if done.instead_of is not None:
        lines.append(t("assign.done.instead", member=person(done.instead_of, t)))
    lines += [t.plural("assign.done.watching", done.watching, member=who), t("assign.done.ends")]
    release = Button(
        label=t("assign.release"),
        custom_id=RELEASE(done.event_id, done.player_id),
        emoji=Tone.UNDONE.icon,
    )
    return notice(Tone.SAVED, t("assign.done"), "\n".join(lines), components=(release,))


def watched_by(found: WatchedAlready, reader_id: MemberId, t: Translator) -> str:
    """Say in a sentence who watches a player already."""
    since, player = relative_time(found.since), _player(found.name)
    if found.member_id == reader_id:
        return t("assign.watched.you", player=player, since=since)
    return t("assign.watched", player=player, member=person(found.member_id, t), since=since)


def watched_already(
    found: WatchedAlready, wanted_id: MemberId, reader_id: MemberId, t: Translator
) -> Reply:
    """Say to a captain who watches a player, and offer another member in their place."""
    release = Button(
        label=t("assign.release"),
        custom_id=RELEASE(found.event_id, found.player_id),
        emoji=Tone.UNDONE.icon,
    )
    buttons: tuple[Button, ...] = (release,)
    lines = [watched_by(found, reader_id, t)]
    if wanted_id == found.member_id:
        lines.append(t("assign.watched.unchanged"))
    else:
        lines.append(t("assign.watched.offer", member=person(wanted_id, t)))
        hand_over = Button(
            label=t("assign.instead"),
            custom_id=HAND_OVER(found.player_id, wanted_id),
            style="primary",
        )
        buttons = (hand_over, release)
    title = t("assign.watched.title")
    return notice(Tone.ATTENTION, title, "\n".join(lines), components=buttons)


def hindered(found: NotAssigned, t: Translator) -> str:
    """Say in a sentence why nobody begins to watch a player."""
    return t(_HINDRANCES[found.why], player=_player(found.name))


def not_assigned(found: NotAssigned, t: Translator) -> Reply:
    """Say why nobody begins to watch a player, and what to do."""
    return notice(Tone.REFUSED, t("assign.not_done"), hindered(found, t))


def released_own(done: Released, t: Translator) -> str:
    """Say in a line that the reader watches a player no more."""
    return f"{Tone.UNDONE.icon} {t('assign.released.own', player=_player(done.name))}"


def released(done: Released, t: Translator) -> Reply:
    """Say that nobody watches a player any more."""
    text = t("assign.released.text", player=_player(done.name), member=person(done.member_id, t))
    return notice(Tone.UNDONE, t("assign.released"), text)


def not_watched(t: Translator) -> Reply:
    """Say that nobody watches the player: a report arrived, or somebody was quicker."""
    return notice(Tone.UNDONE, t("assign.not_watched"), t("assign.not_watched.text"))


def not_your_assignment(found: NotYourAssignment, t: Translator) -> str:
    """Say in a sentence whose it is."""
    return t("assign.not_yours", player=_player(found.name), member=person(found.member_id, t))


def _player(name: str) -> str:
    return shown(clean(name))
