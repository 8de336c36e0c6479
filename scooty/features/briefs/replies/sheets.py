"""What stands on the half pages that a team prints for a round."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scooty.core.storage.player_card import DeckNotes
from scooty.core.text.sightings import CONFIDENCE_WORDS, circumstances
from scooty.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scooty.core.i18n import Translator
    from scooty.core.storage.player_card import PlayerCard, Report
    from scooty.features.briefs.calls import Faced, Sheet, Sheets
    from scooty.features.team.calls import Meeting, MeetingEnd

_ENDS: Final[Mapping[MeetingEnd, str]] = {
    "win": "sheet.result.win",
    "loss": "sheet.result.loss",
    "draw": "sheet.result.draw",
}
_CONFLICTS_SHOWN: Final = 3
_NOTES_SHOWN: Final = 5
_RULE: Final = "-" * 72
_LINES_TO_WRITE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something known, with what it is called."""

    label: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSheet:
    """One player's half page, in words; user text in it is clean and not escaped."""

    name: str = field(repr=False)
    place: str
    """Round and table."""
    opponent: str = field(repr=False)
    deck: str
    confidence: str
    """How sure that is; empty when nothing is known."""
    facts: tuple[Line, ...]
    """Of the deck and of earlier matches, the most useful first."""
    notes: tuple[str, ...] = field(repr=False)
    """What people wrote, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout:
    """Half pages that are printed together."""

    title: str
    language: str
    sheets: tuple[PrintedSheet, ...]
    versus: str
    """What stands before an opponent's name."""
    notes: str
    """The heading of `PrintedSheet.notes`."""
    own_notes: str
    """The heading of the room for handwriting."""
    unprintable: str
    """Stands for a name in a script that the printed letters do not have."""
    footer: str
    """When it may be read."""


def printout(found: Sheets, t: Translator) -> Printout:
    """Say what to print: a half page for everybody who has an opponent."""
    event = clean(found.event.name)
    return Printout(
        title=t("sheet.title", round=found.round, event=event),
        language=t.language,
        sheets=tuple(
            _printed(sheet, sheet.opponent, found.round, t)
            for sheet in found.sheets
            if sheet.opponent is not None
        ),
        versus=t("sheet.versus"),
        notes=t("sheet.notes"),
        own_notes=t("sheet.own_notes"),
        unprintable=t("sheet.unprintable"),
        footer=t("sheet.footer", event=event),
    )


def printout_as_text(out: Printout) -> str:
    """Write all half pages as plain text, nothing of them cut."""
    return f"\n{_RULE}\n\n".join("\n".join(_text_lines(sheet, out)) + "\n" for sheet in out.sheets)


def _text_lines(sheet: PrintedSheet, out: Printout) -> Iterable[str]:
    yield f"{sheet.name} · {sheet.place}"
    yield f"{out.versus} {sheet.opponent}"
    yield " · ".join(filter(None, (sheet.deck, sheet.confidence)))
    yield ""
    for fact in sheet.facts:
        yield f"{fact.label} {fact.text}"
    if sheet.notes:
        yield out.notes
    for note in sheet.notes:
        yield f"- {note}"
    yield out.own_notes
    yield from ["_" * len(_RULE)] * _LINES_TO_WRITE
    yield out.footer


def _printed(sheet: Sheet, faced: Faced, round_number: int, t: Translator) -> PrintedSheet:
    place = t("sheet.round", round=round_number)
    if sheet.table is not None:
        place = f"{place} · {t('sheet.table', table=sheet.table)}"
    opponent = clean(faced.name)
    card = faced.card
    return PrintedSheet(
        name=clean(sheet.name),
        place=place,
        opponent=t("sheet.teammate", name=opponent) if faced.is_teammate else opponent,
        deck=t("sheet.deck_unknown") if card is None else _deck(card),
        confidence="" if card is None else _confidence(card, t),
        facts=(*_of_the_deck(faced, t), *_of_the_past(faced, t)),
        notes=() if card is None else tuple(_notes(card, t)),
    )


def _deck(card: PlayerCard) -> str:
    standing = card.standing
    name, colours = (
        (card.archetype, card.colours)
        if standing is None
        else (standing.archetype, standing.colours)
    )
    return f"{clean(name)} ({colours})" if colours else clean(name)


def _confidence(card: PlayerCard, t: Translator) -> str:
    standing = card.standing
    if standing is None:
        return ""
    sure = t(CONFIDENCE_WORDS[standing.confidence])
    others = [clean(each.archetype) for each in standing.conflicts[:_CONFLICTS_SHOWN]]
    return t("sheet.contested", sure=sure, others=", ".join(others)) if others else sure


def _of_the_deck(faced: Faced, t: Translator) -> Iterable[Line]:
    """Say what is known of the cards; a sideboard that was read outweighs what was seen of it."""
    notes = DeckNotes() if faced.card is None else faced.card.notes
    known = (
        ("sheet.companion", notes.companion),
        ("sheet.key_cards", notes.key_cards),
        ("sheet.listed_side", faced.listed_side),
        ("sheet.sideboard", None if faced.listed_side else notes.sideboard),
        ("sheet.play_pattern", notes.play_pattern),
    )
    return (Line(label=t(key), text=clean(text)) for key, text in known if text)


def _of_the_past(faced: Faced, t: Translator) -> Iterable[Line]:
    if faced.meetings:
        met = "; ".join(_meeting(each, t) for each in faced.meetings)
        yield Line(label=t("sheet.meetings"), text=met)
    if faced.elsewhere:
        played = "; ".join(
            t(
                "sheet.elsewhere.line",
                archetype=clean(each.archetype),
                event=clean(each.event),
                confidence=t(CONFIDENCE_WORDS[each.confidence]),
            )
            for each in faced.elsewhere
        )
        yield Line(label=t("sheet.elsewhere"), text=played)


def _meeting(meeting: Meeting, t: Translator) -> str:
    end = t("sheet.result.untold" if meeting.end is None else _ENDS[meeting.end])
    won, lost, drawn = meeting.games or (0, 0, 0)
    score = f"{won}-{lost}-{drawn}" if drawn else f"{won}-{lost}"
    return t(
        "sheet.meeting",
        player=clean(meeting.player),
        result=end if meeting.games is None else f"{end} {score}",
        event=clean(meeting.event),
        round=meeting.round_number,
    )


def _notes(card: PlayerCard, t: Translator) -> Iterable[str]:
    commented = [each for each in card.reports if each.comment and clean(each.comment)]
    return (_note(report, card, t) for report in commented[:_NOTES_SHOWN])


def _note(report: Report, card: PlayerCard, t: Translator) -> str:
    """Write a comment, with how it became known, and its deck where that is another."""
    deck = card.archetype if card.standing is None else card.standing.archetype
    other = () if report.archetype == deck else (clean(report.archetype),)
    known = ", ".join((*other, *circumstances(report.sighting, t)))
    comment = clean(report.comment or "")
    return f"{comment} ({known})" if known else comment
