"""What ``/round brief`` answers: a round as a captain sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button, EmbedField
from scooty.core.text.custom_ids import Verb
from scooty.core.text.notices import NAME_SHOWN, fit_lines, notice, shown
from scooty.core.text.sightings import CONFIDENCE_WORDS
from scooty.core.text.style import NEXT, Tone, mana, person
from scooty.domain.text import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.ids import EventId
    from scooty.domain.watch_order import Watch
    from scooty.features.briefs.calls import (
        Contested,
        Mate,
        Opponent,
        RoundBrief,
        RoundNotApplied,
    )

OPEN_BRIEF: Final = Verb("round", "brief")
"""Arguments: the event's id, the round."""
PRINT_BRIEF: Final = Verb("round", "print")
"""Arguments: the event's id, the round."""
_NAME: Final = 40
"""UTF-16 units of a name, which escaping may double: a line is read on a phone."""
_TEAM: Final = 1_900
"""UTF-16 units of each section: together with titles and footer below the 6,000 of a message."""
_UNKNOWN: Final = 550
_WATCH: Final = 850
_CONFLICTS: Final = 650
_AMONG_US: Final = 350
_BYES: Final = 250
_UNPAIRED: Final = 500
_TAIL: Final = 60
"""Room for the line that counts what was left out."""


def brief_button(event_id: EventId, round_number: int, t: Translator) -> Button:
    """Lead to a round's brief: for the messages that say that the round is there."""
    return Button(label=t("brief.open"), custom_id=OPEN_BRIEF(event_id, round_number), emoji="📋")


def round_brief(found: RoundBrief, watches: Sequence[Watch], t: Translator) -> Reply:
    """Show a round: the team by table, and what a captain has to see to.

    Args:
        found: As storage knows it.
        watches: Whom to watch next, the first of them, in order.
        t: The reader's language.
    """
    print_button = Button(
        label=t("brief.print"), custom_id=PRINT_BRIEF(found.event.id, found.round), emoji="🖨️"
    )
    return notice(
        Tone.KNOWN,
        t("brief.title", round=found.round),
        _team(found, t),
        fields=tuple(_sections(found, watches, t)),
        footer=t("card.footer", event=shorten(clean(found.event.name), NAME_SHOWN)),
        components=(print_button,) if any(mate.opponent for mate in found.mates) else (),
    )


def no_round(refusal: RoundNotApplied, asked: int | None, t: Translator) -> Reply:
    """Say that a round's pairings were never applied, and which were."""
    how = t("brief.no_round.how")
    if refusal.newest is not None and asked is not None:
        how = t("brief.no_round.newest", asked=asked, newest=refusal.newest)
    return notice(Tone.REFUSED, t("brief.no_round.title"), how)


def no_event_to_brief_of(t: Translator) -> Reply:
    """Say that no event is active, and how one comes to be."""
    return notice(Tone.REFUSED, t("no_event.title"), t("brief.no_event.text"))


def _team(found: RoundBrief, t: Translator) -> str:
    if not found.mates:
        return t("brief.nobody")
    lines = [_mate_line(mate, opponent, t) for mate, opponent in _strangers(found)]
    return f"{_summary(found, t)}\n\n{_cut(lines, _TEAM, t)}".rstrip()


def _summary(found: RoundBrief, t: Translator) -> str:
    """Count the team in one line."""
    faced = [opponent for _, opponent in _strangers(found)]
    known = sum(opponent.archetype is not None for opponent in faced)
    counts = (
        ("brief.known", known),
        ("brief.unknown", len(faced) - known),
        ("brief.among_us", len(_among_us(found))),
        ("brief.byes", len(_byes(found))),
        ("brief.unpaired", len(_unpaired(found))),
    )
    team = t.plural("brief.team", len(found.mates))
    return NEXT.join((team, *(t.plural(key, count) for key, count in counts if count)))


def _mate_line(mate: Mate, opponent: Opponent, t: Translator) -> str:
    who = _against(mate, f"**{_named(opponent.name)}**", t)
    if opponent.archetype is None or opponent.confidence is None:
        return f"❔ {who}{NEXT}{t('brief.deck_unknown')}"
    icon = Tone.ATTENTION.icon if opponent.is_contested else "•"
    deck = f"{shown(opponent.archetype, _NAME)} {mana(opponent.colours or '')}"
    return f"{icon} {who}{NEXT}{deck}{NEXT}{t(CONFIDENCE_WORDS[opponent.confidence])}"


def _sections(found: RoundBrief, watches: Sequence[Watch], t: Translator) -> Iterable[EmbedField]:
    unknown = [
        _unknown_line(mate, opponent, t)
        for mate, opponent in _strangers(found)
        if opponent.archetype is None
    ]
    if unknown:
        yield EmbedField(
            name=f"❔ {t('brief.section.unknown', count=len(unknown))}",
            value=_cut(unknown, _UNKNOWN, t),
        )
    if watches or found.watched:
        yield _watch_section(found, watches, t)
    if found.conflicts:
        lines = [_conflict_line(each, t) for each in found.conflicts]
        yield EmbedField(
            name=f"{Tone.ATTENTION.icon} {t('brief.section.conflicts', count=found.contested)}",
            value=_cut(lines, _CONFLICTS, t, total=found.contested),
        )
    yield from _team_sections(found, t)


