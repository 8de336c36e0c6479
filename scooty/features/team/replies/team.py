"""What ``/team link | unlink | list | notify`` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.text.limits import EMBED_DESCRIPTION
from scooty.core.text.notices import fit_lines, notice, shown
from scooty.core.text.style import Tone, person
from scooty.domain.text import clean

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.ids import MemberId
    from scooty.features.team.calls import (
        Linked,
        LinkedBefore,
        Links,
        NotificationSet,
        PlayerTaken,
        TeamLink,
    )

_ROOM_BELOW: Final = 200


def linked(outcome: Linked, member_id: MemberId, t: Translator, *, is_new: bool) -> Reply:
    """Say who is which player now.

    Args:
        outcome: The player, and the one before.
        member_id: The member.
        t: The reader's language.
        is_new: Nobody was called that before.
    """
    lines = [t("team.linked.text", who=person(member_id, t), player=_name(outcome.name))]
    if outcome.former is not None:
        lines.append(t("team.linked.former", player=_name(outcome.former)))
    if is_new:
        lines.append(f"{Tone.ATTENTION.icon} {t('team.linked.new')}")
    lines.append(t("team.linked.next"))
    return notice(Tone.SAVED, t("team.linked.title"), "\n".join(lines))


def linked_before(outcome: LinkedBefore, member_id: MemberId, t: Translator) -> Reply:
    """Say that there was nothing to do."""
    text = t("team.linked_before.text", who=person(member_id, t), player=_name(outcome.name))
    return notice(Tone.SAVED, t("team.linked_before.title"), text)


def player_taken(outcome: PlayerTaken, t: Translator) -> Reply:
    """Say who is that player already."""
    text = t("team.taken.text", who=person(outcome.member_id, t), player=_name(outcome.name))
    return notice(Tone.REFUSED, t("team.taken.title"), text)


def others_by_captains(t: Translator) -> Reply:
    """Say that one says for oneself who one is, and captains for anybody."""
    return notice(Tone.REFUSED, t("team.captains.title"), t("team.captains.text"))


def unlinked(player: str, member_id: MemberId, t: Translator) -> Reply:
    """Say that a member is no player any more."""
    text = t("team.unlinked.text", who=person(member_id, t), player=_name(player))
    return notice(Tone.UNDONE, t("team.unlinked.title"), text)


def not_linked(t: Translator, *, member_id: MemberId | None = None) -> Reply:
    """Say that nobody said which player somebody is, and how it is said.

    Args:
        t: The reader's language.
        member_id: Who that is; None for the reader.
    """
    if member_id is None:
        text = t("team.not_linked.text")
    else:
        text = t("team.not_linked.other", who=person(member_id, t))
    return notice(Tone.REFUSED, t("team.not_linked.title"), text)


def notification_set(outcome: NotificationSet, t: Translator) -> Reply:
    """Say whether direct messages come when a round is up."""
    wanted = outcome.wanted
    title = t("team.notify.on.title" if wanted else "team.notify.off.title")
    text = t("team.notify.on.text" if wanted else "team.notify.off.text")
    if outcome.outcome == "notified_before":
        text = f"{t('team.notify.as_before')} {text}"
    return notice(Tone.SAVED, title, text)


def links_listed(found: Links, t: Translator) -> Reply:
    """List who of the team is which player."""
    if not found.links:
        return notice(Tone.KNOWN, t("team.list.title"), t("team.list.empty"))
    lines = [_line(link, t) for link in found.links]
    listed, count = fit_lines(lines, EMBED_DESCRIPTION - _ROOM_BELOW)
    if count < len(lines):
        listed += f"\n{t.plural('list.more', len(lines) - count)}"
    return notice(Tone.KNOWN, t("team.list.title"), listed, footer=t("team.list.footer"))


def _line(link: TeamLink, t: Translator) -> str:
    bell = " · 🔔" if link.is_notified else ""
    return f"• {person(link.member_id, t)} · {_name(link.player)}{bell}"


def _name(name: str) -> str:
    return f"**{shown(clean(name))}**"
