"""What the menus of a message and of a person show: a form, and a member's contributions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import EmbedField, ShowModal, TextInput
from scooty.core.text.custom_ids import Verb
from scooty.core.text.notices import notice, shown
from scooty.core.text.numbers import percent
from scooty.core.text.style import Tone, person, relative_time
from scooty.domain.field import share_of
from scooty.domain.text import clean

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.boards.calls import ProfileEvent, ScoutingProfile
    from scooty.features.reports.rules import ChatReport

REPORT_CHAT: Final = Verb("chat", "report")
"""A form with no arguments: all that counts is in its fields, which the person has read."""
_NAME: Final = 100
_COMMENT: Final = 500


def report_form(read: ChatReport, t: Translator) -> ShowModal:
    """Show what was read in a chat line, to be corrected and sent."""
    return ShowModal(
        custom_id=REPORT_CHAT(),
        title=t("chat.form.title"),
        inputs=(
            TextInput(
                custom_id="opponent",
                label=t("chat.form.opponent"),
                value=read.opponent or None,
                min_length=1,
                max_length=_NAME,
            ),
            TextInput(
                custom_id="archetype",
                label=t("chat.form.archetype"),
                value=read.archetype or None,
                min_length=1,
                max_length=_NAME,
            ),
            TextInput(
                custom_id="comment",
                label=t("chat.form.comment"),
                style="paragraph",
                value=read.comment or None,
                required=False,
                max_length=_COMMENT,
            ),
            TextInput(
                custom_id="round",
                label=t("chat.form.round"),
                value=None if read.round is None else str(read.round),
                required=False,
                max_length=2,
            ),
        ),
    )


def profile(found: ScoutingProfile, member_id: int, t: Translator) -> Reply:
    """Show what a member has contributed, event by event."""
    if not found.events:
        text = t("profile.nothing", member=person(member_id, t))
        return notice(Tone.KNOWN, t("profile.title"), text)
    events = t.plural("profile.events", found.event_count)
    reports = t.plural("choice.reports", found.reports)
    lines = [f"{person(member_id, t)} · {reports} · {events}"]
    left_out = found.event_count - len(found.events)
    if left_out > 0:
        lines.append(t.plural("profile.more", left_out))
    fields = tuple(_event(each, t) for each in found.events)
    return notice(
        Tone.KNOWN,
        t("profile.title"),
        "\n".join(lines),
        fields=fields,
        footer=t("profile.footer"),
    )


def _event(each: ProfileEvent, t: Translator) -> EmbedField:
    share = share_of(each.agreeing, each.players)
    agreement = t.plural(
        "profile.agreement",
        each.players,
        agreeing=each.agreeing,
        share="" if share is None else f" ({percent(share, t, digits=0)})",
    )
    when = t("profile.last", when=relative_time(each.last_reported_at))
    reports = t.plural("choice.reports", each.reports)
    players = t.plural("stats.players", each.players)
    return EmbedField(
        name=shown(clean(each.event.name)), value=f"{reports} · {players} · {when}\n{agreement}"
    )