def _team_sections(found: RoundBrief, t: Translator) -> Iterable[EmbedField]:
    if among_us := _among_us(found):
        lines = [f"• {_against(one, person(other.member_id, t), t)}" for one, other in among_us]
        yield EmbedField(name=f"🤝 {t('brief.section.among_us')}", value=_cut(lines, _AMONG_US, t))
    if byes := _byes(found):
        lines = [f"• {person(mate.member_id, t)}" for mate in byes]
        yield EmbedField(name=f"💤 {t('brief.section.byes')}", value=_cut(lines, _BYES, t))
    if unpaired := _unpaired(found):
        lines = [_unpaired_line(mate, t) for mate in unpaired]
        text = _cut(lines, _UNPAIRED - 100, t)
        yield EmbedField(
            name=f"🚫 {t('brief.section.unpaired')}", value=f"{text}\n{t('brief.unpaired.why')}"
        )


def _unknown_line(mate: Mate, opponent: Opponent, t: Translator) -> str:
    parts = [f"**{_named(opponent.name)}**", person(mate.member_id, t)]
    if opponent.watched_by is not None:
        parts.append(t("brief.watched_by", who=person(opponent.watched_by, t)))
    return f"• {NEXT.join(parts)}"


def _watch_section(found: RoundBrief, watches: Sequence[Watch], t: Translator) -> EmbedField:
    lines = [f"{place}. {_watch_line(watch, t)}" for place, watch in enumerate(watches, 1)]
    value = _cut(lines, _WATCH, t, total=len(found.unknowns))
    if found.watched:
        value = f"{value}\n{t.plural('brief.watched', found.watched)}".lstrip()
    return EmbedField(name=f"👀 {t('brief.section.watch')}", value=value)


def _watch_line(watch: Watch, t: Translator) -> str:
    player = watch.player
    parts = [f"**{_named(player.name)}**"]
    if player.table is not None:
        parts.append(t("brief.table", table=player.table))
    return NEXT.join((*parts, _reason(watch, t)))


def _reason(watch: Watch, t: Translator) -> str:
    """Say in a few words what speaks for watching somebody."""
    player, mate = watch.player, watch.nearest
    who = "" if mate is None else person(mate.member_id, t)
    if player.points is not None:
        points = t.plural("brief.points", player.points)
        if mate is None or mate.points is None or watch.matches_apart is None:
            return points
        if watch.matches_apart == 0:
            return t("brief.reason.equal", points=points, who=who)
        return t.plural(
            "brief.reason.apart", watch.matches_apart, points=points, who=who, other=mate.points
        )
    if player.rank is not None:
        if mate is None or mate.rank is None:
            return t("brief.reason.rank", rank=player.rank)
        return t("brief.reason.near", rank=player.rank, who=who, other=mate.rank)
    return t("brief.reason.nothing")


def _conflict_line(contested: Contested, t: Translator) -> str:
    others = ", ".join(shown(each, _NAME) for each in contested.others[:3])
    return "• " + t(
        "brief.conflict",
        player=_named(contested.name),
        archetype=shown(contested.archetype, _NAME),
        others=others,
    )


def _against(mate: Mate, opponent: str, t: Translator) -> str:
    pair = t("brief.against", who=person(mate.member_id, t), opponent=opponent)
    table = None if mate.table is None else t("brief.table", table=mate.table)
    return NEXT.join(filter(None, (table, pair)))


def _strangers(found: RoundBrief) -> list[tuple[Mate, Opponent]]:
    """Return who plays somebody who is not of the team, and whom."""
    team = {mate.player_id for mate in found.mates}
    return [
        (mate, mate.opponent)
        for mate in found.mates
        if mate.opponent and mate.opponent.player_id not in team
    ]


def _among_us(found: RoundBrief) -> list[tuple[Mate, Mate]]:
    """Return each pairing of two of the team once."""
    team = {mate.player_id: mate for mate in found.mates}
    pairs = [
        (mate, team[mate.opponent.player_id])
        for mate in found.mates
        if mate.opponent and mate.opponent.player_id in team
    ]
    return [(one, other) for one, other in pairs if one.player_id < other.player_id]


def _byes(found: RoundBrief) -> list[Mate]:
    return [mate for mate in found.mates if mate.is_paired and mate.opponent is None]


def _unpaired(found: RoundBrief) -> list[Mate]:
    return [mate for mate in found.mates if not mate.is_paired]


def _unpaired_line(mate: Mate, t: Translator) -> str:
    return f"• {person(mate.member_id, t)}{NEXT}{_named(mate.name)}"


def _named(name: str) -> str:
    return shown(clean(name), _NAME)


def _cut(lines: Sequence[str], limit: int, t: Translator, *, total: int | None = None) -> str:
    """Join as many lines as fit, and count what is left out, here or before."""
    text, kept = fit_lines(lines, limit - _TAIL)
    left_out = (len(lines) if total is None else total) - kept
    return f"{text}\n{t.plural('brief.more', left_out)}".lstrip() if left_out > 0 else text
