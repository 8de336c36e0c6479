"""What **My opponent** and ``/opponent`` answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from scooty.core.text.card_parts import elsewhere_fields
from scooty.core.text.notices import NAME_SHOWN, dated, notice, shown
from scooty.core.text.player_card import Around, card_pages, player_card
from scooty.core.text.style import Tone, person
from scooty.domain.text import clean, shorten

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.ids import MemberId
    from scooty.features.team.calls import (
        AgainstTeammate,
        Meeting,
        NoOpponent,
        NoRound,
        OpponentFound,
        OpponentInDraft,
        SeatInRound,
    )

_EVENT_SHOWN: Final = 40
_CODE_SHOWN: Final = 100


def opponent_card(
    found: OpponentFound, member_id: MemberId, t: Translator, *, above: tuple[str, ...] = ()
) -> Reply:
    """Show table, opponent, deck, what to watch, and earlier meetings.

    Args:
        found: All that is known.
        member_id: The reader.
        t: Their language.
        above: What is to be read first.
    """
    title = _title(found.place, t, against=found.facing.name)
    points = (
        () if found.facing.points is None else (t.plural("opponent.points", found.facing.points),)
    )
    meetings = _meeting_lines(found, member_id, t)
    if found.card is None:
        return _unreported(found, t, title=title, lines=(*above, *points), meetings=meetings)
    card = replace(found.card, as_of=found.as_of)
    around = Around(above=(*above, *points), below=meetings)
    doubtful = card.conflicting_archetypes or found.as_of or above
    return player_card(
        card,
        t,
        tone=Tone.ATTENTION if doubtful else Tone.KNOWN,
        title=title,
        around=around,
        components=card_pages(card, t, skipped=0, around=around),
    )


def _unreported(
    found: OpponentFound,
    t: Translator,
    *,
    title: str,
    lines: tuple[str, ...],
    meetings: tuple[str, ...],
) -> Reply:
    typed = shorten(clean(found.facing.name).replace("`", "'"), _CODE_SHOWN)
    unknown = (t("opponent.unknown"), t("opponent.scout_after", typed=typed))
    text = "\n".join((*lines, *unknown, *meetings))
    return notice(
        Tone.ATTENTION if found.as_of else Tone.KNOWN,
        title,
        dated(text, found.as_of, t),
        fields=elsewhere_fields(found.elsewhere, t),
        footer=_footer(found.place, t),
    )


def against_teammate(
    found: AgainstTeammate, t: Translator, *, above: tuple[str, ...] = ()
) -> Reply:
    """Say that the opponent is of the team, and show nothing of them."""
    text = t(
        "opponent.teammate", name=shown(clean(found.facing.name)), who=person(found.member_id, t)
    )
    return notice(
        Tone.ATTENTION,
        _title(found.place, t, against=found.facing.name),
        dated("\n".join((*above, text)), found.as_of, t),
        footer=_footer(found.place, t),
    )


def drafting(found: OpponentInDraft, t: Translator, *, above: tuple[str, ...] = ()) -> Reply:
    """Say whom the member plays, and that no notes are read in a draft."""
    return notice(
        Tone.REFUSED,
        _title(found.place, t, against=found.facing.name),
        dated("\n".join((*above, t("opponent.drafting"))), found.as_of, t),
        footer=_footer(found.place, t),
    )


def no_opponent(found: NoOpponent, t: Translator, *, above: tuple[str, ...] = ()) -> Reply:
    """Say that there is a bye, or that the member is not among the pairings."""
    place = found.place
    event, player = shown(clean(place.event.name)), shown(clean(place.player))
    number = place.round_number
    if found.outcome == "bye":
        title = t("opponent.bye.title", number=number)
        text = t("opponent.bye.text", player=player, event=event, number=number)
    else:
        title = t("opponent.not_paired.title", number=number)
        text = t("opponent.not_paired.text", player=player, event=event, number=number)
    return notice(
        Tone.KNOWN if found.outcome == "bye" else Tone.REFUSED,
        title,
        dated("\n".join((*above, text)), found.as_of, t),
    )


def no_round(found: NoRound, t: Translator) -> Reply:
    """Say that no pairings were applied yet, or none of the round that was asked for."""
    event = shown(clean(found.event))
    if found.newest is None:
        title, text = t("opponent.no_round.title"), t("opponent.no_round.text", event=event)
    else:
        number = found.round_number or found.newest
        title = t("opponent.no_such_round.title", number=number)
        text = t("opponent.no_such_round.text", number=number, event=event, newest=found.newest)
    return notice(Tone.REFUSED, title, dated(text, found.as_of, t))


def no_event(t: Translator) -> Reply:
    """Say that no event is active."""
    return notice(Tone.REFUSED, t("no_event.title"), t("opponent.no_event"))


def other_round_lines(place: SeatInRound, asked_in: int | None, t: Translator) -> tuple[str, ...]:
    """Say that the answer is not of the round that somebody may take it for; nothing if it is.

    Args:
        place: Where the member sits.
        asked_in: The round whose message has the button; None for another event's, or no button.
        t: The reader's language.
    """
    if place.round_number < place.newest:
        line = t("opponent.older", number=place.round_number, newest=place.newest)
    elif asked_in is not None and asked_in != place.round_number:
        line = t("opponent.newer", number=place.round_number, asked=asked_in)
    else:
        return ()
    return (f"{Tone.ATTENTION.icon} {line}",)


def _title(place: SeatInRound, t: Translator, *, against: str) -> str:
    parts = [t("round.number", number=place.round_number)]
    if place.table is not None:
        parts.append(t("round.table", number=place.table))
    if place.seat is not None:
        parts.append(t("round.seat", number=place.seat))
    return " · ".join((*parts, shown(clean(against))))


def _footer(place: SeatInRound, t: Translator) -> str:
    return t("card.footer", event=shorten(clean(place.event.name), NAME_SHOWN))


def _meeting_lines(found: OpponentFound, member_id: MemberId, t: Translator) -> tuple[str, ...]:
    if not found.meetings:
        return ()
    lines = [_meeting(each, found.place, member_id, t) for each in found.meetings]
    return (f"**{t('opponent.met')}**", *lines)


def _meeting(met: Meeting, place: SeatInRound, member_id: MemberId, t: Translator) -> str:
    number = t("round.number", number=met.round_number)
    is_here = met.event_id == place.event.id
    where = number if is_here else f"{shown(clean(met.event), _EVENT_SHOWN)}, {number}"
    who = t("opponent.met.you") if met.member_id == member_id else person(met.member_id, t)
    parts = [where, who]
    if met.end is not None:
        end = t(_ENDS[met.end])
        won, lost, drawn = met.games or (0, 0, 0)
        score = f"{won}-{lost}" + (f"-{drawn}" if drawn else "")
        parts.append(end if met.games is None else f"{end} {score}")
    return f"• {' · '.join(parts)}"


_ENDS: Final = {"win": "opponent.met.win", "loss": "opponent.met.loss", "draw": "opponent.met.draw"}
