"""What a team reads when a round is up: in its channel, and privately."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.channel_message import NotPosted
from actors.discord_gateway.replies import ActionRow, Button, Embed, Reply
from scooty.core.text.custom_ids import Verb
from scooty.core.text.ethics import footer_with_ethics_line
from scooty.core.text.notices import shown
from scooty.core.text.permissions import permission_name
from scooty.core.text.sightings import CONFIDENCE_WORDS
from scooty.core.text.style import Tone, channel_mention, mana, person, relative_time
from scooty.domain.announcing import NotNews, NowhereToAnnounce, RoundAnnounced
from scooty.domain.text import clean
from scooty.features.briefs.replies.round_brief import brief_button

if TYPE_CHECKING:
    from scooty.core.i18n import Translator
    from scooty.features.announcements.calls import Announcement, PairingNotice

MY_OPPONENT: Final = Verb("team", "opponent")
"""Arguments: the event and the round whose message has the button."""
_ETHICS_SHOWN: Final = 200


def round_up(found: Announcement, t: Translator) -> Reply:
    """Say to everybody in the team's channel that a round is up, without anybody's name."""
    lines = [t.plural("round.up.matches", found.matches)]
    if found.teammates:
        lines.append(t.plural("round.up.teammates", found.teammates, known=found.known))
    if found.is_drafting:
        lines.append(t("round.up.drafting"))
    lines += [t("round.up.tap"), relative_time(found.applied_at)]
    ours = t("setup.ethics_line.ours")
    embed = Embed(
        title=f"{Tone.KNOWN.icon} {shown(clean(found.event.name))}",
        description="\n".join(lines),
        colour=Tone.KNOWN.colour,
        footer=footer_with_ethics_line(ours, found.ethics_line, t),
    )
    button = Button(
        label=t("round.my_opponent"),
        custom_id=MY_OPPONENT(found.event.id, found.round_number),
        style="primary",
        emoji=Tone.KNOWN.icon,
    )
    brief = brief_button(found.event.id, found.round_number, t)
    return Reply(
        # A phone's notification shows this, and nothing of a card.
        content=f"📣 **{t('round.up', number=found.round_number)}**",
        embeds=(embed,),
        rows=(ActionRow(components=(button, brief)),),
        ephemeral=False,
    )


def pairing_told(found: Announcement, notice: PairingNotice, t: Translator) -> Reply:
    """Tell one member privately, in two lines, whom they play."""
    head = [t("round.up", number=found.round_number)]
    if notice.table is not None:
        head.append(t("round.table", number=notice.table))
    ethics = t("setup.ethics_line.ours")
    if found.ethics_line is not None:
        ethics = f"{ethics} · {shown(clean(found.ethics_line), _ETHICS_SHOWN)}"
    lines = (
        f"📣 **{' · '.join(head)}** · {shown(clean(found.event.name))}",
        _opponent(found, notice, t),
        f"-# {ethics}",
    )
    return Reply(content="\n".join(lines), ephemeral=False)


def _opponent(found: Announcement, notice: PairingNotice, t: Translator) -> str:
    if notice.opponent is None:
        return t("round.told.bye")
    name = f"**{shown(clean(notice.opponent))}**"
    if notice.teammate_id is not None:
        return t("round.told.teammate", name=name, who=person(notice.teammate_id, t))
    if found.is_drafting:
        return f"{name} · {t('round.told.drafting')}"
    if notice.archetype is None or notice.confidence is None:
        return f"{name} · {t('round.told.unknown')}"
    deck = f"{shown(clean(notice.archetype))} {mana(notice.colours or '')}"
    return f"{name} · {deck} · {t(CONFIDENCE_WORDS[notice.confidence])}"


def closed_for_messages(t: Translator) -> Reply:
    """Say to a member, where the round was announced, that they could not be told privately.

    The gateway puts their mention before it. Nothing of their pairing is in it.
    """
    return Reply(content=t("round.told.closed"), ephemeral=False)


def announced_line(
    outcome: RoundAnnounced | NowhereToAnnounce | NotNews | NotPosted, t: Translator
) -> str | None:
    """Say, to whoever applied a round, what became of its message; None when there is none to be.

    Args:
        outcome: What became of it.
        t: The person's language.
    """
    match outcome:
        case RoundAnnounced():
            key = "round.announced.again" if outcome.was_edited else "round.announced"
            return f"📣 {t(key, channel=channel_mention(outcome.channel_id))}"
        case NowhereToAnnounce():
            return f"{Tone.ATTENTION.icon} {t('round.announced.nowhere')}"
        case NotPosted(lacking=(_, *_)):
            names = ", ".join(f"`{permission_name(each, t)}`" for each in outcome.lacking)
            return f"{Tone.ATTENTION.icon} {t('round.announced.forbidden', permissions=names)}"
        case NotPosted(reason="not_connected"):
            return f"{Tone.QUEUED.icon} {t('round.announced.later')}"
        case NotPosted():
            return f"{Tone.ATTENTION.icon} {t('round.announced.refused')}"
        case NotNews():
            return None
        case _:
            assert_never(outcome)
